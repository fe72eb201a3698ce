// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPixmap>

#include "ui/theme/theme.h"

namespace studio::ui {

/// One meaning each; resources/icons/NAME.svg (20 x 20 box, 1.5 px round stroke, currentColor).
enum class Icon {
    Data,
    Prompts,
    Train,
    Compare,
    Settings,
    Models,
    Runs,
    Play,
    Pause,
    Stop,
    Undo,
    Redo,
    Import,
    Export,
    Add,
    Duplicate,
    Delete,
    Search,
    Clear,
    Folder,
    Check,
    Warning,
    Error,
    Info,
    Draft,
    Rejected,
    Lock,
    ChevronLeft,
    ChevronRight,
    ChevronUp,
    ChevronDown,
    Copy,
    Save,
    Cpu,
    Language,
    Theme,
    More,
    Clock,
    File,
    Split,
    Chart,
    Rename
};

/// An icon that is drawn from its SVG in the colours of the theme at the moment of painting (so it follows a
/// change of theme by itself), sharp at every device pixel ratio. Disabled icons take the disabled colour.
QIcon icon(Icon which, Tone tone = Tone::Text);

/// The same as a pixmap of `side` device-independent pixels, for delegates and painted widgets.
QPixmap iconPixmap(Icon which, const QColor& color, int side, qreal devicePixelRatio);

/// Draws the icon into a square rectangle.
void paintIcon(QPainter& painter, Icon which, const QColor& color, const QRectF& square);

}  // namespace studio::ui
