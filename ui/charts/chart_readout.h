// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace studio::ui {

/// The box beside the cross-hair with the values of one step. Lets the mouse through.
class ChartReadout : public QLabel {
    Q_OBJECT

public:
    explicit ChartReadout(QWidget* parent);
    /// Shows the text beside `point`, inside the parent.
    void showAt(const QPoint& point, const QString& richText);

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace studio::ui
