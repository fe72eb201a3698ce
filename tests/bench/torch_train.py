#!/usr/bin/env python3
# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole training steps by PyTorch: a reference of "finetune bench".

A plain model as one would write it: the same shapes, AdamW, clipping at 1, in float32 or under autocast to bfloat16.
Batches are random ids of the shape's size, or those of a request {"batches": [{"ids": [[…]], "labels": [[…]]}]},
padded to the longest row of each as the usual collators do. A measurement goes through all batches once.
"""
import torch
from torch import nn
from torch.nn import functional as F

import serving

SHAPES = {
    "a": dict(layers=6, hidden=288, heads=6, wide=768, vocabulary=4096, rows=32, length=256, llama=True, rotary=True, tied=True),
    "b": dict(layers=12, hidden=768, heads=12, wide=3072, vocabulary=50257, rows=4, length=256, llama=False, rotary=False, tied=True),
    "c": dict(layers=6, hidden=512, heads=8, wide=2048, vocabulary=50304, rows=4, length=512, llama=False, rotary=True, tied=False),
    "d": dict(layers=24, hidden=896, heads=14, shared=2, wide=4864, vocabulary=151936, rows=8, length=1024, llama=True, rotary=True, tied=True),
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
        size = s["hidden"] // s["heads"]
        self.parts = [size * heads for heads in (s["heads"], s.get("shared", s["heads"]), s.get("shared", s["heads"]))]
        self.qkv = nn.Linear(s["hidden"], sum(self.parts), bias=bias)
        self.output = nn.Linear(s["hidden"], s["hidden"], bias=bias)
        self.wide = nn.Linear(s["hidden"], (2 if s["llama"] else 1) * s["wide"], bias=bias)
        self.down = nn.Linear(s["wide"], s["hidden"], bias=bias)

    def attention(self, x, cos, sin, mask):
        rows, length, hidden = x.shape
        size = hidden // self.s["heads"]
        q, k, v = (y.view(rows, length, -1, size).transpose(1, 2) for y in self.qkv(x).split(self.parts, -1))
        if self.s["rotary"]:
            q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if k.shape[1] < q.shape[1]:
            k, v = (y.repeat_interleave(q.shape[1] // y.shape[1], 1) for y in (k, v))
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
        self.register_buffer("cos", angle.cos())
        self.register_buffer("sin", angle.sin())
        self.register_buffer("mask", torch.full((s["length"], s["length"]), float("-inf")).triu(1))

    def forward(self, ids, labels):
        x, length = self.embedding(ids), ids.shape[1]
        if self.positions is not None:
            x = x + self.positions.weight[:length]
        for block in self.blocks:
            x = block(x, self.cos[:length], self.sin[:length], self.mask[:length, :length])
        logits = self.head(self.norm(x)).float()
        return F.cross_entropy(logits.view(-1, logits.shape[-1]), labels.view(-1))


def padded(rows, filler):
    longest = max(map(len, rows))
    return torch.tensor([row + [filler] * (longest - len(row)) for row in rows])


class Training:
    def __init__(self, s, options):
        self.s, self.as_it_is = s, options.as_it_is
        self.device = torch.device(options.device)
        # A GPU is waited for only at the end: several steps make one measurement.
        self.steps = 1 if self.device.type == "cpu" else 10
        self.counts = serving.thread_counts(options.threads)
        self.threads = {}
        self.model = None
        torch.manual_seed(1)
        ids = torch.randint(s["vocabulary"], (s["rows"], s["length"] + 1))
        self.batches = [(ids[:, :-1].contiguous().to(self.device), ids[:, 1:].contiguous().to(self.device))]

    def take(self, request):
        self.batches = [(padded(batch["ids"], 0), padded(batch["labels"], -100)) for batch in request["batches"]]
        self.s["length"] = max(ids.shape[1] for ids, _ in self.batches)

    def step(self, ids, labels, bfloat16):
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=bfloat16):
            loss = self.model(ids, labels)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        return loss

    def all_batches(self, precision):
        for _ in range(self.steps):
            for ids, labels in self.batches:
                loss = self.step(ids, labels, precision == "bfloat16")
        loss.item()

    def prepare(self, precision):
        if self.model is None:
            self.model = Model(self.s).to(self.device)
            fused = {} if self.device.type == "cpu" else {"fused": True}
            self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=1e-4, betas=(0.9, 0.95), weight_decay=0.1, **fused)
        ids, labels = self.batches[0]
        few = max(1, len(ids) // 4)  # rows enough to tell which number of threads is faster
        some = lambda: self.step(ids[:few], labels[:few], precision == "bfloat16")
        some().item()
        if self.device.type != "cpu":
            return self.all_batches(precision)
        if not self.as_it_is:
            self.threads[precision] = serving.fastest(self.counts, torch.set_num_threads, some)
            torch.set_num_threads(self.threads[precision])
        self.step(ids, labels, precision == "bfloat16")  # makes memory and primitives

    def measure(self, precision):
        if not self.as_it_is and self.device.type == "cpu":
            torch.set_num_threads(self.threads[precision])
        return serving.timed(lambda: self.all_batches(precision)) / self.steps


def main():
    options = serving.options(__doc__, SHAPES, devices=True)
    if not options.as_it_is:
        serving.keep_memory()
    s = dict(SHAPES[options.shape])
    training = Training(s, options)
    if options.serve:
        serving.serve(training.prepare, training.measure, training.take)
    else:
        serving.report("PyTorch " + torch.__version__, ["bfloat16", "float32"], options.rounds, s["rows"] * s["length"],
                       training.prepare, training.measure)


if __name__ == "__main__":
    main()
