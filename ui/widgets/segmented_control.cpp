// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmented_control.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>

namespace studio::ui {

SegmentedControl::SegmentedControl(QWidget* parent)
    : QWidget(parent), m_group(new QButtonGroup(this)), m_layout(new QHBoxLayout(this)) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("segments", true);
    m_layout->setContentsMargins(1, 1, 1, 1);
    m_layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        if (!checked || id == m_current) return;
        m_current = id;
        giveTabToCurrent();
        Q_EMIT currentChanged(id);
    });
}

int SegmentedControl::addSegment(const QString& text, const QVariant& value) {
    auto* button = new QPushButton(text, this);
    button->setCheckable(true);
    button->setAutoDefault(false);
    const int index = count();
    m_data.push_back(value);
    m_group->addButton(button, index);
    m_layout->addWidget(button, 1);
    if (index == 0) {
        m_current = 0;
        button->setChecked(true);
    }
    giveTabToCurrent();
    relook();
    return index;
}

// One tab stop, the pressed segment; the arrow keys go to the others. Qt does so only from the first focus
// on, and then for the segment that happened to get it.
void SegmentedControl::giveTabToCurrent() {
    for (QAbstractButton* button : m_group->buttons())
        button->setFocusPolicy(m_group->id(button) == m_current ? Qt::StrongFocus : Qt::ClickFocus);
}

void SegmentedControl::setSegmentText(int index, const QString& text) {
    auto* button = m_group->button(index);
    button->setText(text);
    // The pressed segment is semibold; room for that is kept from the start, so that nothing moves on a
    // click.
    QFont bold = button->font();
    bold.setWeight(QFont::DemiBold);
    button->setMinimumWidth(QFontMetrics(bold).horizontalAdvance(text) + (m_small ? 18 : 22));
}

void SegmentedControl::setSegmentEnabled(int index, bool enabled) {
    m_group->button(index)->setEnabled(enabled);
}

int SegmentedControl::count() const {
    return static_cast<int>(m_group->buttons().size());
}

int SegmentedControl::currentIndex() const {
    return m_current;
}

QVariant SegmentedControl::currentData() const {
    return m_data.value(m_current);
}

void SegmentedControl::setCurrentIndex(int index) {
    if (auto* button = m_group->button(index)) button->setChecked(true);
}

void SegmentedControl::setSmall(bool small) {
    m_small = small;
    relook();
}

void SegmentedControl::relook() {
    const int last = count() - 1;
    for (int i = 0; i <= last; ++i) {
        auto* button = m_group->button(i);
        button->setProperty("segment", i == 0 ? "first" : i == last ? "last" : "middle");
        button->setProperty("segmentSmall", m_small);
        button->style()->unpolish(button);
        button->style()->polish(button);
        setSegmentText(i, button->text());
    }
}

}  // namespace studio::ui
