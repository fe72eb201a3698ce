// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/background_run.h"

#include <QFile>
#include <QProcess>
#include <algorithm>

#include "core/base/error.h"
#include "core/storage/process_mark.h"
#include "core/storage/run_control.h"
#include "core/storage/run_folder.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

constexpr int kLookMilliseconds = 100;
constexpr qint64 kLogTail = 2000;  // bytes; the error is its last line

QString text(const fs::path& path) {
    return QString::fromStdString(path.string());
}

fs::path logFile(const fs::path& runFolder) {
    return runFolder / "process.log";
}

QString tailOf(const fs::path& path) {
    QFile file(text(path));
    if (!file.open(QIODevice::ReadOnly)) return {};
    file.seek(std::max<qint64>(0, file.size() - kLogTail));
    return QString::fromUtf8(file.readAll()).trimmed();
}

enum class Found { Nothing, Taken, Gone };

bool hasTaken(const fs::path& runFolder, qint64 process) {
    try {
        return RunFolder(runFolder).readStatus().processId == process && runIsAtWork(runFolder);
    } catch (const Error&) {
        return false;  // it is just being written
    }
}

Found lookFor(const fs::path& runFolder, qint64 process) {
    if (hasTaken(runFolder, process)) return Found::Taken;
    return processGone(process, {}) ? Found::Gone : Found::Nothing;
}

}  // namespace

BackgroundRun::BackgroundRun(QString program, QObject* parent)
    : QObject(parent), m_program(std::move(program)) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(kLookMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &BackgroundRun::look);
}

void BackgroundRun::start(const fs::path& projectFolder, const QString& runName) {
    const fs::path project = fs::absolute(projectFolder);
    m_folder = project / "runs" / runName.toStdString();
    m_waiting = true;
    QProcess process;
    process.setProgram(m_program);
    process.setArguments({QStringLiteral("train"), QStringLiteral("--project"), text(project),
                          QStringLiteral("--run"), runName, QStringLiteral("--resume")});
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(text(logFile(m_folder)), QIODevice::Append);
    process.setStandardErrorFile(text(logFile(m_folder)), QIODevice::Append);
    process.setWorkingDirectory(text(project));
    if (!process.startDetached(&m_process)) {
        giveUp(tr("%1 could not be started. The run can be resumed here.").arg(m_program));
        return;
    }
    m_timer.start();
}

void BackgroundRun::look() {
    m_tasks.run<Found>(
        [folder = m_folder, process = m_process](const std::stop_token&) { return lookFor(folder, process); },
        [this](const Found& found) {
            if (found == Found::Nothing) return m_timer.start();
            if (found == Found::Gone)
                return giveUp(
                    tr("The process in the background ended before it could train. The run can be resumed "
                       "here."));
            m_waiting = false;
            Q_EMIT taken();
        },
        [this](const Error&) { m_timer.start(); });
}

void BackgroundRun::giveUp(const QString& said) {
    m_timer.stop();
    m_waiting = false;
    Q_EMIT failed(said, tailOf(logFile(m_folder)));
}

}  // namespace studio::ui
