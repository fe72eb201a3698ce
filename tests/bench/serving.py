# SPDX-FileCopyrightText: FineTune Studio contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the references of "finetune bench" have in common: options, tuning of threads, and the loop of requests.

With --serve a reference answers requests, one line of JSON each, so that its measurements stand between those of
the engine: {"prepare": PRECISION} makes it ready, {"measure": PRECISION} is answered by {"seconds": …}. Without, it
measures by itself and prints one JSON line a precision.
"""
import argparse
import ctypes
import json
import os
import sys
import time


def options(description, shapes, devices=False):
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--shape", choices=sorted(shapes), required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--serve", action="store_true", help="answer requests on standard input")
    parser.add_argument("--as-it-is", action="store_true", help="no tuning of threads and allocator")
    if devices:
        parser.add_argument("--device", default="cpu", help="as PyTorch names it")
    return parser.parse_args()


def keep_memory():
    """The allocator keeps large blocks from step to step: 10 to 25 % of a step of PyTorch's."""
    trim_threshold, top_pad, mmap_max = -1, -2, -4
    for what, value in ((mmap_max, 0), (trim_threshold, -1), (top_pad, 64 << 20)):
        ctypes.CDLL(None).mallopt(what, value)


def thread_counts(threads):
    """As many as the process may use, or half of them."""
    available = threads or len(os.sched_getaffinity(0))
    return sorted({available, max(1, available // 2)})


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def fastest(counts, use_threads, work):
    """The number of threads with which `work` is fastest; it has run before."""
    best = None
    for count in counts:
        use_threads(count)
        seconds = timed(work)
        if best is None or seconds < best[0]:
            best = (seconds, count)
    return best[1]


def serve(prepare, measure, take=None):
    """Answers requests until standard input ends. `take` gets requests that are neither of the two."""
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        answer = {}
        if "prepare" in request:
            prepare(request["prepare"])
        elif "measure" in request:
            answer["seconds"] = measure(request["measure"])
        else:
            take(request)
        print(json.dumps(answer), flush=True)


def report(contender, precisions, rounds, tokens, prepare, measure):
    for precision in precisions:
        prepare(precision)
        seconds = sorted(measure(precision) for _ in range(rounds))[rounds // 2]
        print(json.dumps({"contender": contender, "precision": precision, "milliseconds": seconds * 1e3,
                          "tokens_per_second": tokens / seconds}), flush=True)
