// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/theme/theme_tokens.h"

namespace studio::ui {

/// An 8-pixel bar cut into shares, each in the colour of a chart series; what is lost is hatched, so that it
/// is told apart without colour. Says nothing by itself: the figures stand beside it in words.
class ShareBar : public QWidget {
    Q_OBJECT

public:
    struct Share {
        qint64 weight = 0;
        Series series = Series::TrainLoss;
        bool hatched = false;
        bool quiet = false;  ///< at 55 %, for what is there anyway
    };

    explicit ShareBar(QWidget* parent = nullptr);

    void setShares(const std::vector<Share>& shares);
    const std::vector<Share>& shares() const { return m_shares; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Share> m_shares;
};

}  // namespace studio::ui
