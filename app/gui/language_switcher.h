// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTranslator>

namespace studio::ui {

class Theme;

/// Installs the translators of one language, ours and Qt's, and sets the default locale and the fonts for it.
/// Every widget then retranslates itself on QEvent::LanguageChange. One object for the program; GUI thread.
class LanguageSwitcher : public QObject {
    Q_OBJECT

public:
    explicit LanguageSwitcher(Theme& theme, QObject* parent = nullptr);
    ~LanguageSwitcher() override;

    /// "" or "system" follows the system; else "en", "zh_TW" or "zh_CN".
    void setLanguage(const QString& choice);
    /// As chosen, "" for the system's.
    const QString& choice() const { return m_choice; }
    /// The language in force: "en", "zh_TW" or "zh_CN".
    const QString& language() const { return m_language; }

    static bool isKnown(const QString& choice);
    /// The language for a system whose preferred languages these are (BCP 47, best first). Traditional
    /// Chinese (Taiwan, Hong Kong, Macau, or the script named) gives zh_TW, other Chinese zh_CN; what we do
    /// not have gives English.
    static QString languageFor(const QStringList& systemLanguages);

Q_SIGNALS:
    void changed();

private:
    void install(QTranslator& translator, const QString& file, const QString& folder);

    Theme& m_theme;
    QString m_choice;
    QString m_language;
    QTranslator m_ours;
    QTranslator m_qt;
};

}  // namespace studio::ui
