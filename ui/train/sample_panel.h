// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/train/sample_model.h"
#include "ui/widgets/panel.h"

class QListView;
class QStackedWidget;

namespace studio::ui {

class EmptyState;

/// "The model so far": the run's prompts with what it answered as it learned. GUI thread.
class SamplePanel : public Panel {
    Q_OBJECT

public:
    explicit SamplePanel(QWidget* parent = nullptr);

    /// `every` steps; 0: this run answers no prompts.
    void begin(qint64 every);
    void add(const QVector<RunSample>& samples);
    SampleModel& model() { return *m_model; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showState();

    SampleModel* m_model;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QListView* m_list;
    qint64 m_every = 0;
    int m_scrolled = 0;
};

}  // namespace studio::ui
