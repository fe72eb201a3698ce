#!/bin/bash
# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Trains the embedded base model anew, from nothing but the fact table: corpus, tokenizer, weights. The seeds are fixed, so the
# same build on the same kind of processor with the same number of threads gives the same weights, bit for bit.
#   resources/embedded/make_base_model.sh OUT_FOLDER [BIN_FOLDER]     (without BIN_FOLDER it builds what it needs)
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
out="${1:?usage: make_base_model.sh OUT_FOLDER [BIN_FOLDER]}"
bin="${2:-}"
mkdir -p "$out"
out="$(cd "$out" && pwd)"
if [ -z "$bin" ]; then
    cd "$here/../.."
    . cmake/set_up.sh
    install_missing build
    build release finetune studio-sample-maker studio_engine studio_sentencepiece
    bin="$PWD/build/release/bin"
fi
"$bin/studio-sample-maker" corpus --seed 1 --documents 40000 --out "$out/corpus.txt"
"$bin/finetune" --threads 2 pretrain --config "$here/architecture.json" --text "$out/corpus.txt" --out "$out/run" \
    --set cutoff=192 --set batch_rows=8 --set max_steps=3500 --set learning_rate=0.0025 --set beta2=0.95 \
    --set weight_decay=0.05 --set min_learning_rate_share=0.02 --set seed=1
cp "$here/base-model/README.md" "$out/run/model/README.md"
echo "The model is in $out/run/model; copy it to $here/base-model to embed it."
