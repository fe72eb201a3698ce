// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace studio::ui {

/// What a rule of the core means, as an English source text of the context "Rules". Null for an unknown rule.
/// Refused rows: %1 is the field. Import notes: %1 is the count. Logs and settings: %1, %2, … are the bare
/// values.
const char* refusedRowSource(const std::string& rule);
const char* importNoteSource(const std::string& rule);
const char* logSource(const std::string& rule);
const char* fieldIssueSource(const std::string& rule);

}  // namespace studio::ui
