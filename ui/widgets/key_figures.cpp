// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/key_figures.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/widgets/elided_label.h"

namespace studio::ui {

namespace {

constexpr int kShare = 10;                 // stretch factors are whole numbers
constexpr int kAir = 24, kLittleAir = 10;  // between figures in a line
constexpr int kGap = 4;                    // between the parts of such a figure

}  // namespace

KeyFigures::KeyFigures(Form form, QWidget* parent)
    : QWidget(parent), m_form(form), m_layout(new QHBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(form == Form::Boxes ? 0 : kAir);
    if (form == Form::Compact) m_layout->addStretch(1);
}

int KeyFigures::addFigure(const QString& label) {
    // The caption of a box may hold a name of any length: it does not push the other boxes aside.
    Figure figure{new QWidget(this), new QLabel(label, this), new QLabel(this),
                  m_form == Form::Boxes ? new ElidedLabel(this) : new QLabel(this)};
    setTone(figure.label, Tone::Secondary);
    setTone(figure.caption, Tone::Secondary);
    if (m_form == Form::Boxes) {
        figure.box->setAttribute(Qt::WA_StyledBackground);
        if (!m_figures.empty()) figure.box->setProperty("ruleLeft", true);
        setTextRole(figure.label, TextRole::Secondary);
        setTextRole(figure.value, TextRole::KeyFigure);
        setTextRole(figure.caption, TextRole::Caption);
        auto* column = new QVBoxLayout(figure.box);
        column->setContentsMargins(12, 8, 8, 8);
        column->setSpacing(2);
        column->addWidget(figure.label);
        column->addWidget(figure.value);
        column->addWidget(figure.caption);
        m_layout->addWidget(figure.box, kShare);
    } else {
        setTextRole(figure.value, TextRole::PanelTitle);
        auto* row = new QHBoxLayout(figure.box);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(kGap);
        row->addWidget(figure.label);
        row->addWidget(figure.value);
        row->addWidget(figure.caption);
        m_layout->insertWidget(m_layout->count() - 1, figure.box);
    }
    m_figures.push_back(figure);
    return static_cast<int>(m_figures.size()) - 1;
}

void KeyFigures::setLabel(int index, const QString& label) {
    const Figure& figure = m_figures.at(static_cast<std::size_t>(index));
    figure.label->setText(label);
    fitLine();
    figure.box->setAccessibleName(label + u' ' + figure.value->text());
}

void KeyFigures::setShare(int index, double share) {
    m_layout->setStretchFactor(m_figures.at(static_cast<std::size_t>(index)).box, qRound(share * kShare));
}

void KeyFigures::setValue(int index, const QString& value, const QString& caption) {
    const Figure& figure = m_figures.at(static_cast<std::size_t>(index));
    figure.value->setText(value);
    figure.caption->setText(caption);
    fitLine();
    figure.box->setAccessibleName(figure.label->text() + u' ' + value + u' ' + caption);
}

void KeyFigures::setCaptionTone(int index, Tone tone) {
    setTone(m_figures.at(static_cast<std::size_t>(index)).caption, tone);
}

int KeyFigures::lineWidth(int air, bool captions) const {
    int width = air * (static_cast<int>(m_figures.size()) - 1);
    for (const Figure& figure : m_figures) {
        width += figure.label->sizeHint().width() + kGap + figure.value->sizeHint().width();
        if (captions && !figure.caption->text().isEmpty()) width += kGap + figure.caption->sizeHint().width();
    }
    return width;
}

void KeyFigures::fitLine() {
    if (m_form == Form::Boxes) return;
    const int air = lineWidth(kAir, true) <= width() ? kAir : kLittleAir;
    const bool captions = lineWidth(air, true) <= width();
    if (m_layout->spacing() != air) m_layout->setSpacing(air);
    for (const Figure& figure : m_figures) {
        const bool shown = captions && !figure.caption->text().isEmpty();
        if (figure.caption->isHidden() == shown) figure.caption->setVisible(shown);
    }
}

QSize KeyFigures::minimumSizeHint() const {
    const QSize least = QWidget::minimumSizeHint();
    return m_form == Form::Boxes ? least : QSize(lineWidth(kLittleAir, false), least.height());
}

void KeyFigures::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitLine();
}

QString KeyFigures::value(int index) const {
    return m_figures.at(static_cast<std::size_t>(index)).value->text();
}

}  // namespace studio::ui
