// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QString>
#include <c10/core/Device.h>
#include <sqlite3.h>
#include "openssl/evp.h"
#include <QtCore/QFile>
