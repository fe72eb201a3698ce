// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "ui/shell/main_menu.h"

class QLineEdit;
class QListView;
class QModelIndex;
class QSortFilterProxyModel;

namespace studio::ui {

/// Finds a command of the menus by its name and runs it: every word typed must occur, in any order. Arrow
/// keys move, Enter runs, Esc closes. Deletes itself when closed; the actions must outlive it.
class ActionFinder : public QDialog {
    Q_OBJECT

public:
    ActionFinder(const QList<MainMenu::Place>& places, QWidget* parent = nullptr);

    QLineEdit* search() const { return m_search; }
    QListView* list() const { return m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& text);
    void run(const QModelIndex& index);

    QLineEdit* m_search;
    QListView* m_list;
    QSortFilterProxyModel* m_found;
};

}  // namespace studio::ui
