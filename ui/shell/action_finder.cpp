// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/action_finder.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPointer>
#include <QRegularExpression>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/theme/theme.h"
#include "ui/widgets/badge_delegate.h"

namespace studio::ui {

namespace {

constexpr int kActionRole = Qt::UserRole + 1;
constexpr int kKeyRole = Qt::UserRole + 2;
constexpr QSize kSize{520, 380};

/// The place at the left, the key at the right.
class ActionDelegate : public CellDelegate {
public:
    using CellDelegate::CellDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        CellDelegate::paint(painter, option, index);
        const bool enabled = index.flags() & Qt::ItemIsEnabled;
        const ThemeTokens& tokens = tokensOf(option.widget);
        painter->setPen(enabled ? tokens.text2 : tokens.disabled);
        painter->drawText(option.rect.adjusted(0, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data(kKeyRole).toString());
    }
};

}  // namespace

ActionFinder::ActionFinder(const QList<MainMenu::Place>& places, QWidget* parent)
    : QDialog(parent),
      m_search(new QLineEdit(this)),
      m_list(new QListView(this)),
      m_found(new QSortFilterProxyModel(this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Find an action"));
    resize(kSize);
    auto* model = new QStandardItemModel(this);
    for (const MainMenu::Place& place : places) {
        auto* item = new QStandardItem(place.path);
        item->setEditable(false);
        item->setEnabled(place.action->isEnabled());
        item->setData(QVariant::fromValue(QPointer<QAction>(place.action)), kActionRole);
        item->setData(place.action->shortcut().toString(QKeySequence::NativeText), kKeyRole);
        model->appendRow(item);
    }
    m_found->setSourceModel(model);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_found);
    m_list->setItemDelegate(new ActionDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("Actions found"));
    m_search->setPlaceholderText(tr("Name of an action"));
    m_search->setAccessibleName(tr("Name of an action"));
    m_search->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    connect(m_search, &QLineEdit::textChanged, this, &ActionFinder::filter);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { run(m_list->currentIndex()); });
    connect(m_list, &QListView::clicked, this, &ActionFinder::run);
    filter({});
}

void ActionFinder::filter(const QString& text) {
    QString pattern;
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts))
        pattern += QStringLiteral("(?=.*%1)").arg(QRegularExpression::escape(word));
    m_found->setFilterRegularExpression(
        QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption));
    m_list->setCurrentIndex(m_found->index(0, 0));
}

void ActionFinder::run(const QModelIndex& index) {
    const auto action = index.data(kActionRole).value<QPointer<QAction>>();
    if (!action || !action->isEnabled()) return;
    accept();
    // When this window is gone: the action may open another, or ask where the focus is.
    QTimer::singleShot(0, action, [action] { action->trigger(); });
}

bool ActionFinder::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace studio::ui
