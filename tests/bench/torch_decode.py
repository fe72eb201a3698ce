#!/usr/bin/env python3
# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Greedy decoding of one sequence by PyTorch: a reference of "finetune bench decode".

The model of torch_train.py with a cache of keys and values of its own, under inference_mode, in float32 and in
bfloat16. A measurement is the seconds of a token, over TOKENS of them.
"""
import torch
from torch.nn import functional as F

import serving
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


class Decoding:
    KINDS = {"float32": torch.float32, "bfloat16": torch.bfloat16}

    def __init__(self, s, options):
        self.s, self.counts = s, serving.thread_counts(options.threads)
        self.models, self.threads = {}, {}

    @torch.inference_mode()
    def tokens(self, precision):
        kind, model = self.KINDS[precision], self.models[precision]
        caches = [Cache(self.s, kind) for _ in model.blocks]
        token = torch.ones(1, 1, dtype=torch.long)
        for at in range(TOKENS):
            token = next_token(model, caches, token, at, kind)

    def prepare(self, precision):
        torch.manual_seed(1)
        self.models[precision] = Model(self.s).to(self.KINDS[precision])
        work = lambda: self.tokens(precision)
        work()
        self.threads[precision] = serving.fastest(self.counts, torch.set_num_threads, work)

    def measure(self, precision):
        torch.set_num_threads(self.threads[precision])
        return serving.timed(lambda: self.tokens(precision)) / TOKENS


def main():
    options = serving.options(__doc__, SHAPES)
    serving.keep_memory()
    decoding = Decoding(SHAPES[options.shape], options)
    if options.serve:
        serving.serve(decoding.prepare, decoding.measure)
    else:
        serving.report("PyTorch " + torch.__version__, ["bfloat16", "float32"], options.rounds, 1, decoding.prepare,
                       decoding.measure)


if __name__ == "__main__":
    main()
