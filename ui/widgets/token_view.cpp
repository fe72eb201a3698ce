// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_view.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "ui/theme/theme.h"

namespace studio::ui {

TokenView::TokenView(QWidget* parent) : QAbstractScrollArea(parent) {
    setProperty("bare", true);
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::ArrowCursor);
    m_layout.setFonts(roleFont(TextRole::Code), roleFont(TextRole::Secondary), roleFont(TextRole::Caption));
    setAccessibleName(tr("Tokens"));
}

void TokenView::setTokens(const QVector<TokenChip>& tokens, int cutoff) {
    m_tokens = tokens;
    m_cutoff = cutoff;
    m_current =
        m_tokens.isEmpty() ? -1 : std::min(std::max(m_current, 0), static_cast<int>(m_tokens.size()) - 1);
    m_anchor = m_current;
    m_layout.measure(m_tokens, m_cutoff);
    relayout();
}

void TokenView::setIdsVisible(bool visible) {
    m_layout.setIdsVisible(visible);
    relayout();
}

void TokenView::addFold(int begin, int end, const QString& label) {
    if (end - begin < 2) return;
    m_layout.addFold({begin, end, label});
    relayout();
}

void TokenView::foldLongStretches(int minimum, int context) {
    int begin = 0;
    const int count = static_cast<int>(m_tokens.size());
    while (begin < count) {
        int end = begin;
        while (end < count && m_tokens[end].kind == m_tokens[begin].kind) ++end;
        const bool prompt = m_tokens[begin].kind == TokenChip::Kind::Prompt;
        if (prompt && end - begin >= minimum && end - begin > 2 * context + 1) {
            const int hidden = end - begin - 2 * context;
            m_layout.addFold({begin + context, end - context, tr("%Ln token(s)", nullptr, hidden)});
        }
        begin = end;
    }
    relayout();
}

void TokenView::setCurrentToken(int index) {
    moveCurrent(index, false);
}

QString TokenView::describe(int index) const {
    if (index < 0 || index >= m_tokens.size()) return {};
    const TokenChip& token = m_tokens[index];
    const QLocale locale;
    QString kind;
    switch (token.kind) {
        case TokenChip::Kind::Prompt:
            kind = tr("Prompt token");
            break;
        case TokenChip::Kind::Response:
            kind = tr("Response token");
            break;
        case TokenChip::Kind::End:
            kind = tr("End token");
            break;
        case TokenChip::Kind::Cut:
            kind = tr("Cut token");
            break;
    }
    const QString trained = token.kind == TokenChip::Kind::Cut ? tr("cut off, never seen in training")
                            : token.trained                    ? tr("trained")
                                                               : tr("not trained");
    const QString head =
        tr("%1 %2 of %3").arg(kind, locale.toString(index + 1), locale.toString(m_tokens.size()));
    const QString place =
        tr("bytes %1 to %2").arg(locale.toString(token.byteBegin), locale.toString(token.byteEnd));
    return tr("%1, id %2, “%3”, %4, %5")
        .arg(head, QString::number(token.id), chipLabel(token), place, trained);
}

void TokenView::relayout() {
    m_layout.flow(viewport()->width());
    updateScrollBar();
    viewport()->update();
}

void TokenView::updateScrollBar() {
    const int page = viewport()->height();
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(m_layout.rowHeight());
    verticalScrollBar()->setRange(0, std::max(0, m_layout.height() - page));
}

void TokenView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    const int scroll = verticalScrollBar()->value();
    painter.translate(0, -scroll);
    const QRect visible = event->rect().translated(0, scroll);
    const auto& rows = m_layout.rows();
    for (int row = m_layout.rowAt(visible.top()); row < static_cast<int>(rows.size()); ++row) {
        const TokenLayout::Row& line = rows[static_cast<std::size_t>(row)];
        if (line.top > visible.bottom()) break;
        for (int i = line.firstCell; i < line.endCell; ++i) {
            const TokenLayout::Cell& cell = m_layout.cells()[static_cast<std::size_t>(i)];
            switch (cell.type) {
                case TokenLayout::Cell::Type::Token:
                    paintChip(painter, cell);
                    break;
                case TokenLayout::Cell::Type::Fold:
                    paintFold(painter, cell);
                    break;
                case TokenLayout::Cell::Type::Cutoff:
                    paintCutoff(painter, cell);
                    break;
            }
        }
    }
}

void TokenView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    relayout();
}

