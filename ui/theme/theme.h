// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QLocale>
#include <QObject>
#include <QPalette>

#include "ui/theme/theme_tokens.h"

class QApplication;
class QPen;
class QWidget;

namespace studio::ui {

/// Sizes of text. Each is a share of the size of QApplication::font(), so that text scaling works.
enum class TextRole {
    Body,        ///< 10 pt where the system says 10
    Title,       ///< 15 pt, semibold: the head of a page
    PanelTitle,  ///< 10 pt, semibold
    KeyFigure,   ///< 11.5 pt, semibold
    Secondary,   ///< 9 pt
    Caption,     ///< 8.25 pt: captions, axes, token ids
    Reading,     ///< 10.5 pt: answers in Compare
    Code         ///< 9 pt, fixed font
};

/// Colours of text, by meaning.
enum class Tone { Text, Secondary, Tertiary, Accent, OnAccent, Ok, Warning, Error };

/// Gives the whole application its palette, style sheet and fonts, from one ThemeTokens. One object, made in
/// the composition root after QApplication and living as long as its windows; GUI thread.
class Theme : public QObject {
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)

    /// Remembers the palette and font of the platform and applies the theme in Mode::System.
    explicit Theme(QApplication& application, QObject* parent = nullptr);
    ~Theme() override;

    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    bool isDark() const { return m_tokens->dark; }
    const ThemeTokens& tokens() const { return *m_tokens; }

    /// Chooses the fallback fonts for Chinese text: Noto Sans CJK TC for Taiwan, SC for the mainland.
    void setLocale(const QLocale& locale);

Q_SIGNALS:
    /// After palette, style sheet or fonts have changed. Painted widgets get QEvent::StyleChange as well.
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool systemIsDark();
    void apply();

    QApplication& m_application;
    QFont m_systemFont;
    QLocale m_locale;
    Mode m_mode = Mode::System;
    bool m_systemDark = false;
    bool m_applying = false;
    const ThemeTokens* m_tokens = nullptr;
};

/// The colours in force for a widget; light where no Theme was made (a unit test). `widget` may be null.
const ThemeTokens& tokensOf(const QWidget* widget = nullptr);

QColor toneColor(const ThemeTokens& tokens, Tone tone);

/// Size and weight of a role, from QApplication::font(). For painting; labels use setTextRole().
QFont roleFont(TextRole role);

/// For sizes in pixels that were drawn around text of 10 points: what they need with the desktop's font,
/// which may be larger. Never less. lineRoom: the height around one line; wordRoom: a width.
int lineRoom(int pixels);
int wordRoom(int pixels);

/// A body or secondary font whose digits are all of one width (the fixed font where the system font's are
/// not).
QFont figureFont(TextRole role = TextRole::Body);

/// Marks a label (or any widget with text): the style sheet gives it size, weight and colour, also after the
/// theme or the font size has changed.
void setTextRole(QWidget* widget, TextRole role);
void setTone(QWidget* widget, Tone tone);

/// The primary button of a page (accent ground), or a flat one (no border until hovered).
enum class ButtonLook { Normal, Primary, Flat, Link };
void setButtonLook(QWidget* button, ButtonLook look);

/// A chart pen: colour and dash of a series at a width in pixels.
QPen seriesPen(const SeriesStyle& style, qreal width = 2.0);

}  // namespace studio::ui
