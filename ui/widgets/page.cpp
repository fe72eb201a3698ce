// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/page.h"

#include <QCoreApplication>
#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/tab_order.h"

namespace studio::ui {

QString pageTitle(PageId page) {
    switch (page) {
        case PageId::Data:
            return QCoreApplication::translate("studio::ui::Page", "Data");
        case PageId::Prompts:
            return QCoreApplication::translate("studio::ui::Page", "Prompts");
        case PageId::Models:
            return QCoreApplication::translate("studio::ui::Page", "Models");
        case PageId::Train:
            return QCoreApplication::translate("studio::ui::Page", "Train");
        case PageId::Runs:
            return QCoreApplication::translate("studio::ui::Page", "Runs");
        case PageId::Compare:
            return QCoreApplication::translate("studio::ui::Page", "Compare");
    }
    return {};
}

PageId roomOf(PageId page) {
    return page == PageId::Runs ? PageId::Train : page;
}

Page::Page(PageId id, QWidget* parent)
    : QWidget(parent), m_id(id), m_head(new PageHead(this)), m_nextStepBar(new NextStepBar(id, this)) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_head);
    m_bodyWidget = new QWidget(this);
    m_body = new QVBoxLayout(m_bodyWidget);
    m_body->setContentsMargins(16, 0, 16, 16);
    m_body->setSpacing(12);
    outer->addWidget(m_bodyWidget, 1);
    outer->addWidget(m_nextStepBar);
    connect(m_nextStepBar, &NextStepBar::goTo, this, &Page::goTo);
    Page::retranslate();
}

bool Page::focusNextPrevChild(bool next) {
    return isWindow() ? focusNextStop(this, next) : QWidget::focusNextPrevChild(next);
}

void Page::setNextStep(const NextStep& step) {
    m_nextStepBar->setStep(step);
}

void Page::retranslate() {
    m_head->setTitle(pageTitle(m_id));
    const PageId room = roomOf(m_id);
    if (room != m_id) {
        setAccessibleName(tr("%1, beside %2 in the loop").arg(pageTitle(m_id), pageTitle(room)));
        return;
    }
    const auto place = std::find(kLoop.begin(), kLoop.end(), m_id) - kLoop.begin();
    setAccessibleName(tr("%1, page %2 of %3 in the loop")
                          .arg(pageTitle(m_id))
                          .arg(place + 1)
                          .arg(static_cast<int>(kLoop.size())));
}

void Page::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace studio::ui
