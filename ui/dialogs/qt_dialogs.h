// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/dialogs/dialogs.h"

class QFileDialog;
class QMessageBox;

namespace studio::ui {

/// Dialogs with the windows of Qt, opened without a nested event loop. GUI thread; outlives every parent it
/// is given.
class QtDialogs : public Dialogs {
public:
    void openFiles(QWidget* parent, const FileRequest& request,
                   std::function<void(const QStringList&)> then) override;
    void openFolder(QWidget* parent, const FileRequest& request,
                    std::function<void(const QString&)> then) override;
    void saveFile(QWidget* parent, const FileRequest& request,
                  std::function<void(const QString&)> then) override;
    void ask(QWidget* parent, const Question& question, std::function<void(int)> then) override;
    void askText(QWidget* parent, const QString& title, const QString& label, const QString& text,
                 std::function<void(const QString&)> then) override;
    void showMessage(QWidget* parent, const Message& message) override;
    void showError(QWidget* parent, const Message& message) override;

private:
    QFileDialog* makeFileDialog(QWidget* parent, const FileRequest& request) const;
    void showBox(QMessageBox* box, const Message& message) const;

    QString m_lastFolder;
};

}  // namespace studio::ui
