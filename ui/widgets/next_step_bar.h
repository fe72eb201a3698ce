// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/widgets/page.h"

class QPushButton;
class QToolButton;

namespace studio::ui {

class ElidedLabel;
class IconLabel;

/// The 40-pixel bar below a page: where it stands in the loop, what is in the way, and the button that leads
/// on (Alt+Right).
class NextStepBar : public QWidget {
    Q_OBJECT

public:
    explicit NextStepBar(PageId current, QWidget* parent = nullptr);

    void setStep(const NextStep& step);
    const NextStep& step() const { return m_step; }
    QPushButton* button() const { return m_button; }

Q_SIGNALS:
    void goTo(studio::ui::PageId page);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();

    PageId m_current;
    NextStep m_step;
    std::vector<QToolButton*> m_rooms;
    IconLabel* m_hintIcon;
    ElidedLabel* m_hint;
    QPushButton* m_button;
};

}  // namespace studio::ui
