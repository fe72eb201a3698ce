// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <optional>

#include "ui/theme/icon.h"

namespace studio::ui {

/// One line of a list of counts: a mark, a name, a figure. A click asks for the rows behind the figure;
/// checked while the table shows exactly them.
class FacetButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit FacetButton(QWidget* parent = nullptr);

    void setSwatch(Series series);
    void setMark(Icon icon, Tone tone);
    void setCount(qint64 count);
    qint64 count() const { return m_count; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void nameForReaders();

    std::optional<Series> m_series;
    std::optional<Icon> m_icon;
    Tone m_tone = Tone::Text;
    qint64 m_count = 0;
};

}  // namespace studio::ui
