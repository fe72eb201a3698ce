// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The formats are shared with the other pages.
#include "ui/text/format_texts.h"
