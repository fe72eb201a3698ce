#!/bin/bash
# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Sets everything up on Debian 12, builds, and runs every test offscreen. Arguments go to ctest: ./test.sh -L unit
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. cmake/set_up.sh

preset=release
[ "${CI:-}" != true ] || preset=ci # the same with warnings as errors

install_missing build test
build "$preset"
export QT_QPA_PLATFORM=offscreen
ctest --preset "$preset" --parallel 2 "$@"
