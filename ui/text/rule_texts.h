// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace studio::ui {

/// What a rule of the core means, as an English source text of the context "Rules". Null for an unknown rule.
/// Refused rows: %1 is the field. Import notes: %1 is the count. Logs, settings and export notes: %1, %2, …
/// are the bare values. Setting errors: of settings that do not fit the model or the machine; %1, … are the
/// arguments of the Error behind its field and its rule.
const char* refusedRowSource(const std::string& rule);
const char* importNoteSource(const std::string& rule);
const char* exportNoteSource(const std::string& rule);
const char* logSource(const std::string& rule);
const char* fieldIssueSource(const std::string& rule);
const char* settingErrorSource(const std::string& rule);

}  // namespace studio::ui
