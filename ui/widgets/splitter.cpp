// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/splitter.h"

#include <QKeyEvent>
#include <QPainter>

#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

// Empty until the mouse is on it; then three dots say that it can be dragged.
class GapHandle : public QSplitterHandle {
public:
    using QSplitterHandle::QSplitterHandle;

protected:
    void enterEvent(QEnterEvent* event) override {
        m_hovered = true;
        update();
        QSplitterHandle::enterEvent(event);
    }
    void leaveEvent(QEvent* event) override {
        m_hovered = false;
        update();
        QSplitterHandle::leaveEvent(event);
    }
    void paintEvent(QPaintEvent*) override {
        if (!m_hovered) return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokensOf(this).field);
        const QPointF middle = QRectF(rect()).center();
        const QPointF step = orientation() == Qt::Horizontal ? QPointF(0, 7) : QPointF(7, 0);
        for (int i = -1; i <= 1; ++i) painter.drawEllipse(middle + step * i, 1.5, 1.5);
    }

private:
    bool m_hovered = false;
};

}  // namespace

Splitter::Splitter(Qt::Orientation orientation, QWidget* parent) : QSplitter(orientation, parent) {
    setHandleWidth(12);
    setChildrenCollapsible(false);
}

void Splitter::addPane(QWidget* pane, int stretch) {
    addWidget(pane);
    setStretchFactor(indexOf(pane), stretch);
    m_shares.push_back(stretch * 1000);
}

bool Splitter::restoreState(const QByteArray& state) {
    const bool restored = QSplitter::restoreState(state);
    m_arranged = m_arranged || restored;
    return restored;
}

void Splitter::setSizes(const QList<int>& sizes) {
    m_arranged = true;
    QSplitter::setSizes(sizes);
}

void Splitter::showEvent(QShowEvent* event) {
    // Stretch factors only divide what is left over by the hints of the panes; the first look follows the
    // shares.
    if (!m_arranged && m_shares.size() == count()) setSizes(m_shares);
    QSplitter::showEvent(event);
}

QSplitterHandle* Splitter::createHandle() {
    return new GapHandle(orientation(), this);
}

}  // namespace studio::ui
