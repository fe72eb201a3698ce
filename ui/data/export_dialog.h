// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/project.h"
#include "ui/widgets/dialog_frame.h"

class QButtonGroup;
class QRadioButton;

namespace studio::ui {

/// Asks which rows to export and in which form; the file is asked for afterwards. Opened with open().
class ExportDialog : public DialogFrame {
    Q_OBJECT

public:
    enum class Scope { All, Accepted, Shown, Selected };
    struct Counts {
        qint64 all = 0;
        qint64 accepted = 0;
        qint64 shown = 0;
        qint64 selected = 0;
        bool filtered = false;  ///< whether the rows shown are others than all
    };

    ExportDialog(const Counts& counts, QWidget* parent);

    Scope scope() const;
    void setScope(Scope scope);
    bool array() const;

Q_SIGNALS:
    void formChosen(studio::ui::ExportDialog::Scope scope, bool array);

private:
    void addHeading(const QString& text);
    QRadioButton* addChoice(QButtonGroup* group, int id, const QString& text);

    QButtonGroup* m_scopes;
    QButtonGroup* m_forms;
};

}  // namespace studio::ui
