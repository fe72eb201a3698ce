// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/language_switcher.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <algorithm>
#include <iterator>

#include "ui/theme/theme.h"

// The resource initialiser must be named outside any namespace.
static void initTranslations() {
    Q_INIT_RESOURCE(studio_translations);
}

namespace studio::ui {

namespace {

const QString kLanguages[] = {QStringLiteral("en"), QStringLiteral("zh_TW"), QStringLiteral("zh_CN")};

// English with the formats of the user's country where the system is English, too.
QLocale localeOf(const QString& language) {
    const QLocale system = QLocale::system();
    const QLocale wanted(language);
    return system.language() == wanted.language() && system.script() == wanted.script() ? system : wanted;
}

}  // namespace

LanguageSwitcher::LanguageSwitcher(Theme& theme, QObject* parent) : QObject(parent), m_theme(theme) {
    initTranslations();
}

LanguageSwitcher::~LanguageSwitcher() {
    QCoreApplication::removeTranslator(&m_ours);
    QCoreApplication::removeTranslator(&m_qt);
}

bool LanguageSwitcher::isKnown(const QString& choice) {
    return choice.isEmpty() || choice == QLatin1String("system") ||
           std::find(std::begin(kLanguages), std::end(kLanguages), choice) != std::end(kLanguages);
}

QString LanguageSwitcher::languageFor(const QStringList& systemLanguages) {
    for (const QString& name : systemLanguages) {
        const QStringList parts = QString(name).replace(u'_', u'-').split(u'-');
        const QString& language = parts.front();
        if (language.compare(QLatin1String("en"), Qt::CaseInsensitive) == 0) return QStringLiteral("en");
        if (language.compare(QLatin1String("zh"), Qt::CaseInsensitive) != 0) continue;
        // The script decides where it is named: zh-Hans-HK is simplified.
        if (parts.contains(QLatin1String("Hant"), Qt::CaseInsensitive)) return QStringLiteral("zh_TW");
        if (parts.contains(QLatin1String("Hans"), Qt::CaseInsensitive)) return QStringLiteral("zh_CN");
        for (const char* place : {"TW", "HK", "MO"})
            if (parts.contains(QLatin1String(place), Qt::CaseInsensitive)) return QStringLiteral("zh_TW");
        return QStringLiteral("zh_CN");
    }
    return QStringLiteral("en");
}

void LanguageSwitcher::install(QTranslator& translator, const QString& file, const QString& folder) {
    QCoreApplication::removeTranslator(&translator);
    // Qt's own translations may not be installed; its few words then stay English.
    if (translator.load(file, folder)) QCoreApplication::installTranslator(&translator);
}

void LanguageSwitcher::setLanguage(const QString& choice) {
    m_choice = isKnown(choice) && choice != QLatin1String("system") ? choice : QString();
    const QString language = m_choice.isEmpty() ? languageFor(QLocale::system().uiLanguages()) : m_choice;
    if (language == m_language) return;
    m_language = language;
    // Before the translators: widgets format their figures anew when they are told of the new language.
    const QLocale locale = localeOf(language);
    QLocale::setDefault(locale);
    m_theme.setLocale(locale);
    install(m_qt, QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(m_ours, QStringLiteral("studio_") + language, QStringLiteral(":/i18n"));
    Q_EMIT changed();
}

}  // namespace studio::ui
