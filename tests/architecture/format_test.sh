#!/bin/bash
# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Every source file is formatted as .clang-format says; tests/data is left as it is: format_test.sh CLANG_FORMAT
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
find app core ui tests -path tests/data -prune -o \( -name '*.cpp' -o -name '*.h' \) -print0 |
    xargs -0 "$1" --dry-run --Werror
