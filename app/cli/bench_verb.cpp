// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_reference.h"
#include "app/cli/command_context.h"
#include "app/cli/job_display.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"

namespace studio {
namespace {

struct BenchOptions {
    std::string shape;
    std::int64_t rounds = BenchJob().rounds;
    bool noReferences = false;
};

const std::vector<std::string> kShapes{"a", "b", "c"};

/// How much faster a row is than each of the others of its shape and task that are no contender of ours;
/// in decoding, of its precision.
OrderedJson ratios(const BenchRow& row, const std::vector<BenchRow>& rows) {
    OrderedJson ratio = OrderedJson::object();
    for (const BenchRow& other : rows) {
        if (row.contender != "fused" || other.contender == "fused" || other.tokensPerSecond <= 0.0) continue;
        if (other.task != row.task || (row.bench == "decode" && other.precision != row.precision)) continue;
        ratio[other.contender + " " + other.precision] = row.tokensPerSecond / other.tokensPerSecond;
    }
    return ratio;
}

void printJson(Output& output, const std::vector<BenchRow>& rows) {
    for (const BenchRow& row : rows) {
        output.jsonLine(
            {{"bench", row.bench},
             {"shape", row.shape},
             {"task", row.task},
             {"contender", row.contender},
             {"precision", row.precision},
             {"tokens_per_second", row.tokensPerSecond},
             {"milliseconds", row.milliseconds},
             {"ceiling_share", row.ceilingShare > 0.0 ? OrderedJson(row.ceilingShare) : OrderedJson()},
             {"ceiling_gflops", row.ceilingGflops > 0.0 ? OrderedJson(row.ceilingGflops) : OrderedJson()},
             {"ceiling_gigabytes",
              row.ceilingGigabytes > 0.0 ? OrderedJson(row.ceilingGigabytes) : OrderedJson()},
             {"ratio", ratios(row, rows)}});
    }
}

void printTable(Output& output, const std::vector<std::vector<BenchRow>>& shapes, const std::string& unit) {
    std::vector<std::vector<std::string>> lines;
    for (const auto& rows : shapes) {
        for (const BenchRow& row : rows) {
            std::string text;
            const OrderedJson ratio = ratios(row, rows);
            for (const auto& [name, times] : ratio.items())
                text += (text.empty() ? "" : ", ") + numberText(times.get<double>(), 2) + " x " + name;
            lines.push_back({row.shape + (row.task.empty() ? "" : ", " + row.task), row.contender,
                             row.precision, numberText(row.tokensPerSecond, 0),
                             numberText(row.milliseconds, row.milliseconds < 100.0 ? 2 : 1),
                             row.ceilingShare > 0.0 ? percentText(row.ceilingShare * 100) : "–",
                             row.contender == "fused" ? text : ""});
        }
    }
    output.table({"shape", "program", "precision", "tokens/s", unit, "of ceiling", "against"}, lines);
}

int runBench(CommandContext& context, const BenchOptions& options, const std::string& name) {
    std::vector<std::vector<BenchRow>> shapes;
    for (const std::string& shape : kShapes) {
        if (!options.shape.empty() && options.shape != shape) continue;
        BenchJob job{name, shape, options.rounds, context.threads, !options.noReferences};
        JobDisplay display(context.output);
        auto rows = std::get<BenchResult>(runOrThrow(context.engine(), job, display, context.stop)).rows;
        context.output.clearProgress();
        if (!options.noReferences) {
            for (const BenchRow& row : referenceRows(job, context.output)) rows.push_back(row);
        }
        if (context.output.json()) printJson(context.output, rows);
        shapes.push_back(std::move(rows));
    }
    if (!context.output.json()) printTable(context.output, shapes, name == "train" ? "ms/step" : "ms/token");
    return kExitOk;
}

int runTrainBench(CommandContext& context, const BenchOptions& options) {
    return runBench(context, options, "train");
}
int runDecodeBench(CommandContext& context, const BenchOptions& options) {
    return runBench(context, options, "decode");
}

void addBench(CLI::App* bench, CommandContext& context, const std::string& name, const std::string& help,
              const std::string& rounds, int (*run)(CommandContext&, const BenchOptions&)) {
    auto options = std::make_shared<BenchOptions>();
    CLI::App* verb = bench->add_subcommand(name, help);
    addOption(verb, "--shape", options->shape,
              "a: Llama-style 8M; b: GPT-2 124M; c: like Pythia-70M; all if not given")
        ->check(CLI::IsMember(kShapes));
    addOption(verb, "--rounds", options->rounds, rounds)
        ->transform(wholeNumber(1, 1000))
        ->capture_default_str();
    verb->add_flag("--no-references", options->noReferences, "Only this program's own kernels");
    onVerb(verb, context, options, run);
}

}  // namespace

void addBenchVerb(CLI::App& app, CommandContext& context) {
    CLI::App* bench = app.add_subcommand("bench", "Measure this machine and this program");
    bench->require_subcommand(1);
    addBench(bench, context, "train",
             "Whole training steps of three sizes of model, beside what can be compared on this machine",
             "Steps measured of each; their median counts", runTrainBench);
    addBench(bench, context, "decode",
             "Tokens a second of three sizes of model, one sequence and many, beside what can be compared on "
             "this machine",
             "Stretches of 128 tokens measured of each; their median counts", runDecodeBench);
}

}  // namespace studio
