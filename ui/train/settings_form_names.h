// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace studio::ui {

// Fields that a SettingsForm treats apart, by their names in the field table, and rows that are no field.
inline constexpr const char* kBatch = "batch_rows";
inline constexpr const char* kAccumulation = "accumulation";
inline constexpr const char* kSampleEvery = "sample_every";
inline constexpr const char* kRunName = "run_name";
inline constexpr const char* kModel = "model";
inline constexpr const char* kTemplate = "template";
inline constexpr const char* kPrompts = "sample_prompts";

}  // namespace studio::ui
