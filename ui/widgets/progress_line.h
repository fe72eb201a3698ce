// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTimer;

namespace studio::ui {

/// A 6-pixel progress bar without text. Range 0 to 1; indeterminate only while something of unknown length
/// loads.
class ProgressLine : public QWidget {
    Q_OBJECT

public:
    explicit ProgressLine(QWidget* parent = nullptr);

    void setValue(double share);
    double value() const { return m_value; }
    void setIndeterminate(bool indeterminate);
    bool isIndeterminate() const { return m_indeterminate; }
    void setThickness(int pixels);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    double m_value = 0.0;
    bool m_indeterminate = false;
    int m_thickness = 6;
    int m_phase = 0;
    QTimer* m_timer;
};

}  // namespace studio::ui
