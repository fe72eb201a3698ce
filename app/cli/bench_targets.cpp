// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_report.h"

namespace studio {

namespace {

using Measure = BenchMeasure;

BenchTarget ceiling(const std::string& shape, const std::string& precision, double share) {
    return {"train", shape, precision, "", Measure::CeilingShare, "", true, share};
}

BenchTarget faster(const std::string& bench, const std::string& shape, const std::string& precision,
                   const std::string& against, double times, const std::string& task = {}) {
    return {bench, shape, precision, task, Measure::SpeedRatio, against, true, times};
}

BenchTarget atMost(const std::string& bench, const std::string& task, Measure measure, double value,
                   const std::string& against = {}) {
    return {bench, "", "", task, measure, against, false, value};
}

}  // namespace

const std::vector<BenchTarget>& benchTargets() {
    static const std::vector<BenchTarget> targets{
        ceiling("a", "bfloat16", 0.80),
        ceiling("b", "bfloat16", 0.82),
        ceiling("c", "bfloat16", 0.82),
        ceiling("a", "float32", 0.88),
        ceiling("b", "float32", 0.88),
        ceiling("c", "float32", 0.88),
        faster("train", "a", "bfloat16", "PyTorch bfloat16", 2.0),
        faster("train", "b", "bfloat16", "PyTorch bfloat16", 1.5),
        faster("train", "c", "bfloat16", "PyTorch bfloat16", 1.6),
        faster("train", "a", "bfloat16", "PyTorch float32", 3.5),
        faster("train", "b", "bfloat16", "PyTorch float32", 2.5),
        faster("train", "c", "bfloat16", "PyTorch float32", 3.0),
        faster("decode", "b", "float32", "llama.cpp float32", 1.0, "one sequence"),
        faster("decode", "b", "bfloat16", "llama.cpp bfloat16", 1.5, "one sequence"),
        faster("decode", "b", "int8", "llama.cpp int8", 1.7, "one sequence"),
        faster("decode", "c", "float32", "llama.cpp float32", 1.0, "one sequence"),
        faster("decode", "c", "bfloat16", "llama.cpp bfloat16", 1.5, "one sequence"),
        faster("decode", "c", "int8", "llama.cpp int8", 1.7, "one sequence"),
        faster("decode", "b", "bfloat16", "200 prompts, one by one", 8.0, "200 prompts together"),
        faster("instruction", "a", "bfloat16", "PyTorch float32", 6.0),
        faster("instruction", "c", "bfloat16", "PyTorch float32", 6.0),
        atMost("instruction", "", Measure::PaddingShare, 0.0),
        faster("lora", "", "", "all weights", 1.0 / 0.65, "LoRA"),
        atMost("lora", "LoRA", Measure::MemoryRatio, 0.45, "all weights"),
        faster("checkpointing", "", "", "8 x 512, all kept", 1.0 / 1.3, "8 x 512, blocks"),
        atMost("checkpointing", "8 x 512, blocks", Measure::MemoryRatio, 0.70, "8 x 512, all kept"),
        atMost("overhead", "clipping", Measure::StepShare, 0.05),
        atMost("overhead", "data", Measure::StepShare, 0.02),
        atMost("memory", "", Measure::MemoryGrowth, 0.03),
        atMost("forecast", "", Measure::ForecastError, 0.15),
        atMost("models", "load", Measure::LoadMemory, 1.10),
        atMost("startup", "", Measure::Milliseconds, 50.0)};
    return targets;
}

}  // namespace studio