void TokenView::keyPressEvent(QKeyEvent* event) {
    const bool select = event->modifiers() & Qt::ShiftModifier;
    if (event->matches(QKeySequence::Copy)) return copySelection(false);
    if (event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier) && event->key() == Qt::Key_C)
        return copySelection(true);
    if (event->matches(QKeySequence::SelectAll)) {
        m_anchor = 0;
        m_current = static_cast<int>(m_tokens.size()) - 1;
        return viewport()->update();
    }
    const int cell = m_layout.cellOfToken(m_current);
    const auto* at = cell >= 0 ? &m_layout.cells()[static_cast<std::size_t>(cell)] : nullptr;
    const bool onFold = at && at->type == TokenLayout::Cell::Type::Fold;
    const auto* fold = onFold ? &m_layout.folds()[static_cast<std::size_t>(at->index)] : nullptr;
    const int pageRows = std::max(1, viewport()->height() / m_layout.rowHeight());
    switch (event->key()) {
        case Qt::Key_Left:
            return moveCurrent(fold ? fold->begin - 1 : m_current - 1, select);
        case Qt::Key_Right:
            return moveCurrent(fold ? fold->end : m_current + 1, select);
        case Qt::Key_Up:
            return moveCurrent(tokenInRow(m_current, -1), select);
        case Qt::Key_Down:
            return moveCurrent(tokenInRow(m_current, 1), select);
        case Qt::Key_PageUp:
            return moveCurrent(tokenInRow(m_current, -pageRows), select);
        case Qt::Key_PageDown:
            return moveCurrent(tokenInRow(m_current, pageRows), select);
        case Qt::Key_Home:
            return moveCurrent(0, select);
        case Qt::Key_End:
            return moveCurrent(static_cast<int>(m_tokens.size()) - 1, select);
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            if (onFold) {
                m_layout.removeFold(at->index);
                return relayout();
            }
            break;
        default:
            break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

int TokenView::tokenInRow(int current, int rowStep) const {
    const int cell = m_layout.cellOfToken(current);
    if (cell < 0) return current;
    const auto& rows = m_layout.rows();
    const int row = std::clamp(m_layout.rowOfCell(cell) + rowStep, 0, static_cast<int>(rows.size()) - 1);
    const int x = m_layout.cells()[static_cast<std::size_t>(cell)].rect.center().x();
    int best = current;
    int bestDistance = -1;
    for (int i = rows[static_cast<std::size_t>(row)].firstCell;
         i < rows[static_cast<std::size_t>(row)].endCell; ++i) {
        const auto& candidate = m_layout.cells()[static_cast<std::size_t>(i)];
        if (candidate.type == TokenLayout::Cell::Type::Cutoff) continue;
        const int distance = std::abs(candidate.rect.center().x() - x);
        if (bestDistance >= 0 && distance >= bestDistance) continue;
        bestDistance = distance;
        best = candidate.type == TokenLayout::Cell::Type::Fold
                   ? m_layout.folds()[static_cast<std::size_t>(candidate.index)].begin
                   : candidate.index;
    }
    return best;
}

void TokenView::moveCurrent(int to, bool select) {
    if (m_tokens.isEmpty()) return;
    m_current = std::clamp(to, 0, static_cast<int>(m_tokens.size()) - 1);
    if (!select) m_anchor = m_current;
    const int cell = m_layout.cellOfToken(m_current);
    if (cell >= 0) {
        const QRect rect = m_layout.cells()[static_cast<std::size_t>(cell)].rect.adjusted(0, -4, 0, 4);
        QScrollBar* bar = verticalScrollBar();
        if (rect.top() < bar->value()) bar->setValue(rect.top());
        if (rect.bottom() > bar->value() + viewport()->height())
            bar->setValue(rect.bottom() - viewport()->height());
    }
    viewport()->update();
    announce();
    Q_EMIT currentTokenChanged(m_current);
}

void TokenView::announce() {
    setAccessibleDescription(describe(m_current));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void TokenView::copySelection(bool ids) const {
    if (m_current < 0) return;
    const int begin = std::min(m_anchor, m_current);
    const int end = std::max(m_anchor, m_current);
    QStringList numbers;
    QByteArray bytes;
    for (int i = begin; i <= end; ++i) {
        numbers.push_back(QString::number(m_tokens[i].id));
        // Bytes join into whole characters where the parts of one are all selected.
        bytes += m_tokens[i].bytes.isEmpty() ? m_tokens[i].text.toUtf8() : m_tokens[i].bytes;
    }
    QGuiApplication::clipboard()->setText(ids ? numbers.join(QStringLiteral(", "))
                                              : QString::fromUtf8(bytes));
}

int TokenView::tokenAt(const QPoint& viewportPosition) const {
    const QPoint position = viewportPosition + QPoint(0, verticalScrollBar()->value());
    const int row = m_layout.rowAt(position.y());
    if (row < 0 || row >= static_cast<int>(m_layout.rows().size())) return -1;
    const TokenLayout::Row& line = m_layout.rows()[static_cast<std::size_t>(row)];
    for (int i = line.firstCell; i < line.endCell; ++i) {
        const auto& cell = m_layout.cells()[static_cast<std::size_t>(i)];
        if (!cell.rect.contains(position) || cell.type == TokenLayout::Cell::Type::Cutoff) continue;
        return cell.type == TokenLayout::Cell::Type::Fold
                   ? m_layout.folds()[static_cast<std::size_t>(cell.index)].begin
                   : cell.index;
    }
    return -1;
}

void TokenView::mousePressEvent(QMouseEvent* event) {
    const int token = tokenAt(event->position().toPoint());
    if (token < 0 || event->button() != Qt::LeftButton) return;
    const int cell = m_layout.cellOfToken(token);
    const auto& at = m_layout.cells()[static_cast<std::size_t>(cell)];
    if (at.type == TokenLayout::Cell::Type::Fold) {
        m_layout.removeFold(at.index);
        relayout();
    }
    moveCurrent(token, event->modifiers() & Qt::ShiftModifier);
}

void TokenView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) return;
    const int token = tokenAt(event->position().toPoint());
    if (token >= 0 && token != m_current) moveCurrent(token, true);
}

void TokenView::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy text"), QKeySequence::Copy, this, [this] { copySelection(false); });
    menu->addAction(tr("Copy ids"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), this,
                    [this] { copySelection(true); });
    menu->popup(event->globalPos());
}

bool TokenView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int token = tokenAt(help->pos());
        if (token < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), describe(token), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TokenView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Tokens"));
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        m_layout.setFonts(roleFont(TextRole::Code), roleFont(TextRole::Secondary),
                          roleFont(TextRole::Caption));
        const auto folds = m_layout.folds();
        m_layout.measure(m_tokens, m_cutoff);
        for (const auto& fold : folds) m_layout.addFold(fold);
        relayout();
    }
}

void TokenView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TokenView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

}  // namespace studio::ui
