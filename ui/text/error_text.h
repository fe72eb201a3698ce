// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/error.h"
#include "core/data/import.h"
#include "core/jobs/job.h"

namespace studio {
struct ExportNote;
}

namespace studio::ui {

/// An error in the user's language: one sentence on what is wrong, one on what to do next, and the core's
/// English line for "Copy details".
struct ErrorText {
    QString cause;
    QString nextStep;
    QString details;
};

ErrorText errorText(const Error& error);
ErrorText errorText(const JobOutcome& outcome);
/// "cause nextStep".
QString errorLine(const Error& error);

/// A refused row's reason and an import note in the user's language (by their `rule`).
QString refusedReason(const RefusedRow& row);
QString importNote(const ImportNote& note);
/// A note about a file that was exported, in the user's language (by its `rule`).
QString exportNote(const ExportNote& note);
/// A job's log line in the user's language (by its `rule`).
QString logText(const LogEvent& log);

/// A field's label, help sentence and group, translated (context "Fields").
QString fieldText(const std::string& english);
/// A settings problem in the user's language.
QString fieldIssueText(const FieldIssue& issue);

}  // namespace studio::ui
