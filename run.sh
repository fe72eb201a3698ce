#!/bin/bash
# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Sets everything up on Debian 12 and opens the Studio on the sample project. See --help.
set -euo pipefail
caller="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")"
. cmake/set_up.sh

usage() {
    cat <<'TEXT'
./run.sh [--headless] [PROJECT.ftproj]

Installs the Debian packages that are missing, builds the Release version and opens the Studio on PROJECT, or on a
copy of the sample project of your own. With --headless, or where there is no display, it runs the same loop
through the command-line program: it imports the sample data, fine-tunes the embedded base model, compares the two,
and prints the answers side by side and the exact match on held-out questions.
TEXT
}

headless=no
project=
for argument in "$@"; do
    case "$argument" in
        --headless) headless=yes ;;
        --help | -h) usage; exit 0 ;;
        -*) say "error: $argument is not an option of run.sh. See ./run.sh --help."; exit 2 ;;
        /*) project="$argument" ;;
        *) project="$caller/$argument" ;;
    esac
done
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || headless=yes

install_missing build
build release finetune finetune-studio studio_engine studio_sentencepiece >&2
bin="$PWD/build/release/bin"
sample="$PWD/resources/sample"

# make_sample PROJECT: a project with the sample pairs, split as they are delivered.
make_sample() {
    "$bin/finetune" project create "$1"
    "$bin/finetune" data import "$1" "$sample/countries_train.json" --split train
    "$bin/finetune" data import "$1" "$sample/countries_test.json" --split test
}

if [ "$headless" = no ]; then
    exec "$bin/finetune-studio" "${project:---sample}"
fi

[ -z "$project" ] || say "note: $project is not opened: there is no display, so the sample's loop runs on the command line."
# The loop on the command line. Every figure below is measured now, in a folder that is removed afterwards.
work="$(mktemp -d "${TMPDIR:-/tmp}/finetune-studio.XXXXXX")"
trap 'rm -rf "$work"' EXIT
base="$PWD/resources/embedded/base-model"

say "== Import the sample data"
make_sample "$work/Countries.ftproj"
say "== Fine-tune the embedded base model"
# The same settings as the Studio's sample project: one "--set name=value" for each line of the file.
mapfile -t settings < <(sed -n 's/^ *"\([a-z0-9_]*\)": *\([^,]*\),\{0,1\}$/--set\n\1=\2/p' "$sample/train_settings.json")
"$bin/finetune" train --project "$work/Countries.ftproj" --model "$base" --template alpaca --run tuned "${settings[@]}"
say "== Ask both models the held-out questions (the first 8 are shown)"
"$bin/finetune" compare --arm "base=$base" --arm "fine-tuned=$work/Countries.ftproj/runs/tuned" \
    --project "$work/Countries.ftproj" --split test --template alpaca --max-new-tokens 40 --show 8 |
    sed -u 's/^exact match:/held-out exact match:/'
