// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/row_lengths.h"

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/data/example.h"

namespace studio::ui {

qint64 LengthBars::most() const {
    return rows.isEmpty() ? 0 : *std::max_element(rows.begin(), rows.end());
}

std::vector<RowLength> rowLengths(const std::vector<Record>& records, const PromptTemplate& promptTemplate,
                                  const Tokenizer& tokenizer, const std::stop_token& stop) {
    ExampleSettings settings;
    settings.cutoff = std::numeric_limits<std::int32_t>::max();
    std::vector<RowLength> rows;
    rows.reserve(records.size());
    for (const Record& record : records) {
        throwIfStopped(stop);
        const Example example = buildExample(record, promptTemplate, tokenizer, settings);
        rows.push_back({record.id, example.promptLength, static_cast<int>(example.ids.size()),
                        example.labelCount() > 0});
    }
    return rows;
}

CutoffEffect cutoffEffect(const std::vector<RowLength>& rows, qint64 cutoff) {
    CutoffEffect effect;
    effect.cutoff = cutoff;
    for (const RowLength& row : rows) {
        if (!row.answered || row.prompt >= cutoff) {
            ++effect.dropped;
            continue;
        }
        if (row.total > cutoff) ++effect.cut;
        effect.tokens += std::min<qint64>(row.total, cutoff);
    }
    return effect;
}

QVector<qint64> cutoffSuggestions(const std::vector<RowLength>& rows, qint64 cutoff, qint64 atMost) {
    qint64 longest = 0;
    for (const RowLength& row : rows) longest = std::max<qint64>(longest, row.total);
    const qint64 top = atMost > 0 ? std::min(longest, atMost) : longest;
    QVector<qint64> ladder;
    for (qint64 step = 32; step < top && step < (qint64{1} << 40); step *= 2) {
        ladder.push_back(step);
        if (step * 3 / 2 < top) ladder.push_back(step * 3 / 2);
    }
    if (top > 1) ladder.push_back(top);
    QVector<qint64> chosen{cutoff};
    // Two above the cutoff and one below; where there are fewer above, more below.
    const auto above = std::upper_bound(ladder.begin(), ladder.end(), cutoff);
    for (auto it = above; it != ladder.end() && chosen.size() < 3; ++it) chosen.push_back(*it);
    auto below = std::lower_bound(ladder.begin(), ladder.end(), cutoff);
    while (below != ladder.begin() && chosen.size() < 4) chosen.push_back(*--below);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

LengthBars lengthBars(const std::vector<RowLength>& rows, qint64 cutoff, int bars) {
    LengthBars result;
    if (rows.empty() || bars < 2) return result;
    std::vector<int> totals;
    totals.reserve(rows.size());
    for (const RowLength& row : rows) totals.push_back(row.total);
    // A few very long rows must not squeeze all the others into one bar.
    const auto most = totals.begin() + static_cast<std::ptrdiff_t>((totals.size() - 1) * 99 / 100);
    std::nth_element(totals.begin(), most, totals.end());
    const qint64 typical = std::max<qint64>(*most, 1);
    // A cutoff far beyond every row is drawn at the edge rather than shrinking the bars.
    const qint64 reach = std::max(typical, cutoff <= 4 * typical ? cutoff + cutoff / 8 : typical);
    while (static_cast<qint64>(result.width) * (bars - 1) < reach) {
        // 1, 2, 4, 8, … so that bar borders fall on the usual cutoffs
        result.width *= 2;
    }
    result.rows.fill(0, static_cast<qsizetype>(reach / result.width + 2));
    for (const int total : totals) {
        // A row of exactly the cutoff is not cut: it belongs left of the mark.
        const qsizetype bar = std::max(0, total - 1) / result.width;
        ++result.rows[std::min(bar, result.rows.size() - 1)];
    }
    return result;
}

}  // namespace studio::ui
