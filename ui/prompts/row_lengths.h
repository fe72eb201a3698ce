// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/data/record.h"
#include "core/text/prompt_template.h"
#include "core/tokenizer/tokenizer.h"

namespace studio::ui {

/// One training row in tokens, whatever the cutoff is.
struct RowLength {
    qint64 id = 0;
    int prompt = 0;  ///< with the beginning-of-text token
    int total = 0;
    bool answered = true;  ///< false: the response has no token, so the row is never learned from
};

/// What a cutoff does to all training rows.
struct CutoffEffect {
    qint64 cutoff = 0;
    qint64 cut = 0;      ///< rows that lose their end but are learned from
    qint64 dropped = 0;  ///< rows that nothing of the response is left of
    qint64 tokens = 0;   ///< of the rows that are learned from, in one epoch
};

/// Counts in bars of equal width; the last one holds everything longer.
struct LengthBars {
    int width = 1;  ///< tokens in a bar
    QVector<qint64> rows;
    qint64 most() const;
};

/// Lengths as training builds its examples (buildExample). Takes the time of tokenising every row; throws
/// Cancelled, TemplateInvalid.
std::vector<RowLength> rowLengths(const std::vector<Record>& records, const PromptTemplate& promptTemplate,
                                  const Tokenizer& tokenizer, const std::stop_token& stop);

CutoffEffect cutoffEffect(const std::vector<RowLength>& rows, qint64 cutoff);

/// The chosen cutoff and up to three others that are worth a look: the next steps on the ladder 64, 96, 128,
/// 192, … and the longest row.
QVector<qint64> cutoffSuggestions(const std::vector<RowLength>& rows, qint64 cutoff, qint64 atMost);

/// About `bars` bars that reach beyond both the cutoff and nearly all rows.
LengthBars lengthBars(const std::vector<RowLength>& rows, qint64 cutoff, int bars = 18);

}  // namespace studio::ui
