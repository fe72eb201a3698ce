// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/theme/theme_tokens.h"

namespace studio::ui {

/// A stroke of a series' pen and its name.
class LegendEntry : public QWidget {
    Q_OBJECT

public:
    explicit LegendEntry(Series series, QWidget* parent = nullptr);
    void setText(const QString& text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    Series m_series;
    QString m_text;
};

}  // namespace studio::ui
