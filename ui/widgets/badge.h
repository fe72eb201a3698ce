// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "ui/theme/icon.h"

namespace studio::ui {

enum class BadgeKind { Neutral, Accent, Ok, Warning, Error };

/// What a chip shows. Also what models return for BadgeDelegate::Role.
struct BadgeContent {
    BadgeKind kind = BadgeKind::Neutral;
    QString text;
    std::optional<Icon> icon;  ///< by default tick, triangle or crossed circle for ok, warning and error
};

/// Size of a chip in device-independent pixels, and its drawing; shared by Badge and BadgeDelegate.
QSize badgeSize(const BadgeContent& content);
void paintBadge(QPainter& painter, const ThemeTokens& tokens, const QRect& rect, const BadgeContent& content);

/// A chip of 20 pixels: soft ground, icon, word. Never interactive. Hidden while its text is empty.
class Badge : public QWidget {
    Q_OBJECT

public:
    explicit Badge(QWidget* parent = nullptr);

    void set(BadgeKind kind, const QString& text, std::optional<Icon> icon = {});
    void clear();
    const BadgeContent& content() const { return m_content; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    BadgeContent m_content;
};

}  // namespace studio::ui

Q_DECLARE_METATYPE(studio::ui::BadgeContent)
