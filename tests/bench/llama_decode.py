#!/usr/bin/env python3
# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Greedy decoding of one sequence by llama.cpp's C API: a reference of "finetune bench decode".

Looks for libllama in $STUDIO_LLAMA_CPP (its folder, or one in which the npm package @node-llama-cpp/linux-x64 or
node-llama-cpp is installed), in npm's global folders, or where the system has it; without it prints nothing and exits
with 3. llama.cpp has no model of exactly shapes b and c: it gets Llama-style ones with as many weights in the
products (SwiGLU two thirds as wide). int8 is llama.cpp's Q8_0. A measurement is the seconds of a token, over TOKENS
of them.
"""
import ctypes
import ctypes.util
import glob
import os
import struct
import sys
import tempfile

import numpy as np

import serving

SHAPES = {
    "a": dict(layers=6, hidden=288, heads=6, wide=768, vocabulary=4096),
    "b": dict(layers=12, hidden=768, heads=12, wide=2048, vocabulary=50257),
    "c": dict(layers=6, hidden=512, heads=8, wide=1376, vocabulary=50304),
}
TYPES = {"float32": 0, "bfloat16": 30, "int8": 8}
TOKENS = 128
UINT32, FLOAT32, STRING, ARRAY, INT32 = 4, 6, 8, 9, 5


class Blob(ctypes.Structure):
    """A parameter structure by value, larger than any version's: only its first member is ever changed."""

    _fields_ = [("words", ctypes.c_int32 * 256)]


class TokenBatch(ctypes.Structure):
    _fields_ = [("count", ctypes.c_int32), ("tokens", ctypes.POINTER(ctypes.c_int32)), ("rest", ctypes.c_void_p * 5)]


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def encode(values, kind):
    if kind == "float32":
        return values.tobytes()
    if kind == "bfloat16":
        return ((values.view(np.uint32) + 0x8000) >> 16).astype(np.uint16).tobytes()
    groups = values.reshape(-1, 32)
    scale = np.abs(groups).max(1) / 127
    out = np.zeros((len(groups), 34), np.uint8)
    out[:, :2] = scale.astype(np.float16)[:, None].view(np.uint8)
    out[:, 2:] = np.rint(groups / scale[:, None]).astype(np.int8).view(np.uint8)
    return out.tobytes()


def metadata(s):
    words = ["<unk>", "<s>", "</s>"] + ["<0x%02X>" % i for i in range(256)]
    words += ["t%d" % i for i in range(len(words), s["vocabulary"])]
    kinds = [2] + [3] * 2 + [6] * 256 + [1] * (s["vocabulary"] - 259)
    numbers = {"context_length": 1024, "embedding_length": s["hidden"], "block_count": s["layers"],
               "feed_forward_length": s["wide"], "attention.head_count": s["heads"],
               "attention.head_count_kv": s["heads"], "rope.dimension_count": s["hidden"] // s["heads"],
               "vocab_size": s["vocabulary"]}
    yield "general.architecture", STRING, text("llama")
    for key, value in numbers.items():
        yield "llama." + key, UINT32, struct.pack("<I", value)
    yield "llama.attention.layer_norm_rms_epsilon", FLOAT32, struct.pack("<f", 1e-5)
    yield "tokenizer.ggml.model", STRING, text("llama")
    yield "tokenizer.ggml.tokens", ARRAY, struct.pack("<IQ", STRING, len(words)) + b"".join(map(text, words))
    yield "tokenizer.ggml.scores", ARRAY, struct.pack("<IQ", FLOAT32, len(words)) + bytes(4 * len(words))
    yield "tokenizer.ggml.token_type", ARRAY, struct.pack("<IQ%di" % len(kinds), INT32, len(kinds), *kinds)


def tensors(s):
    width, wide, words = s["hidden"], s["wide"], s["vocabulary"]
    yield from (("token_embd.weight", (words, width)), ("output_norm.weight", (width,)), ("output.weight", (words, width)))
    for i in range(s["layers"]):
        block = "blk.%d." % i
        for name in ("attn_norm", "ffn_norm"):
            yield block + name + ".weight", (width,)
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            yield block + name + ".weight", (width, width)
        yield from ((block + "ffn_gate.weight", (wide, width)), (block + "ffn_up.weight", (wide, width)),
                    (block + "ffn_down.weight", (width, wide)))


def write_model(path, s, kind):
    """GGUF version 3, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md"""
    draw = np.random.default_rng(0)
    infos, data, offset = [], [], 0
    for name, shape in tensors(s):
        one = len(shape) == 1
        values = np.ones(shape, np.float32) if one else draw.standard_normal(shape, dtype=np.float32) * 0.02
        piece = encode(values, "float32" if one else kind)
        piece += bytes(-len(piece) % 32)
        infos.append(text(name) + struct.pack("<I%dQIQ" % len(shape), len(shape), *reversed(shape),
                                              0 if one else TYPES[kind], offset))
        offset += len(piece)
        data.append(piece)
    entries = [text(key) + struct.pack("<I", form) + value for key, form, value in metadata(s)]
    head = b"GGUF" + struct.pack("<IQQ", 3, len(infos), len(entries)) + b"".join(entries) + b"".join(infos)
    with open(path, "wb") as file:
        file.write(head + bytes(-len(head) % 32) + b"".join(data))


