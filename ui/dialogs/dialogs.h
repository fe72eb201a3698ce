// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

class QWidget;

namespace studio::ui {

struct FileRequest {
    QString title;
    QString startAt;      ///< folder or file to begin with; empty for the last one used
    QStringList filters;  ///< "JSON (*.json *.jsonl)"
    QString suffix;       ///< of saved files, without the dot
};

/// A question whose buttons are verbs. Esc gives the safe answer, Enter the default one.
struct Question {
    QString title;
    QString text;     ///< the question, one sentence
    QString details;  ///< what each answer means, may be empty
    struct Answer {
        QString verb;  ///< "Stop and keep"
        bool destructive = false;
    };
    std::vector<Answer> answers;
    int safeAnswer = 0;      ///< index; it changes nothing
    int defaultAnswer = -1;  ///< index; -1: the safe one
    /// Where it is set, the question stands only as long as this object: destroying it withdraws the
    /// question, which closes without an answer.
    QPointer<QObject> subject;
};

struct Message {
    QString title;
    QString text;
    QString details;  ///< shown below, selectable, with Copy details; may be empty
};

/// The seam for everything that asks the user in a window of its own. Every call returns at once; the
/// function is called later on the GUI thread, or never when the user cancels (ask: with safeAnswer), and not
/// at all once `parent` (of a question also its subject) is gone. Tests pass a fake.
class Dialogs {
public:
    virtual ~Dialogs() = default;

    virtual void openFiles(QWidget* parent, const FileRequest& request,
                           std::function<void(const QStringList&)> then) = 0;
    virtual void openFolder(QWidget* parent, const FileRequest& request,
                            std::function<void(const QString&)> then) = 0;
    /// Asks before an existing file is overwritten.
    virtual void saveFile(QWidget* parent, const FileRequest& request,
                          std::function<void(const QString&)> then) = 0;
    /// `then` gets the index of the answer.
    virtual void ask(QWidget* parent, const Question& question, std::function<void(int)> then) = 0;
    virtual void askText(QWidget* parent, const QString& title, const QString& label, const QString& text,
                         std::function<void(const QString&)> then) = 0;
    virtual void showMessage(QWidget* parent, const Message& message) = 0;
    virtual void showError(QWidget* parent, const Message& message) = 0;
};

}  // namespace studio::ui
