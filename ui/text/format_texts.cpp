// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/format_texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace studio::ui {

namespace {

struct Format {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

}  // namespace

QString bytesText(quint64 bytes) {
    const auto value = static_cast<double>(bytes);
    if (value >= 1e9) return Format::tr("%1 GB").arg(QLocale().toString(value / 1e9, 'f', 1));
    if (value >= 1e7) return Format::tr("%1 MB").arg(QLocale().toString(value / 1e6, 'f', 0));
    return Format::tr("%1 MB").arg(QLocale().toString(value / 1e6, 'f', 1));
}

QString durationText(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0) return QStringLiteral("–");
    const auto whole = static_cast<qint64>(std::llround(seconds));
    const qint64 hours = whole / 3600, minutes = whole / 60 % 60, rest = whole % 60;
    const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    if (hours > 0) return Format::tr("%1 h %2 min").arg(hours).arg(two(minutes));
    if (minutes > 0) return Format::tr("%1 min %2 s").arg(minutes).arg(two(rest));
    return Format::tr("%1 s").arg(rest);
}

QString clockText(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0) return QStringLiteral("–");
    const auto whole = static_cast<qint64>(seconds);
    const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    if (whole >= 3600)
        return QStringLiteral("%1:%2:%3").arg(whole / 3600).arg(two(whole / 60 % 60), two(whole % 60));
    return QStringLiteral("%1:%2").arg(whole / 60).arg(two(whole % 60));
}

QString countText(qint64 count) {
    return QLocale().toString(qlonglong(count));
}

QString sentences(const QString& first, const QString& second) {
    return Format::tr("%1 %2", "two sentences").arg(first, second);
}

}  // namespace studio::ui
