// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>

namespace studio::ui {

/// An answer in reading size; while it is being written a block stands behind its last character. Follows its
/// end as long as the user has not scrolled up.
class AnswerView : public QTextEdit {
    Q_OBJECT

public:
    explicit AnswerView(QWidget* parent = nullptr);

    void showAnswer(const QString& text, bool writing);
    bool isWriting() const { return m_writing; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void setLineHeight();

    bool m_writing = false;
};

}  // namespace studio::ui
