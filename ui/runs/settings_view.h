// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/runs/settings_table_model.h"

class QLabel;
class QStackedWidget;
class QTableView;

namespace studio::ui {

class EmptyState;

/// What differs in the runs that are ticked, and in words what is the same.
class SettingsView : public QWidget {
    Q_OBJECT

public:
    explicit SettingsView(QWidget* parent = nullptr);

    void setRuns(const RunEntries& runs);
    void setDifferencesOnly(bool only);
    SettingsTableModel& model() { return m_model; }
    QTableView* table() const { return m_table; }
    QString sameSentence() const;
    void retranslate();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showSentence();
    void fitColumns();

    SettingsTableModel m_model;
    QStackedWidget* m_stack;
    QTableView* m_table;
    EmptyState* m_empty;
    QLabel* m_same;
};

}  // namespace studio::ui
