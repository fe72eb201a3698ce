// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/storage/run_folder.h"

namespace studio {

/// How a run ended, as its other files tell where its status.json cannot: "result" of `run`, its run.json,
/// which is written once the model is saved and taken away when the run goes on. Where run.json says nothing
/// (`run` is empty), the last word of events.jsonl beside a complete model. Nothing where they do not say
/// that it has ended.
std::optional<RunStatus> endToldElsewhere(const RunFolder& folder, const OrderedJson& run);

}  // namespace studio
