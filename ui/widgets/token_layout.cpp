// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_layout.h"

#include <QFontMetrics>
#include <QHash>
#include <algorithm>

namespace studio::ui {

namespace {

constexpr int kPadding = 4;  // at both sides inside a chip, border included
constexpr int kGapX = 2;
constexpr int kGapY = 4;
constexpr int kMarginLeft = 12;
constexpr int kMarginRight = 10;
constexpr int kMarginTop = 4;
constexpr int kCutoffWidth = 26;
constexpr int kLongestLabel =
    120;  // characters; a token of a thousand spaces must not become a row of its own

}  // namespace

QString chipLabel(const TokenChip& token) {
    if (token.text.isEmpty() && !token.bytes.isEmpty())
        return QString::fromLatin1(token.bytes.toHex(' ').toUpper());
    QString label;
    label.reserve(token.text.size());
    for (const QChar c : token.text) {
        if (c == u' ')
            label += u'·';
        else if (c == u'\n')
            label += u'⏎';
        else if (c == u'\t')
            label += u'→';
        else if (c == u'\r')
            label += u'␍';
        else if (c.unicode() < 0x20 || c.unicode() == 0x7f)
            label += QStringLiteral("%1").arg(c.unicode(), 2, 16, QLatin1Char('0')).toUpper();
        else
            label += c;
    }
    return label;
}

void TokenLayout::setFonts(const QFont& chip, const QFont& fold, const QFont& id) {
    m_chipFont = chip;
    m_foldFont = fold;
    m_idFont = id;
    m_chipHeight = QFontMetrics(chip).height() + 5;
    m_idHeight = QFontMetrics(id).height();
}

void TokenLayout::measure(const QVector<TokenChip>& tokens, int cutoff) {
    const QFontMetrics chip(m_chipFont);
    const QFontMetrics id(m_idFont);
    const int digit = id.horizontalAdvance(u'0');
    m_cutoff = cutoff;
    m_folds.clear();
    m_labels.clear();
    m_widths.clear();
    m_widthsWithoutId.clear();
    m_labels.reserve(tokens.size());
    m_widths.reserve(tokens.size());
    m_widthsWithoutId.reserve(tokens.size());
    // Texts repeat a lot, and shaping one is a thousand times slower than looking it up.
    QHash<QString, int> measured;
    for (const TokenChip& token : tokens) {
        QString label = chipLabel(token);
        if (label.size() > kLongestLabel) label = label.left(kLongestLabel) + u'…';
        auto it = measured.find(label);
        if (it == measured.end()) it = measured.insert(label, chip.horizontalAdvance(label));
        const int plain = std::max(*it, 5) + 2 * kPadding;
        m_widthsWithoutId.push_back(plain);
        m_widths.push_back(std::max(plain, static_cast<int>(QString::number(token.id).size()) * digit + 4));
        m_labels.push_back(std::move(label));
    }
}

void TokenLayout::addFold(const Fold& fold) {
    m_folds.push_back(fold);
    std::sort(m_folds.begin(), m_folds.end(), [](const Fold& a, const Fold& b) { return a.begin < b.begin; });
}

void TokenLayout::removeFold(int index) {
    m_folds.erase(m_folds.begin() + index);
}

int TokenLayout::rowHeight() const {
    return m_chipHeight + (m_idsVisible ? m_idHeight : 0) + kGapY;
}

void TokenLayout::flow(int width) {
    m_cells.clear();
    m_rows.clear();
    const int right = std::max(width - kMarginRight, kMarginLeft + 40);
    const int cellHeight = rowHeight() - kGapY;
    const QFontMetrics foldMetrics(m_foldFont);
    int x = kMarginLeft;
    int y = kMarginTop;
    const auto place = [&](Cell::Type type, int index, int cellWidth) {
        cellWidth = std::min(cellWidth, right - kMarginLeft);
        const bool wraps = x > kMarginLeft && x + cellWidth > right;
        if (wraps) {
            x = kMarginLeft;
            y += rowHeight();
        }
        if (m_rows.empty() || wraps) {
            if (!m_rows.empty()) m_rows.back().endCell = static_cast<int>(m_cells.size());
            m_rows.push_back({static_cast<int>(m_cells.size()), 0, y});
        }
        m_cells.push_back({type, index, QRect(x, y, cellWidth, cellHeight)});
        x += cellWidth + kGapX;
    };
    const int count = static_cast<int>(m_labels.size());
    int fold = 0;
    for (int token = 0; token < count;) {
        if (m_cutoff > 0 && token == m_cutoff) place(Cell::Type::Cutoff, token, kCutoffWidth);
        if (fold < static_cast<int>(m_folds.size()) &&
            m_folds[static_cast<std::size_t>(fold)].begin == token) {
            const Fold& f = m_folds[static_cast<std::size_t>(fold)];
            place(Cell::Type::Fold, fold, foldMetrics.horizontalAdvance(f.label) + 28);
            token = std::max(f.end, token + 1);
            ++fold;
            continue;
        }
        place(Cell::Type::Token, token, m_idsVisible ? m_widths[token] : m_widthsWithoutId[token]);
        ++token;
    }
    if (!m_rows.empty()) m_rows.back().endCell = static_cast<int>(m_cells.size());
    m_height = m_rows.empty() ? 0 : y + rowHeight() + kGapY;
}

int TokenLayout::rowAt(int y) const {
    const int pitch = rowHeight();
    if (y < kMarginTop) return 0;
    return std::min((y - kMarginTop) / pitch, static_cast<int>(m_rows.size()));
}

int TokenLayout::foldAt(int token) const {
    for (std::size_t i = 0; i < m_folds.size(); ++i)
        if (token >= m_folds[i].begin && token < m_folds[i].end) return static_cast<int>(i);
    return -1;
}

int TokenLayout::cellOfToken(int token) const {
    const int fold = foldAt(token);
    const auto first = [this](const Cell& cell) {
        return cell.type == Cell::Type::Fold ? m_folds[static_cast<std::size_t>(cell.index)].begin
                                             : cell.index;
    };
    const int wanted = fold >= 0 ? m_folds[static_cast<std::size_t>(fold)].begin : token;
    // Cells stand in the order of their tokens; a cutoff mark shares the number of the token behind it.
    auto it = std::lower_bound(m_cells.begin(), m_cells.end(), wanted,
                               [&](const Cell& cell, int value) { return first(cell) < value; });
    while (it != m_cells.end() && it->type == Cell::Type::Cutoff) ++it;
    return it == m_cells.end() || first(*it) != wanted ? -1 : static_cast<int>(it - m_cells.begin());
}

int TokenLayout::rowOfCell(int cell) const {
    const auto it = std::upper_bound(m_rows.begin(), m_rows.end(), cell,
                                     [](int value, const Row& row) { return value < row.firstCell; });
    return static_cast<int>(it - m_rows.begin()) - 1;
}

}  // namespace studio::ui
