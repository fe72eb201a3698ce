// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_alone.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>

#include "app/cli/bench_report.h"
#include "core/base/line_process.h"

namespace studio {

namespace {

constexpr double kAloneSeconds = 600.0;
constexpr double kStartSeconds = 10.0;

std::string thisProgram() {
    return std::filesystem::read_symlink("/proc/self/exe").string();
}

}  // namespace

std::vector<BenchRow> runAlone(const BenchJob& job, const std::stop_token& stop) {
    std::vector<std::string> arguments{thisProgram(), "--json", "bench",    "alone",
                                       "--bench",     job.name, "--rounds", std::to_string(job.rounds)};
    const auto add = [&](const std::string& option, const std::string& value) {
        if (!value.empty()) arguments.insert(arguments.end(), {option, value});
    };
    add("--shape", job.shape);
    add("--task", job.only);
    add("--threads", job.threads > 0 ? std::to_string(job.threads) : "");
    LineProcess process(arguments, initialEnvironment());
    std::vector<BenchRow> rows;
    while (const auto line = process.hear(kAloneSeconds, stop)) {
        const OrderedJson json = OrderedJson::parse(*line, nullptr, false);
        if (json.is_object()) rows.push_back(benchRowFromJson(json));
    }
    return rows;
}

BenchRow measureStartup(std::int64_t rounds, const std::stop_token& stop) {
    using Clock = std::chrono::steady_clock;
    std::vector<double> milliseconds;
    for (std::int64_t i = 0; i <= 4 * rounds; ++i) {
        const auto begun = Clock::now();
        LineProcess process({thisProgram(), "--help"}, initialEnvironment());
        while (process.hear(kStartSeconds, stop)) {
        }
        const std::chrono::duration<double, std::milli> passed = Clock::now() - begun;
        if (i > 0) milliseconds.push_back(passed.count());  // the first one reads it from the disk
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    BenchRow row;
    row.bench = "startup";
    row.task = "finetune --help";
    row.contender = "finetune";
    row.milliseconds = milliseconds[milliseconds.size() / 2];
    return row;
}

}  // namespace studio
