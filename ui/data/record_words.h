// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/data/record.h"
#include "ui/widgets/badge_delegate.h"

namespace studio::ui {

/// The words and marks for a record's status, split and provenance: one place, so that table, filters and
/// editor say the same. Translated at the moment of the call.
QString statusWord(RecordStatus status);
QString splitWord(Split split);
QString provenanceWord(Provenance provenance);
StatusContent statusContent(RecordStatus status);
BadgeContent statusBadge(RecordStatus status);

/// Text of a record as Qt text and back, byte for byte (records are valid UTF-8).
QString qtText(const std::string& text);
std::string coreText(const QString& text);

/// Text of a record on one line, at most `limit` characters of it: what a table cell needs.
QString oneLine(const std::string& text, int limit = 300);

}  // namespace studio::ui
