// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QPen>
#include <QStyle>
#include <QStyleFactory>
#include <QVariant>
#include <QWidget>

#include "ui/theme/style_sheet.h"

namespace studio::ui {

namespace {

// Where tokensOf() finds the theme: a property of the application object, so that painted widgets need no
// reference handed through every constructor.
constexpr char kThemeProperty[] = "studioTheme";
constexpr char kCodeFamiliesProperty[] = "studioCodeFamilies";
constexpr qreal kDesignedPoints = 10.0;  // the body font of the drawings

QPalette paletteOf(const ThemeTokens& t) {
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor& color) {
        palette.setColor(role, color);
    };
    set(QPalette::Window, t.window);
    set(QPalette::WindowText, t.text);
    set(QPalette::Base, t.base);
    set(QPalette::AlternateBase, t.alternate);
    set(QPalette::Text, t.text);
    set(QPalette::PlaceholderText, t.text3);
    set(QPalette::Button, t.base);
    set(QPalette::ButtonText, t.text);
    set(QPalette::BrightText, t.error.text);
    set(QPalette::ToolTipBase, t.base);
    set(QPalette::ToolTipText, t.text);
    set(QPalette::Highlight, t.selection);
    set(QPalette::HighlightedText, t.text);
    set(QPalette::Link, t.accentText);
    set(QPalette::LinkVisited, t.accentText);
    set(QPalette::Light, t.base);
    set(QPalette::Midlight, t.line);
    set(QPalette::Mid, t.border);
    set(QPalette::Dark, t.field);
    set(QPalette::Shadow, t.field);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::PlaceholderText})
        palette.setColor(QPalette::Disabled, role, t.disabled);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, t.selection);
    return palette;
}

// Latin text keeps the system font; Chinese falls back to the cut for its region, not to whichever font is
// found.
QStringList chineseFamilies(const QLocale& locale, bool mono) {
    const bool mainland =
        locale.language() == QLocale::Chinese && locale.script() != QLocale::TraditionalChineseScript;
    const QString kind = mono ? QStringLiteral("Noto Sans Mono CJK ") : QStringLiteral("Noto Sans CJK ");
    const QString first = mainland ? QStringLiteral("SC") : QStringLiteral("TC");
    const QString second = mainland ? QStringLiteral("TC") : QStringLiteral("SC");
    return {kind + first, kind + second};
}

// The fixed font of the system by its real name. Where the system only says "monospace", fontconfig may
// answer with a Chinese font for a Chinese locale, whose Latin letters are half as wide as usual; a Latin one
// is put before it.
QStringList fixedFamilies() {
    QStringList families;
    const QString system = QFontInfo(QFontDatabase::systemFont(QFontDatabase::FixedFont)).family();
    if (QFontDatabase::isFixedPitch(system) && !system.contains(QLatin1String("CJK")))
        families.push_back(system);
    for (const char* name : {"DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono"})
        if (QFontDatabase::hasFamily(QLatin1String(name))) families.push_back(QLatin1String(name));
    return families;
}

const Theme* currentTheme() {
    return qApp ? qobject_cast<const Theme*>(qApp->property(kThemeProperty).value<QObject*>()) : nullptr;
}

void setStyleProperty(QWidget* widget, const char* name, const QVariant& value) {
    if (widget->property(name) == value) return;
    widget->setProperty(name, value);
    // A style sheet looks at dynamic properties only when the widget is polished.
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->updateGeometry();
    widget->update();
}

qreal shareOf(TextRole role) {
    switch (role) {
        case TextRole::Title:
            return 1.5;
        case TextRole::KeyFigure:
            return 1.15;
        case TextRole::Secondary:
            return 0.9;
        case TextRole::Caption:
            return 0.825;
        case TextRole::Reading:
            return 1.05;
        case TextRole::Code:
            return 0.9;
        case TextRole::Body:
        case TextRole::PanelTitle:
            break;
    }
    return 1.0;
}

}  // namespace

Theme::Theme(QApplication& application, QObject* parent)
    : QObject(parent),
      m_application(application),
      m_systemFont(application.font()),
      m_tokens(&lightTokens()) {
    if (m_systemFont.pointSizeF() <= 0) m_systemFont.setPointSizeF(kDesignedPoints);
    m_systemDark = systemIsDark();
    m_application.setProperty(kThemeProperty, QVariant::fromValue<QObject*>(this));
    m_application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    m_application.installEventFilter(this);
    apply();
}

Theme::~Theme() {
    m_application.removeEventFilter(this);
    m_application.setProperty(kThemeProperty, {});
}

void Theme::setMode(Mode mode) {
    if (mode == m_mode) return;
    m_mode = mode;
    apply();
}

void Theme::setLocale(const QLocale& locale) {
    if (locale == m_locale) return;
    m_locale = locale;
    apply();
}

bool Theme::systemIsDark() {
    // Qt 6.4 has no QStyleHints::colorScheme(). A default palette gives the application that of the platform
    // back, and a platform is dark when its text is lighter than its windows.
    const QPalette own = m_application.palette();
    m_application.setPalette(QPalette());
    const QPalette system = m_application.palette();
    m_application.setPalette(own);
    return system.color(QPalette::WindowText).lightness() > system.color(QPalette::Window).lightness();
}