def library_folder():
    """The first folder that has libllama; empty for the system's own."""
    places = [os.environ.get("STUDIO_LLAMA_CPP", ""), "/usr/local/lib", "/usr/lib"]
    for place in filter(None, places):
        packages = [place]
        for modules in ("node_modules", os.path.join("node_modules", "node-llama-cpp", "node_modules")):
            packages += sorted(glob.glob(os.path.join(place, modules, "@node-llama-cpp", "linux-x64", "bins", "*")))
        for folder in packages:
            if glob.glob(os.path.join(folder, "libllama.*so*")):
                return folder
    return ""


def load_library():
    folder = library_folder()
    found = sorted(glob.glob(os.path.join(folder, "libllama.*so*"))) if folder else []
    path = found[0] if found else ctypes.util.find_library("llama")
    if not path:
        sys.exit(3)
    for name in sorted(glob.glob(os.path.join(folder, "libggml.*so*"))) if folder else []:
        backends = ctypes.CDLL(name, ctypes.RTLD_GLOBAL)
        if hasattr(backends, "ggml_backend_load_all_from_path"):
            backends.ggml_backend_load_all_from_path(folder.encode())
    library = ctypes.CDLL(path, ctypes.RTLD_GLOBAL)
    for name in ("llama_model_default_params", "llama_context_default_params"):
        getattr(library, name).restype = Blob
    library.llama_model_load_from_file.restype = ctypes.c_void_p
    library.llama_model_load_from_file.argtypes = [ctypes.c_char_p, Blob]
    library.llama_init_from_model.restype = ctypes.c_void_p
    library.llama_init_from_model.argtypes = [ctypes.c_void_p, Blob]
    library.llama_batch_get_one.restype = TokenBatch
    library.llama_batch_get_one.argtypes = [ctypes.POINTER(ctypes.c_int32), ctypes.c_int32]
    library.llama_decode.argtypes = [ctypes.c_void_p, TokenBatch]
    library.llama_get_logits_ith.restype = ctypes.POINTER(ctypes.c_float)
    library.llama_get_logits_ith.argtypes = [ctypes.c_void_p, ctypes.c_int32]
    library.llama_set_n_threads.argtypes = [ctypes.c_void_p, ctypes.c_int32, ctypes.c_int32]
    library.llama_free.argtypes = library.llama_model_free.argtypes = [ctypes.c_void_p]
    return library


class Decoding:
    def __init__(self, library, s, options):
        self.library, self.s, self.counts = library, s, serving.thread_counts(options.threads)
        self.models, self.threads = {}, {}
        self.count = max(self.counts)

    def use_threads(self, count):
        self.count = count

    def tokens(self, precision):
        library, words = self.library, self.s["vocabulary"]
        settings = library.llama_context_default_params()
        settings.words[0] = 512  # n_ctx
        context = library.llama_init_from_model(self.models[precision], settings)
        library.llama_set_n_threads(context, self.count, self.count)
        token = ctypes.c_int32(1)

        def decode():
            for _ in range(TOKENS):
                if library.llama_decode(context, library.llama_batch_get_one(ctypes.byref(token), 1)):
                    sys.exit("llama_decode failed")
                scores = np.ctypeslib.as_array(library.llama_get_logits_ith(context, -1), (words,))
                token.value = int(scores.argmax())

        seconds = serving.timed(decode)  # the context's memory is made before
        library.llama_free(context)
        return seconds / TOKENS

    def prepare(self, precision):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "model.gguf")
            write_model(path, self.s, precision)
            parameters = self.library.llama_model_default_params()
            self.models[precision] = self.library.llama_model_load_from_file(path.encode(), parameters)
        if not self.models[precision]:
            sys.exit("llama.cpp does not load its model")
        self.tokens(precision)
        self.threads[precision] = serving.fastest(self.counts, self.use_threads, lambda: self.tokens(precision))

    def measure(self, precision):
        self.use_threads(self.threads[precision])
        return self.tokens(precision)


def main():
    options = serving.options(__doc__, SHAPES)
    library = load_library()
    quiet = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)(lambda *_: None)
    library.llama_log_set(quiet, None)
    library.llama_backend_init()
    decoding = Decoding(library, SHAPES[options.shape], options)
    if options.serve:
        serving.serve(decoding.prepare, decoding.measure)
    else:
        serving.report("llama.cpp", TYPES, options.rounds, 1, decoding.prepare, decoding.measure)


if __name__ == "__main__":
    main()
