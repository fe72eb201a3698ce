// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/data/split.h"
#include "ui/jobs/task_runner.h"
#include "ui/widgets/dialog_frame.h"

class QDoubleSpinBox;
class QLabel;
class QSpinBox;
class QTimer;

namespace studio::ui {

class KeyFigures;
class NoteBar;

/// Asks for the shares and the seed of a split and shows what it would give. The preview is worked out off
/// the GUI thread. Opened with open(); emits splitChosen() when accepted.
class SplitDialog : public DialogFrame {
    Q_OBJECT

public:
    SplitDialog(const std::filesystem::path& project, QWidget* parent);

    SplitSettings settings() const;
    QDoubleSpinBox* validationShare() const { return m_validation; }
    QDoubleSpinBox* testShare() const { return m_test; }
    QSpinBox* seed() const { return m_seed; }
    /// "900", "49", "50" once they are known; empty before.
    QString previewText(int figure) const;

Q_SIGNALS:
    void splitChosen(const studio::SplitSettings& settings);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Preview {
        qint64 train = 0;
        qint64 validation = 0;
        qint64 test = 0;
        qint64 changed = 0;
    };

    void preview();
    void show(const Preview& preview);
    void retranslate();

    std::filesystem::path m_project;
    QDoubleSpinBox* m_validation;
    QDoubleSpinBox* m_test;
    QSpinBox* m_seed;
    QLabel* m_intro;
    QLabel* m_labels[3];
    QLabel* m_helps[3];
    KeyFigures* m_figures;
    NoteBar* m_note;
    QTimer* m_delay;
    TaskRunner m_runner;
};

}  // namespace studio::ui
