// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/train/queue_model.h"
#include "ui/widgets/panel.h"

class QListView;
class QPushButton;

namespace studio::ui {

class Dialogs;

/// The runs that wait: their order and names, and the button that lets them begin. Hidden while there is
/// none.
class QueuePanel : public Panel {
    Q_OBJECT

public:
    QueuePanel(QueueModel& model, Dialogs& dialogs, QWidget* parent = nullptr);

    /// Whether the next one begins by itself when the run at work has ended; else the button offers it.
    void setGoing(bool going, bool runAtWork);
    QListView* list() { return m_list; }
    QPushButton* startButton() { return m_start; }
    QPushButton* renameButton() { return m_rename; }
    QPushButton* upButton() { return m_up; }
    QPushButton* downButton() { return m_down; }
    QPushButton* removeButton() { return m_remove; }

Q_SIGNALS:
    void startRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void refresh();
    void change(const std::function<void()>& what);
    int row() const;

    QueueModel& m_model;
    Dialogs& m_dialogs;
    QListView* m_list;
    QPushButton *m_start, *m_rename, *m_up, *m_down, *m_remove;
    bool m_going = false;
    bool m_runAtWork = false;
};

}  // namespace studio::ui
