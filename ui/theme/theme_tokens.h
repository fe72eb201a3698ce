// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QVector>
#include <array>

namespace studio::ui {

/// A line of a chart: its colour never comes without its dash, so that it can be told apart without colour.
struct SeriesStyle {
    QColor color;
    QVector<qreal> dash;  ///< lengths in pixels, empty for a solid line; QPen wants them divided by its width
};

/// Foreground and background that belong together.
struct ColorPair {
    QColor text;
    QColor fill;
};

/// A kind of token in the token view.
struct TokenStyle {
    QColor text;
    QColor fill;
    QColor line;  ///< underline, box or dashed box; invalid for none
};

/// Index into ThemeTokens::series. The meaning of each series is the same in every chart.
enum class Series { TrainLoss, EvalLoss, LearningRate, GradientNorm, TokensPerSecond, BaseModel };

/// Every colour of the program, once for light and once for dark. Widgets read colours from here only
/// (tokensOf). Text reaches 4.5:1 on the grounds it is used on, borders of controls 3:1.
struct ThemeTokens {
    bool dark = false;
    QColor window;      ///< page ground, flat buttons
    QColor sidebar;     ///< sidebar, menu bar, status bar
    QColor base;        ///< panels, inputs, tables
    QColor alternate;   ///< every second row, arm heads, future part of charts
    QColor head;        ///< table heads, neutral chips
    QColor border;      ///< panels
    QColor line;        ///< table rows, panel heads, trough of progress bars
    QColor field;       ///< border of inputs and buttons
    QColor text;        ///< first text
    QColor text2;       ///< labels, help
    QColor text3;       ///< captions, placeholders
    QColor disabled;    ///< text of disabled controls
    QColor accent;      ///< primary button, ticked boxes
    QColor onAccent;    ///< text on accent
    QColor accentText;  ///< links, focus border, current-page bar, progress
    QColor accentSoft;  ///< hydrated fields, info notes
    QColor selection;   ///< selected rows, current page, pressed segment
    ColorPair ok;       ///< passed, fits, fixed
    ColorPair warning;  ///< tight, cut, open
    ColorPair error;    ///< does not fit, broken, diverged
    ColorPair inserted;
    ColorPair deleted;  ///< also struck through
    TokenStyle tokenPrompt;
    TokenStyle tokenResponse;  ///< line: underline
    TokenStyle tokenEnd;       ///< line: box
    TokenStyle tokenCut;       ///< line: dashed box and the cutoff mark; text struck through
    std::array<SeriesStyle, 6> series;
    QColor grid;      ///< horizontal grid lines of charts
    QColor axis;      ///< axes of charts
    QColor heatHigh;  ///< heat cells above one half: blend(base, heatHigh, at most 0.6)
    QColor heatLow;   ///< heat cells below one half

    const SeriesStyle& of(Series which) const { return series[static_cast<std::size_t>(which)]; }
};

const ThemeTokens& lightTokens();
const ThemeTokens& darkTokens();

/// `share` 0 gives `from`, 1 gives `to`.
QColor blend(const QColor& from, const QColor& to, qreal share);

/// Contrast of two opaque colours, 1 to 21 (WCAG 2.1, relative luminance of sRGB).
qreal contrastRatio(const QColor& one, const QColor& other);

}  // namespace studio::ui
