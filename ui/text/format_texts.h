// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace studio::ui {

/// "1.7 GB", "480 MB" (powers of ten), in the locale's digits.
QString bytesText(quint64 bytes);
/// "3 min 07 s", "1 h 04 min", "12 s".
QString durationText(double seconds);
/// "1:56", "1:02:03".
QString clockText(double seconds);
/// "2,480".
QString countText(qint64 count);
/// Two sentences, one behind the other: Chinese puts no space after the full stop.
QString sentences(const QString& first, const QString& second);

}  // namespace studio::ui
