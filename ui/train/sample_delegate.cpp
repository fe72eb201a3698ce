// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/sample_delegate.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTextLayout>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/train/sample_model.h"

namespace studio::ui {

namespace {

constexpr int kMargin = 12;
constexpr int kGap = 8;
constexpr int kTick = 14;

/// How a line of the model is set.
// For six digits and their separator.
int stepWidth() {
    return wordRoom(44);
}

struct Look {
    QFont font;
    QColor color;
    int left = kMargin;
    int above = 2, below = 2;
    int mostLines = 2;
};

Look lookOf(const QModelIndex& index, const ThemeTokens& tokens) {
    Look look{roleFont(TextRole::Secondary), tokens.text2};
    switch (static_cast<SampleModel::Kind>(index.data(SampleModel::KindRole).toInt())) {
        case SampleModel::Kind::Prompt:
            look.font = roleFont(TextRole::PanelTitle);
            look.color = tokens.text;
            look.above = index.data(SampleModel::FirstRole).toBool() ? 8 : 12;
            break;
        case SampleModel::Kind::Answer:
            look.left += stepWidth() + kGap;
            if (index.data(SampleModel::NewestRole).toBool()) {
                look.font.setWeight(QFont::DemiBold);
                look.color = tokens.text;
                look.mostLines = 4;
            }
            break;
        case SampleModel::Kind::Gap:
            look.left += stepWidth() + kGap;
            look.color = tokens.text3;
            look.mostLines = 1;
            break;
        case SampleModel::Kind::Match:
            look.left += kTick + 6;
            look.below = 6;
            break;
    }
    return look;
}

/// Breaks the text into at most so many lines, the last one elided; draws them where there is a painter.
/// Returns their height.
int setLines(const QString& text, const Look& look, int width, QPainter* painter, const QPoint& at) {
    const QFontMetrics metrics(look.font);
    QTextLayout layout(text, look.font);
    layout.beginLayout();
    int lines = 0;
    int y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        ++lines;
        const bool last = lines == look.mostLines;
        if (painter) {
            const QString part = last ? metrics.elidedText(text.mid(line.textStart()), Qt::ElideRight, width)
                                      : text.mid(line.textStart(), line.textLength());
            painter->drawText(QPoint(at.x(), at.y() + y + metrics.ascent()), part);
        }
        y += metrics.height();
        if (last) break;
    }
    layout.endLayout();
    return std::max(y, metrics.height());
}

}  // namespace

SampleDelegate::SampleDelegate(QAbstractItemView* view) : QStyledItemDelegate(view), m_view(view) {}

void SampleDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    const ThemeTokens& tokens = tokensOf(option.widget);
    const Look look = lookOf(index, tokens);
    const auto kind = static_cast<SampleModel::Kind>(index.data(SampleModel::KindRole).toInt());
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected)) painter->fillRect(option.rect, tokens.selection);
    const QRect rect = option.rect;
    const int top = rect.top() + look.above;
    if (kind == SampleModel::Kind::Prompt && !index.data(SampleModel::FirstRole).toBool()) {
        painter->setPen(tokens.line);
        painter->drawLine(rect.left(), rect.top() + 4, rect.right(), rect.top() + 4);
    }
    if (kind == SampleModel::Kind::Answer) {
        painter->setFont(figureFont(TextRole::Secondary));
        painter->setPen(tokens.text3);
        painter->drawText(QRect(rect.left() + kMargin, top, stepWidth(), QFontMetrics(look.font).height()),
                          Qt::AlignRight | Qt::AlignVCenter, index.data(SampleModel::StepRole).toString());
    }
    if (kind == SampleModel::Kind::Match) {
        const int height = QFontMetrics(look.font).height();
        paintIcon(*painter, Icon::Check, tokens.ok.text,
                  QRectF(rect.left() + kMargin, top + (height - kTick) / 2.0, kTick, kTick));
    }
    painter->setFont(look.font);
    painter->setPen(look.color);
    setLines(index.data().toString(), look, rect.width() - look.left - kMargin, painter,
             QPoint(rect.left() + look.left, top));
    painter->restore();
}

QSize SampleDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const Look look = lookOf(index, tokensOf(m_view));
    const int width = std::max(80, m_view->viewport()->width());
    const int lines = setLines(index.data().toString(), look, width - look.left - kMargin, nullptr, QPoint());
    return {width, lines + look.above + look.below};
}

}  // namespace studio::ui
