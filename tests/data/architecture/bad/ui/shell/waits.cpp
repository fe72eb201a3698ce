// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window.h"

void f() {
    QCoreApplication::processEvents();
    QEventLoop loop;
    worker->terminate();
    std::thread thread;
}
