#!/usr/bin/env python3
# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Greedy decoding of one sequence by PyTorch: the reference of "finetune bench decode".

The model of torch_train.py with a cache of keys and values of its own, under inference_mode, in float32 and in
bfloat16. Prints one JSON line a precision. Threads are tuned: as many as the process may use, or half of them,
whichever is faster.
"""
import argparse
import json
import os
import time

import torch
from torch.nn import functional as F

from torch_train import SHAPES, Model, rotate

TOKENS = 128


class Cache:
    """Keys and values of one block. // [1, heads, TOKENS, size]"""

    def __init__(self, s, kind):
        size = s["hidden"] // s["heads"]
        self.keys = torch.zeros(1, s["heads"], TOKENS, size, dtype=kind)
        self.values = torch.zeros(1, s["heads"], TOKENS, size, dtype=kind)


def attend(block, x, cache, at, cos, sin):
    s = block.s
    q, k, v = (y.view(1, 1, s["heads"], -1).transpose(1, 2) for y in block.qkv(x).chunk(3, -1))
    if s["rotary"]:
        q, k = rotate(q, cos[at], sin[at]), rotate(k, cos[at], sin[at])
    cache.keys[:, :, at : at + 1] = k
    cache.values[:, :, at : at + 1] = v
    keys, values = cache.keys[:, :, : at + 1], cache.values[:, :, : at + 1]
    if hasattr(F, "scaled_dot_product_attention"):
        mixed = F.scaled_dot_product_attention(q, keys, values)
    else:
        mixed = (q @ keys.transpose(-2, -1) / q.shape[-1] ** 0.5).softmax(-1) @ values
    return block.output(mixed.transpose(1, 2).reshape(1, 1, -1))


def mlp(block, x):
    y = block.wide(x)
    if block.s["llama"]:
        gate, up = y.chunk(2, -1)
        return block.down(F.silu(gate) * up)
    return block.down(F.gelu(y, approximate="tanh"))


def norm(layer, x, kind):
    return layer(x).to(kind)  # the RMS norm gives float32


def next_token(model, caches, token, at, kind):
    x = model.embedding(token)
    if model.positions is not None:
        x = x + model.positions.weight[at]
    for block, cache in zip(model.blocks, caches):
        x = x + attend(block, norm(block.norm1, x, kind), cache, at, model.cos, model.sin)
        x = x + mlp(block, norm(block.norm2, x, kind))
    return model.head(norm(model.norm, x, kind)).argmax(-1)


def seconds_a_token(model, s, kind, rounds):
    times = []
    for _ in range(rounds + 1):
        caches = [Cache(s, kind) for _ in model.blocks]
        token = torch.ones(1, 1, dtype=torch.long)
        begun = time.perf_counter()
        for at in range(TOKENS):
            token = next_token(model, caches, token, at, kind)
        times.append((time.perf_counter() - begun) / TOKENS)
    return sorted(times[1:])[rounds // 2]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shape", choices=sorted(SHAPES), required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=0)
    options = parser.parse_args()
    s = SHAPES[options.shape]
    available = options.threads or len(os.sched_getaffinity(0))
    for kind, name in ((torch.bfloat16, "bfloat16"), (torch.float32, "float32")):
        torch.manual_seed(1)
        model = Model(s).to(kind)
        best = None
        for threads in sorted({available, max(1, available // 2)}):
            torch.set_num_threads(threads)
            with torch.inference_mode():
                seconds = seconds_a_token(model, s, kind, options.rounds)
            best = seconds if best is None else min(best, seconds)
        print(json.dumps({"precision": name, "milliseconds": best * 1e3, "tokens_per_second": 1 / best,
                          "torch": torch.__version__}), flush=True)


if __name__ == "__main__":
    main()
