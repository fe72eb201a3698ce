// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/queue_panel.h"

#include <QEvent>
#include <QKeySequence>
#include <QListView>
#include <QPushButton>
#include <algorithm>

#include "core/base/error.h"
#include "ui/dialogs/dialogs.h"
#include "ui/text/error_text.h"
#include "ui/theme/theme.h"
#include "ui/train/queue_delegate.h"

namespace studio::ui {

namespace {

constexpr int kRowHeight = 28;
constexpr int kMostRows = 3;  // more are scrolled: what stands above is what is looked at

}  // namespace

QueuePanel::QueuePanel(QueueModel& model, Dialogs& dialogs, QWidget* parent)
    : Panel(parent), m_model(model), m_dialogs(dialogs) {
    m_list = new QListView(this);
    m_list->setModel(&model);
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new QueueDelegate(
        model,
        [this](int row, const QString& name) { change([&] { m_model.rename(row, name.toStdString()); }); },
        m_list));
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    m_list->setFrameShape(QFrame::NoFrame);
    setBodyWidget(m_list);
    m_start = new QPushButton(icon(Icon::Play), QString(), this);
    setButtonLook(m_start, ButtonLook::Flat);
    addHeadWidget(m_start);
    m_rename = addHeadButton(Icon::Rename);
    m_up = addHeadButton(Icon::ChevronUp);
    m_down = addHeadButton(Icon::ChevronDown);
    m_remove = addHeadButton(Icon::Delete);
    connect(m_start, &QPushButton::clicked, this, &QueuePanel::startRequested);
    connect(m_rename, &QPushButton::clicked, this, [this] {
        m_list->setFocus(Qt::OtherFocusReason);
        m_list->edit(m_list->currentIndex());
    });
    connect(m_up, &QPushButton::clicked, this, [this] { change([this] { m_model.move(row(), -1); }); });
    connect(m_down, &QPushButton::clicked, this, [this] { change([this] { m_model.move(row(), 1); }); });
    connect(m_remove, &QPushButton::clicked, this, [this] { change([this] { m_model.remove(row()); }); });
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, signal, this, [this] { refresh(); });
    connect(&model, &QAbstractItemModel::rowsMoved, this, [this] { refresh(); });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] { refresh(); });
    connect(&model, &QAbstractItemModel::dataChanged, this, [this] { refresh(); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { refresh(); });
    retranslate();
}

int QueuePanel::row() const {
    return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

void QueuePanel::change(const std::function<void()>& what) {
    try {
        what();
    } catch (const Error& error) {
        m_dialogs.showError(this,
                            {tr("The queue was not changed"), errorLine(error), errorText(error).details});
    }
}

void QueuePanel::setGoing(bool going, bool runAtWork) {
    m_going = going;
    m_runAtWork = runAtWork;
    refresh();
}

void QueuePanel::retranslate() {
    setTitle(tr("Queue"));
    m_list->setAccessibleName(tr("Runs that wait"));
    m_start->setText(tr("Start the queue"));
    const auto name = [](QPushButton* button, const QString& text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    name(m_rename, tr("Rename (%1)").arg(QKeySequence(Qt::Key_F2).toString(QKeySequence::NativeText)));
    name(m_up, tr("Move up"));
    name(m_down, tr("Move down"));
    name(m_remove, tr("Remove from the queue"));
    m_model.retranslate();
    refresh();
}

void QueuePanel::changeEvent(QEvent* event) {
    Panel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void QueuePanel::refresh() {
    const int count = m_model.rowCount();
    setVisible(count > 0);
    m_start->setVisible(!m_going);
    m_start->setEnabled(count > 0);
    m_rename->setEnabled(row() >= 0);
    m_up->setEnabled(row() > 0);
    m_down->setEnabled(row() >= 0 && row() + 1 < count);
    m_remove->setEnabled(row() >= 0);
    const QString when = m_going && m_runAtWork ? tr("the next starts when this run has ended")
                         : m_going              ? tr("the next starts now")
                                                : tr("waits for you");
    setFact(tr("%Ln run(s), %1; settings, model and template as queued, rows as they are at the start",
               nullptr, count)
                .arg(when));
    // With the list's border for the focus.
    m_list->setFixedHeight(lineRoom(kRowHeight) * std::clamp(count, 1, kMostRows) + 4);
}

}  // namespace studio::ui
