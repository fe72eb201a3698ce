// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "ui/dialogs/dialogs.h"

namespace studio::test {

/// Gives the next scripted answer to everything that would open a window, and remembers what was asked and
/// said. An empty path stands for Cancel.
class ScriptedDialogs : public ui::Dialogs {
public:
    void openFiles(QWidget*, const ui::FileRequest&, std::function<void(const QStringList&)> then) override {
        if (!files.isEmpty()) then(files);
    }
    void openFolder(QWidget*, const ui::FileRequest& request,
                    std::function<void(const QString&)> then) override {
        folderTitles.append(request.title);
        const QString chosen = folders.isEmpty() ? folder : folders.takeFirst();
        if (!chosen.isEmpty()) then(chosen);
    }
    void saveFile(QWidget*, const ui::FileRequest&, std::function<void(const QString&)> then) override {
        if (!saveTo.isEmpty()) then(saveTo);
    }
    void ask(QWidget*, const ui::Question& asked, std::function<void(int)> then) override {
        question = asked;
        questions.append(question.title);
        verbs.clear();
        for (const auto& each : question.answers) verbs.append(each.verb);
        if (!hold) return then(answer < 0 ? question.safeAnswer : answer);
        subject = question.subject;
        held = std::move(then);
    }
    /// Whether the question that is held still stands.
    bool stands() const { return held && subject; }
    void askText(QWidget*, const QString&, const QString&, const QString&,
                 std::function<void(const QString&)> then) override {
        if (!text.isEmpty()) then(text);
    }
    void showMessage(QWidget*, const ui::Message& message) override { messages.append(message.text); }
    void showError(QWidget*, const ui::Message& message) override { errors.append(message.text); }

    QStringList files;
    QString folder, saveTo, text;
    QStringList folders;  ///< one after the other, before `folder`
    QStringList folderTitles;
    int answer = -1;    ///< index; below 0 the safe one
    bool hold = false;  ///< questions wait in `held` for the test to answer
    std::function<void(int)> held;
    QPointer<QObject> subject;
    ui::Question question;  ///< the newest
    QStringList questions, verbs, messages, errors;
};

}  // namespace studio::test
