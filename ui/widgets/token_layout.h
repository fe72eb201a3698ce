// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRect>
#include <QVector>
#include <vector>

#include "ui/widgets/token_chip.h"

namespace studio::ui {

/// Where the chips of a token view stand: flows cells into rows of a given width. No painting, no widget.
class TokenLayout {
public:
    struct Fold {
        int begin = 0;
        int end = 0;
        QString label;
    };
    struct Cell {
        enum class Type { Token, Fold, Cutoff };
        Type type = Type::Token;
        int index = 0;  ///< of the token or the fold
        QRect rect;     ///< in content coordinates
    };
    struct Row {
        int firstCell = 0;
        int endCell = 0;
        int top = 0;
    };

    /// Fonts of chips, folds and ids; a change needs measure() again.
    void setFonts(const QFont& chip, const QFont& fold, const QFont& id);
    void setIdsVisible(bool visible) { m_idsVisible = visible; }
    bool idsVisible() const { return m_idsVisible; }

    /// Measures labels once; folds are dropped.
    void measure(const QVector<TokenChip>& tokens, int cutoff);
    void addFold(const Fold& fold);
    void removeFold(int index);
    const std::vector<Fold>& folds() const { return m_folds; }

    /// Flows into `width` pixels.
    void flow(int width);
    int height() const { return m_height; }
    int rowHeight() const;
    int chipHeight() const { return m_chipHeight; }
    const std::vector<Row>& rows() const { return m_rows; }
    const std::vector<Cell>& cells() const { return m_cells; }
    const QString& label(int token) const { return m_labels[token]; }
    /// First row whose bottom is below `y`; rows().size() where there is none.
    int rowAt(int y) const;
    /// The cell of a token (or of the fold it is in), or -1.
    int cellOfToken(int token) const;
    int rowOfCell(int cell) const;

private:
    int foldAt(int token) const;

    QFont m_chipFont;
    QFont m_foldFont;
    QFont m_idFont;
    bool m_idsVisible = true;
    int m_cutoff = 0;
    int m_chipHeight = 19;
    int m_idHeight = 13;
    int m_height = 0;
    QVector<QString> m_labels;
    QVector<int> m_widths;  ///< of the chip with its id
    QVector<int> m_widthsWithoutId;
    std::vector<Fold> m_folds;
    std::vector<Cell> m_cells;
    std::vector<Row> m_rows;
};

}  // namespace studio::ui
