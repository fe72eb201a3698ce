// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace studio::ui {

/// Scrolls one column of widgets from top to bottom, as wide as there is room, and as high as its wrapped
/// texts then need.
class ColumnArea : public QScrollArea {
    Q_OBJECT

public:
    explicit ColumnArea(QWidget* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void settle();
};

}  // namespace studio::ui