void Theme::apply() {
    m_applying = true;
    const bool dark = m_mode == Mode::Dark || (m_mode == Mode::System && m_systemDark);
    m_tokens = dark ? &darkTokens() : &lightTokens();

    QFont font = m_systemFont;
    font.setFamilies(QStringList(m_systemFont.families()) + chineseFamilies(m_locale, false));
    // Full hinting blackens dense Chinese characters at small sizes; vertical hinting keeps the shapes of the
    // font.
    font.setHintingPreference(QFont::PreferVerticalHinting);
    m_application.setFont(font);
    const QStringList codeFamilies = fixedFamilies() + chineseFamilies(m_locale, true);
    m_application.setProperty(kCodeFamiliesProperty, codeFamilies);
    m_application.setPalette(paletteOf(*m_tokens));
    m_application.setStyleSheet(buildStyleSheet(*m_tokens, font.pointSizeF(), codeFamilies, lineRoom(0)));
    m_applying = false;
    Q_EMIT changed();
}

bool Theme::eventFilter(QObject* watched, QEvent* event) {
    // Windows are told of a theme change of the desktop; the palette is then read anew.
    const bool systemChanged =
        event->type() == QEvent::ThemeChange ||
        (event->type() == QEvent::ApplicationPaletteChange && watched == &m_application);
    if (systemChanged && !m_applying) {
        m_applying = true;
        const bool dark = systemIsDark();
        m_applying = false;
        if (dark != m_systemDark) {
            m_systemDark = dark;
            if (m_mode == Mode::System) apply();
        }
    }
    return QObject::eventFilter(watched, event);
}

const ThemeTokens& tokensOf(const QWidget*) {
    const Theme* theme = currentTheme();
    return theme ? theme->tokens() : lightTokens();
}

QColor toneColor(const ThemeTokens& t, Tone tone) {
    switch (tone) {
        case Tone::Secondary:
            return t.text2;
        case Tone::Tertiary:
            return t.text3;
        case Tone::Accent:
            return t.accentText;
        case Tone::OnAccent:
            return t.onAccent;
        case Tone::Ok:
            return t.ok.text;
        case Tone::Warning:
            return t.warning.text;
        case Tone::Error:
            return t.error.text;
        case Tone::Text:
            break;
    }
    return t.text;
}

QFont roleFont(TextRole role) {
    QFont font = QApplication::font();
    const qreal body = font.pointSizeF() > 0 ? font.pointSizeF() : kDesignedPoints;
    if (role == TextRole::Code) {
        const qreal points = body * shareOf(role);
        font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        const QStringList families = qApp->property(kCodeFamiliesProperty).toStringList();
        if (!families.isEmpty()) font.setFamilies(families);
        font.setHintingPreference(QFont::PreferVerticalHinting);
        font.setPointSizeF(points);
        return font;
    }
    font.setPointSizeF(body * shareOf(role));
    if (role == TextRole::Title || role == TextRole::PanelTitle || role == TextRole::KeyFigure)
        font.setWeight(QFont::DemiBold);
    return font;
}

int lineRoom(int pixels) {
    const QFont font = QApplication::font();
    QFont designed = font;
    designed.setPointSizeF(kDesignedPoints);
    return pixels + qMax(0, QFontMetrics(font).height() - QFontMetrics(designed).height());
}

int wordRoom(int pixels) {
    return qMax(pixels, qRound(pixels * QApplication::font().pointSizeF() / kDesignedPoints));
}

QFont figureFont(TextRole role) {
    const QFont font = roleFont(role);
    const QFontMetricsF metrics(font);
    const qreal width = metrics.horizontalAdvance(u'0');
    for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
        if (qAbs(metrics.horizontalAdvance(QChar(digit)) - width) > 0.05) {
            QFont fixed = roleFont(TextRole::Code);
            fixed.setWeight(font.weight());
            return fixed;
        }
    }
    return font;
}

void setTextRole(QWidget* widget, TextRole role) {
    static const char* const kNames[] = {"body",      "title",   "panelTitle", "keyFigure",
                                         "secondary", "caption", "reading",    "code"};
    setStyleProperty(widget, "textRole", QLatin1String(kNames[static_cast<int>(role)]));
}

void setTone(QWidget* widget, Tone tone) {
    static const char* const kNames[] = {"text",     "secondary", "tertiary", "accent",
                                         "onAccent", "ok",        "warning",  "error"};
    setStyleProperty(widget, "tone", QLatin1String(kNames[static_cast<int>(tone)]));
}

void setButtonLook(QWidget* button, ButtonLook look) {
    static const char* const kNames[] = {"normal", "primary", "flat", "link"};
    setStyleProperty(button, "look", QLatin1String(kNames[static_cast<int>(look)]));
}

QPen seriesPen(const SeriesStyle& style, qreal width) {
    QPen pen(style.color, width);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    if (!style.dash.isEmpty()) {
        QVector<qreal> pattern = style.dash;
        for (qreal& length : pattern) length /= width;  // QPen counts in pen widths
        pen.setDashPattern(pattern);
    }
    return pen;
}

}  // namespace studio::ui
