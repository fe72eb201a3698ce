// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/worker.h"
#include <QtTest/QtTest>
// processEvents would be wrong here, and so would QEventLoop
const char* text = "std::thread";
unsigned cores = std::thread::hardware_concurrency();
#include "window.moc"
