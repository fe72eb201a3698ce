// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/benches.h"

#include "core/base/error.h"
#include "core/bench/decode_bench.h"
#include "core/bench/forecast_bench.h"
#include "core/bench/instruction_bench.h"
#include "core/bench/memory_bench.h"
#include "core/bench/models_bench.h"
#include "core/bench/overhead_bench.h"
#include "core/bench/step_variants_bench.h"
#include "core/bench/train_bench.h"

namespace studio {

namespace {

struct Bench {
    const char* name;
    BenchResult (*run)(const BenchJob& job, JobObserver& observer, const std::stop_token& stop);
};

constexpr Bench kBenches[] = {{"train", benchTraining},
                              {"decode", benchDecoding},
                              {"instruction", benchInstruction},
                              {"lora", benchLora},
                              {"checkpointing", benchCheckpointing},
                              {"overhead", benchOverhead},
                              {"memory", benchMemory},
                              {"forecast", benchForecast},
                              {"models", benchModels}};

}  // namespace

std::vector<std::string> benchNames() {
    std::vector<std::string> names;
    for (const Bench& bench : kBenches) names.emplace_back(bench.name);
    return names;
}

BenchResult runBench(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    if (job.device != "cpu" && job.name != "train") {
        throw Error(ErrorCode::InvalidArgument, "Only bench train measures other devices than the CPU.",
                    "Leave --device out.", {job.name});
    }
    for (const Bench& bench : kBenches) {
        if (job.name == bench.name) return bench.run(job, observer, stop);
    }
    std::string known;
    for (const std::string& name : benchNames()) known += (known.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::InvalidArgument, "There is no bench \"" + job.name + "\".", "Use " + known + ".",
                {job.name});
}

}  // namespace studio
