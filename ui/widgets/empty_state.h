// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/theme/icon.h"

class QLabel;
class QPushButton;

namespace studio::ui {

/// What stands where nothing is yet: one icon, one sentence on what will be here, one button, two at most.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(Icon icon, QWidget* parent = nullptr);

    void setSentence(const QString& sentence);
    /// An empty text hides the button.
    void setButtonText(const QString& text);
    /// Another way to fill the place, beside the button; there is none until it has a text.
    void setSecondButtonText(const QString& text);
    QPushButton* button() const { return m_button; }
    QPushButton* secondButton() const { return m_second; }
    /// The sentence is broken where there is little room: it makes no panel wider.
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clicked();
    void secondClicked();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitSentence();

    QLabel* m_sentence;
    QPushButton* m_button;
    QPushButton* m_second;
};

}  // namespace studio::ui
