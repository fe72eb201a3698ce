// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/next_step_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include "ui/theme/icon.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_label.h"

namespace studio::ui {

namespace {

// A chevron between two rooms; painted so that it follows the theme.
class Chevron : public QWidget {
public:
    explicit Chevron(QWidget* parent) : QWidget(parent) { setFixedSize(12, 12); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        paintIcon(painter, Icon::ChevronRight, tokensOf(this).text3, QRectF(1, 1, 10, 10));
    }
};

}  // namespace

NextStepBar::NextStepBar(PageId current, QWidget* parent)
    : QWidget(parent),
      m_current(current),
      m_hintIcon(new IconLabel(Icon::Warning, Tone::Warning, 16, this)),
      m_hint(new ElidedLabel(this)),
      m_button(new QPushButton(this)) {
    setFixedHeight(lineRoom(40));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 1, 16, 0);
    row->setSpacing(0);
    for (const PageId id : kLoop) {
        if (id != kLoop.front()) row->addWidget(new Chevron(this));
        auto* room = new QToolButton(this);
        room->setProperty("room", id == roomOf(current) ? QStringLiteral("current") : QStringLiteral("true"));
        room->setCursor(Qt::PointingHandCursor);
        connect(room, &QToolButton::clicked, this, [this, id] {
            if (id != m_current) Q_EMIT goTo(id);
        });
        m_rooms.push_back(room);
        row->addWidget(room);
    }
    row->addSpacing(12);
    row->addStretch(1);
    row->addWidget(m_hintIcon);
    row->addSpacing(6);
    m_hint->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setTextRole(m_hint, TextRole::Secondary);
    row->addWidget(m_hint);
    row->addSpacing(12);
    m_button->setIcon(icon(Icon::ChevronRight));
    m_button->setIconSize(QSize(18, 12));
    m_button->setLayoutDirection(Qt::RightToLeft);  // puts the chevron behind the text
    m_button->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Right));
    row->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, [this] { Q_EMIT goTo(m_step.target); });
    setStep({});
    retranslate();
}

void NextStepBar::setStep(const NextStep& step) {
    m_step = step;
    m_hint->setText(step.hint);
    setTone(m_hint, step.warning ? Tone::Warning : Tone::Secondary);
    m_hintIcon->setVisible(step.warning && !step.hint.isEmpty());
    // Setting the text drops a shortcut that was made from it, so the key is set again.
    m_button->setText(step.buttonText);
    m_button->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Right));
    m_button->setVisible(!step.buttonText.isEmpty());
    m_button->setEnabled(step.enabled);
}

void NextStepBar::retranslate() {
    for (std::size_t i = 0; i < kLoop.size(); ++i) m_rooms[i]->setText(pageTitle(kLoop[i]));
    m_button->setToolTip(
        tr("Next step (%1)").arg(QKeySequence(Qt::ALT | Qt::Key_Right).toString(QKeySequence::NativeText)));
}

void NextStepBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void NextStepBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(0, 0, width(), 1, tokensOf(this).border);
}

}  // namespace studio::ui
