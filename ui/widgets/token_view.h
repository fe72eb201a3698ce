// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <vector>

#include "ui/widgets/token_chip.h"
#include "ui/widgets/token_layout.h"

namespace studio::ui {

/// Shows tokens as flowing chips, coloured by kind, with their ids below. Only the visible rows are painted,
/// so ten thousand tokens scroll as smoothly as ten. The arrow keys move the current token, Home and End
/// jump, Ctrl+C copies its text (or, while ids are shown and with Shift, the ids of the selection), Enter
/// opens a fold.
class TokenView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit TokenView(QWidget* parent = nullptr);

    /// `cutoff` is the number of tokens that are kept, or 0 for no mark.
    void setTokens(const QVector<TokenChip>& tokens, int cutoff = 0);
    const QVector<TokenChip>& tokens() const { return m_tokens; }
    int cutoff() const { return m_cutoff; }
    void setIdsVisible(bool visible);
    bool idsVisible() const { return m_layout.idsVisible(); }
    /// Folds [begin, end) behind a chip with this label ("28 tokens of fixed text"). Call after setTokens().
    void addFold(int begin, int end, const QString& label);
    /// Folds every prompt stretch of at least `minimum` tokens, keeping `context` tokens at its ends.
    void foldLongStretches(int minimum = 60, int context = 8);

    int currentToken() const { return m_current; }
    void setCurrentToken(int index);
    /// "Response token 26 of 31, id 2361, “·reported”, bytes 210 to 219, trained".
    QString describe(int index) const;
    int rowCount() const { return static_cast<int>(m_layout.rows().size()); }

Q_SIGNALS:
    void currentTokenChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void relayout();
    void updateScrollBar();
    void paintChip(QPainter& painter, const TokenLayout::Cell& cell) const;
    void paintFold(QPainter& painter, const TokenLayout::Cell& cell) const;
    void paintCutoff(QPainter& painter, const TokenLayout::Cell& cell) const;
    void moveCurrent(int to, bool select);
    int tokenAt(const QPoint& viewportPosition) const;
    int tokenInRow(int current, int rowStep) const;
    void copySelection(bool ids) const;
    void announce();

    QVector<TokenChip> m_tokens;
    TokenLayout m_layout;
    int m_cutoff = 0;
    int m_current = -1;
    int m_anchor = -1;
};

/// The four kinds with a sample each, as a line above a token view.
class TokenLegend : public QWidget {
    Q_OBJECT

public:
    explicit TokenLegend(QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int layoutItems(QPainter* painter) const;
};

}  // namespace studio::ui
