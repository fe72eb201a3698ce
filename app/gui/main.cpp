// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QIcon>
#include <QSettings>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

#include "app/gui/desktop_notifier.h"
#include "app/gui/sample_project.h"
#include "app/gui/start_options.h"
#include "app/gui/studio_application.h"
#include "core/base/files.h"
#include "core/base/short_waits.h"
#include "ui/dialogs/qt_dialogs.h"

using namespace studio;

namespace {

QtMessageHandler g_tellQt = nullptr;  // Qt's own

/// Where nothing says on what screen to show windows, and Qt would end the program with a dump.
bool hasScreen(int argc, char** argv) {
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"})
        if (!qEnvironmentVariableIsEmpty(name)) return true;
    // Wayland's clients find wayland-0 without being told.
    if (qEnvironmentVariable("XDG_SESSION_TYPE") == QLatin1String("wayland")) return true;
    return std::any_of(argv, argv + argc, [](std::string_view argument) {  // what Qt itself takes
        for (const std::string_view option : {"-platform", "--platform", "-display", "--display"})
            if (argument == option) return true;
        return false;
    });
}

/// Says what the command line asks to be said; the exit code, or nothing where a window is wanted.
std::optional<int> answered(const ui::StartOptions& options) {
    if (options.message.isEmpty()) return std::nullopt;
    std::fprintf(options.isError() ? stderr : stdout, "%s\n", options.message.trimmed().toUtf8().constData());
    return options.exitCode;
}

/// What the command line asks to be said needs no screen, also where one is named that cannot be reached.
bool asksForWords(int argc, char** argv) {
    return std::any_of(argv + 1, argv + argc, [](std::string_view argument) {
        return argument == "--help" || argument == "-h" || argument == "--version" || argument == "-v";
    });
}

/// The arguments that are not Qt's own.
QStringList ownArguments() {
    QStringList arguments = QCoreApplication::arguments();
    for (qsizetype i = 1; i + 1 < arguments.size();) {
        const QString option =
            arguments[i].startsWith(QLatin1String("--")) ? arguments[i].mid(1) : arguments[i];
        const bool ofQt = option == QLatin1String("-platform") || option == QLatin1String("-display");
        ofQt ? arguments.remove(i, 2) : static_cast<void>(++i);
    }
    return arguments;
}

int startWithoutScreen(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationVersion(QLatin1String(programVersion()));
    if (const auto code = answered(ui::parseArguments(ownArguments()))) return *code;
    std::fprintf(stderr,
                 "error: There is no screen to show the Studio on: neither DISPLAY nor WAYLAND_DISPLAY is "
                 "set. Start it in a desktop session, or do the same work with finetune; finetune --help "
                 "lists its verbs.\n");
    return 1;
}

/// What Qt says of a screen before it is there: told only where it comes, since the line that ends the
/// program otherwise says it all.
struct HeldBack {
    QtMsgType type;
    QString category, message;
};
std::vector<HeldBack>* g_heldBack = nullptr;

/// Qt ends the program with a dump where its screen cannot be reached.
void tellFatal(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    const QString category = QString::fromUtf8(context.category);
    if (type != QtFatalMsg && g_heldBack && category.startsWith(QLatin1String("qt.qpa")))
        return g_heldBack->push_back({type, category, message});
    if (type != QtFatalMsg) return g_tellQt(type, context, message);
    const bool screen = message.contains(QLatin1String("platform plugin"));
    std::fprintf(
        stderr, "error: %s\n",
        screen ? "The screen that DISPLAY, WAYLAND_DISPLAY, QT_QPA_PLATFORM or -platform names cannot be "
                 "used. Start the Studio in a desktop session, or do the same work with finetune."
               : message.toUtf8().constData());
    if (screen) std::_Exit(1);
}

void tellHeldBack(const std::vector<HeldBack>& lines) {
    g_heldBack = nullptr;
    for (const HeldBack& line : lines) {
        const QByteArray category = line.category.toUtf8();
        g_tellQt(line.type, QMessageLogContext(nullptr, 0, nullptr, category.constData()), line.message);
    }
}

}  // namespace

int main(int argc, char** argv) {
    restartWithShortWaits(argv);  // Qt needs libb2, which brings libgomp
    if (asksForWords(argc, argv) || !hasScreen(argc, argv)) return startWithoutScreen(argc, argv);
    std::vector<HeldBack> heldBack;
    g_heldBack = &heldBack;
    g_tellQt = qInstallMessageHandler(tellFatal);
    QApplication application(argc, argv);
    tellHeldBack(heldBack);
    QApplication::setOrganizationName(QStringLiteral("finetune-studio"));
    QApplication::setApplicationName(QStringLiteral("finetune-studio"));
    QApplication::setApplicationVersion(QLatin1String(programVersion()));
    QApplication::setDesktopFileName(QStringLiteral("finetune-studio"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/app/finetune-studio.svg")));

    const ui::StartOptions options = ui::parseArguments(QApplication::arguments());
    if (const auto code = answered(options)) return *code;
    QSettings settings;
    ui::QtDialogs dialogs;
    ui::DesktopNotifier notifier;
    ui::StudioApplication studio(
        {application, settings, dialogs, [] { return makeEngine(); }, ui::sampleProjectFolder(), &notifier},
        options);
    studio.start();
    return QApplication::exec();
}
