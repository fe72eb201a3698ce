// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QIcon>
#include <QSettings>
#include <cstdio>

#include "app/gui/desktop_notifier.h"
#include "app/gui/sample_project.h"
#include "app/gui/start_options.h"
#include "app/gui/studio_application.h"
#include "core/base/files.h"
#include "core/base/short_waits.h"
#include "ui/dialogs/qt_dialogs.h"

using namespace studio;

int main(int argc, char** argv) {
    restartWithShortWaits(argv);  // Qt needs libb2, which brings libgomp
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("finetune-studio"));
    QApplication::setApplicationName(QStringLiteral("finetune-studio"));
    QApplication::setApplicationVersion(QLatin1String(programVersion()));
    QApplication::setDesktopFileName(QStringLiteral("finetune-studio"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/app/finetune-studio.svg")));

    const ui::StartOptions options = ui::parseArguments(QApplication::arguments());
    if (!options.message.isEmpty()) {
        std::fprintf(options.isError() ? stderr : stdout, "%s\n",
                     options.message.trimmed().toUtf8().constData());
        return options.exitCode;
    }
    QSettings settings;
    ui::QtDialogs dialogs;
    ui::DesktopNotifier notifier;
    ui::StudioApplication studio(
        {application, settings, dialogs, [] { return makeEngine(); }, ui::sampleProjectFolder(), &notifier},
        options);
    studio.start();
    return QApplication::exec();
}
