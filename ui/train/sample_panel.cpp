// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/sample_panel.h"

#include <QEvent>
#include <QListView>
#include <QLocale>
#include <QScrollBar>
#include <QStackedWidget>

#include "ui/train/sample_delegate.h"
#include "ui/widgets/empty_state.h"

namespace studio::ui {

SamplePanel::SamplePanel(QWidget* parent)
    : Panel(parent),
      m_model(new SampleModel(this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(Icon::Prompts, m_stack)),
      m_list(new QListView(m_stack)) {
    m_list->setModel(m_model);
    m_list->setItemDelegate(new SampleDelegate(m_list));
    m_list->setResizeMode(QListView::Adjust);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_list);
    setBodyWidget(m_stack);
    // New answers must not take the reader to the top.
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this,
            [this] { m_scrolled = m_list->verticalScrollBar()->value(); });
    connect(
        m_model, &QAbstractItemModel::modelReset, this,
        [this] {
            showState();
            m_list->verticalScrollBar()->setValue(m_scrolled);
        },
        Qt::QueuedConnection);
    retranslate();
}

void SamplePanel::begin(qint64 every) {
    m_every = every;
    m_model->clear();
    showState();
}

void SamplePanel::add(const QVector<RunSample>& samples) {
    m_model->add(samples);
    showState();
}

void SamplePanel::showState() {
    const bool any = m_model->rowCount() > 0;
    m_stack->setCurrentWidget(any ? static_cast<QWidget*>(m_list) : m_empty);
    const QString every = QLocale().toString(m_every);
    m_empty->setSentence(m_every > 0
                             ? tr("Every %1 steps the answers to a few prompts come here.").arg(every)
                             : tr("This run answers no prompts. Sample every is set before the start."));
    setFact(!any ? QString() : m_every > 0 ? tr("greedy, every %1 steps").arg(every) : tr("greedy"));
}

void SamplePanel::retranslate() {
    setTitle(tr("The model so far"));
    m_list->setAccessibleName(tr("The model so far"));
    m_model->retranslate();
    showState();
}

void SamplePanel::changeEvent(QEvent* event) {
    Panel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace studio::ui
