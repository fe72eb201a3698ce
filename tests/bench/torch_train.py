#!/usr/bin/env python3
# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole training steps by PyTorch: the reference of "finetune bench train".

A plain model as one would write it: the same shapes, AdamW, clipping at 1, once in float32 and once under
autocast to bfloat16. Prints one JSON line a precision. Threads are tuned: as many as the process may use, or
half of them, whichever is faster.
"""
import argparse
import json
import os
import time

import torch
from torch import nn
from torch.nn import functional as F

SHAPES = {
    "a": dict(layers=6, hidden=288, heads=6, wide=768, vocabulary=4096, rows=32, length=256, llama=True, rotary=True, tied=True),
    "b": dict(layers=12, hidden=768, heads=12, wide=3072, vocabulary=50257, rows=4, length=256, llama=False, rotary=False, tied=True),
    "c": dict(layers=6, hidden=512, heads=8, wide=2048, vocabulary=50304, rows=4, length=512, llama=False, rotary=True, tied=False),
}


class RmsNorm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * self.weight


class Block(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.s = s
        norm = RmsNorm if s["llama"] else nn.LayerNorm
        bias = not s["llama"]
        self.norm1, self.norm2 = norm(s["hidden"]), norm(s["hidden"])
        self.qkv = nn.Linear(s["hidden"], 3 * s["hidden"], bias=bias)
        self.output = nn.Linear(s["hidden"], s["hidden"], bias=bias)
        self.wide = nn.Linear(s["hidden"], (2 if s["llama"] else 1) * s["wide"], bias=bias)
        self.down = nn.Linear(s["wide"], s["hidden"], bias=bias)

    def attention(self, x, cos, sin, mask):
        rows, length, hidden = x.shape
        q, k, v = (y.view(rows, length, self.s["heads"], -1).transpose(1, 2) for y in self.qkv(x).chunk(3, -1))
        if self.s["rotary"]:
            q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if hasattr(F, "scaled_dot_product_attention"):
            mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            scores = q @ k.transpose(-2, -1) / (hidden // self.s["heads"]) ** 0.5 + mask
            mixed = scores.softmax(-1) @ v
        return self.output(mixed.transpose(1, 2).reshape(rows, length, hidden))

    def forward(self, x, cos, sin, mask):
        x = x + self.attention(self.norm1(x), cos, sin, mask)
        y = self.wide(self.norm2(x))
        if self.s["llama"]:
            gate, up = y.chunk(2, -1)
            y = F.silu(gate) * up
        else:
            y = F.gelu(y, approximate="tanh")
        return x + self.down(y)


def rotate(x, cos, sin):
    low, high = x.chunk(2, -1)
    return torch.cat([low * cos - high * sin, high * cos + low * sin], -1).to(x.dtype)


class Model(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.s = s
        self.embedding = nn.Embedding(s["vocabulary"], s["hidden"])
        self.positions = None if s["rotary"] else nn.Embedding(1024, s["hidden"])
        self.blocks = nn.ModuleList(Block(s) for _ in range(s["layers"]))
        self.norm = RmsNorm(s["hidden"]) if s["llama"] else nn.LayerNorm(s["hidden"])
        self.head = nn.Linear(s["hidden"], s["vocabulary"], bias=False)
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.normal_(parameter, std=0.02)
        if s["tied"]:
            self.head.weight = self.embedding.weight
        size = s["hidden"] // s["heads"]
        angle = torch.outer(torch.arange(s["length"]).float(), 10000.0 ** (-torch.arange(0, size, 2) / size))
        self.cos, self.sin = angle.cos(), angle.sin()
        self.mask = torch.full((s["length"], s["length"]), float("-inf")).triu(1)

    def forward(self, ids, labels):
        x = self.embedding(ids)
        if self.positions is not None:
            x = x + self.positions.weight[: ids.shape[1]]
        for block in self.blocks:
            x = block(x, self.cos, self.sin, self.mask)
        logits = self.head(self.norm(x)).float()
        return F.cross_entropy(logits.view(-1, logits.shape[-1]), labels.view(-1))


def step(model, optimizer, ids, labels, bfloat16):
    optimizer.zero_grad(set_to_none=True)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
        loss = model(ids, labels)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def seconds_a_step(s, bfloat16, rounds):
    torch.manual_seed(1)
    model = Model(s)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, betas=(0.9, 0.95), weight_decay=0.1)
    ids = torch.randint(s["vocabulary"], (s["rows"], s["length"] + 1))
    times = []
    for _ in range(rounds + 1):
        begun = time.perf_counter()
        step(model, optimizer, ids[:, :-1], ids[:, 1:].contiguous(), bfloat16)
        times.append(time.perf_counter() - begun)
    return sorted(times[1:])[rounds // 2]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shape", choices=sorted(SHAPES), required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=0)
    options = parser.parse_args()
    s = SHAPES[options.shape]
    available = options.threads or len(os.sched_getaffinity(0))
    for bfloat16 in (True, False):
        best = None
        for threads in sorted({available, max(1, available // 2)}):
            torch.set_num_threads(threads)
            seconds = seconds_a_step(s, bfloat16, options.rounds)
            best = seconds if best is None else min(best, seconds)
        print(json.dumps({"precision": "bfloat16" if bfloat16 else "float32", "milliseconds": best * 1e3,
                          "tokens_per_second": s["rows"] * s["length"] / best, "torch": torch.__version__}), flush=True)


if __name__ == "__main__":
    main()
