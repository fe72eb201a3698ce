// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/start_options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>

#include "app/gui/language_switcher.h"
#include "core/base/files.h"

namespace studio::ui {

namespace {

constexpr int kUsage = 2;

std::optional<Theme::Mode> themeFromName(const QString& name) {
    if (name == QLatin1String("system")) return Theme::Mode::System;
    if (name == QLatin1String("light")) return Theme::Mode::Light;
    if (name == QLatin1String("dark")) return Theme::Mode::Dark;
    return std::nullopt;
}

StartOptions usageError(const QString& problem) {
    StartOptions options;
    options.message = QCoreApplication::translate("StartOptions", "error: %1 See --help.").arg(problem);
    options.exitCode = kUsage;
    return options;
}

QString said(const char* text) {
    return QCoreApplication::translate("StartOptions", text);
}

}  // namespace

StartOptions parseArguments(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(said(QT_TRANSLATE_NOOP(
        "StartOptions", "FineTune Studio: prepare data, fine-tune a language model, compare.")));
    parser.addPositionalArgument(
        QStringLiteral("project"),
        said(QT_TRANSLATE_NOOP(
            "StartOptions",
            "Project folder (NAME.ftproj) to open. Without it: the last one, or the sample.")),
        QStringLiteral("[project]"));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  said(QT_TRANSLATE_NOOP("StartOptions", "Say this and end.")));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")},
                                     said(QT_TRANSLATE_NOOP("StartOptions", "Say the version and end.")));
    const QCommandLineOption sample(
        QStringLiteral("sample"),
        said(QT_TRANSLATE_NOOP("StartOptions",
                               "Open your copy of the sample project; it is made when there is none.")));
    const QCommandLineOption language(
        QStringLiteral("lang"),
        said(QT_TRANSLATE_NOOP("StartOptions", "Language of this session: system, en, zh_TW or zh_CN.")),
        QStringLiteral("language"));
    const QCommandLineOption theme(
        QStringLiteral("theme"),
        said(QT_TRANSLATE_NOOP("StartOptions", "Theme of this session: system, light or dark.")),
        QStringLiteral("theme"));
    parser.addOptions({help, version, sample, language, theme});
    if (!parser.parse(arguments)) {
        // Qt's own sentences end with a full stop or without one.
        QString problem = parser.errorText();
        if (!problem.endsWith(u'.')) problem += u'.';
        return usageError(problem);
    }

    StartOptions options;
    if (parser.isSet(help)) {
        options.message = parser.helpText();
        return options;
    }
    if (parser.isSet(version)) {
        options.message = QStringLiteral("finetune-studio %1").arg(QLatin1String(programVersion()));
        return options;
    }
    const QStringList projects = parser.positionalArguments();
    if (projects.size() > 1)
        return usageError(said(QT_TRANSLATE_NOOP("StartOptions", "Only one project can be opened.")));
    if (!projects.isEmpty()) options.project = QFileInfo(projects.front()).absoluteFilePath();
    options.sample = parser.isSet(sample);
    if (parser.isSet(language)) {
        options.language = parser.value(language);
        if (!LanguageSwitcher::isKnown(*options.language))
            return usageError(
                said(QT_TRANSLATE_NOOP("StartOptions",
                                       "“%1” is not a language of this program (system, en, zh_TW, zh_CN)."))
                    .arg(*options.language));
    }
    if (parser.isSet(theme)) {
        options.theme = themeFromName(parser.value(theme));
        if (!options.theme)
            return usageError(
                said(QT_TRANSLATE_NOOP("StartOptions", "“%1” is not a theme (system, light, dark)."))
                    .arg(parser.value(theme)));
    }
    return options;
}

}  // namespace studio::ui
