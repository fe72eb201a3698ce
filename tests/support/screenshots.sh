#!/bin/bash
# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Draws every page at 1280×800 and 1920×1080, light and dark, in each language, with a run that goes on, its end, and both models' answers.
# tests/support/screenshots.sh FOLDER [MODEL] [--font POINTS]     (without MODEL: the embedded base model; --runs: the Runs page alone)
set -euo pipefail
[ $# -ge 1 ] || { sed -n '4,5s/^# //p' "$0" >&2; exit 2; }
folder="$(mkdir -p "$1" && cd "$1" && pwd)"
shift
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build="${STUDIO_BUILD:-build/release}"
[ -f "$build/build.ninja" ] || cmake --preset release
cmake --build "$build" --target studio_screenshots
QT_QPA_PLATFORM=offscreen "$build/bin/studio_screenshots" "$folder" "$@"
