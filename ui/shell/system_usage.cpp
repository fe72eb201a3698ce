// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/system_usage.h"

#include <unistd.h>

#include <QFile>
#include <QStorageInfo>
#include <QString>
#include <QStringList>

namespace studio::ui {

namespace {

QString readText(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll()) : QString();
}

}  // namespace

void parseMemoryInfo(const QString& text, SystemUsage& usage) {
    std::uint64_t available = 0;
    for (const QString& line : text.split(u'\n')) {
        const QStringList parts = line.simplified().split(u' ');
        if (parts.size() < 2) continue;
        if (parts[0] == QLatin1String("MemTotal:")) usage.memoryTotalBytes = parts[1].toULongLong() * 1024;
        if (parts[0] == QLatin1String("MemAvailable:")) available = parts[1].toULongLong() * 1024;
    }
    if (available > 0 && available <= usage.memoryTotalBytes)
        usage.memoryUsedBytes = usage.memoryTotalBytes - available;
}

SystemUsage readSystemUsage(const QString& projectFolder) {
    SystemUsage usage;
    parseMemoryInfo(readText(QStringLiteral("/proc/meminfo")), usage);
    const QStringList pages = readText(QStringLiteral("/proc/self/statm")).split(u' ');
    if (pages.size() > 1)
        usage.ownMemoryBytes = pages[1].toULongLong() * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    if (!projectFolder.isEmpty()) {
        const QStorageInfo storage(projectFolder);
        if (storage.isValid()) usage.diskFreeBytes = static_cast<std::uint64_t>(storage.bytesAvailable());
    }
    return usage;
}

}  // namespace studio::ui
