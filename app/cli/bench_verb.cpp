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

/// How much faster a row is than each of the others of its shape that are no contender of ours.
OrderedJson ratios(const BenchRow& row, const std::vector<BenchRow>& rows) {
    OrderedJson ratio = OrderedJson::object();
    for (const BenchRow& other : rows) {
        if (other.contender == "fused" || &other == &row || other.tokensPerSecond <= 0.0) continue;
        ratio[other.contender + " " + other.precision] = row.tokensPerSecond / other.tokensPerSecond;
    }
    return ratio;
}

void printJson(Output& output, const std::vector<BenchRow>& rows) {
    for (const BenchRow& row : rows) {
        output.jsonLine(
            {{"bench", row.bench},
             {"shape", row.shape},
             {"contender", row.contender},
             {"precision", row.precision},
             {"tokens_per_second", row.tokensPerSecond},
             {"milliseconds", row.milliseconds},
             {"ceiling_share", row.ceilingShare > 0.0 ? OrderedJson(row.ceilingShare) : OrderedJson()},
             {"ceiling_gflops", row.ceilingGflops > 0.0 ? OrderedJson(row.ceilingGflops) : OrderedJson()},
             {"ratio", ratios(row, rows)}});
    }
}

void printTable(Output& output, const std::vector<std::vector<BenchRow>>& shapes) {
    std::vector<std::vector<std::string>> lines;
    for (const auto& rows : shapes) {
        for (const BenchRow& row : rows) {
            std::string text;
            const OrderedJson ratio = ratios(row, rows);
            for (const auto& [name, times] : ratio.items())
                text += (text.empty() ? "" : ", ") + numberText(times.get<double>(), 2) + " x " + name;
            lines.push_back({row.shape, row.contender, row.precision, numberText(row.tokensPerSecond, 0),
                             numberText(row.milliseconds, 1),
                             row.ceilingShare > 0.0 ? percentText(row.ceilingShare * 100) : "–",
                             row.contender == "fused" ? text : ""});
        }
    }
    output.table({"shape", "program", "precision", "tokens/s", "ms/step", "of ceiling", "against"}, lines);
}

int runTrainBench(CommandContext& context, const BenchOptions& options) {
    std::vector<std::vector<BenchRow>> shapes;
    for (const std::string& shape : kShapes) {
        if (!options.shape.empty() && options.shape != shape) continue;
        BenchJob job{"train", shape, options.rounds, context.threads, !options.noReferences};
        JobDisplay display(context.output);
        auto rows = std::get<BenchResult>(runOrThrow(context.engine(), job, display, context.stop)).rows;
        context.output.clearProgress();
        if (!options.noReferences) {
            for (const BenchRow& row : pyTorchRows(job, context.output)) rows.push_back(row);
        }
        if (context.output.json()) printJson(context.output, rows);
        shapes.push_back(std::move(rows));
    }
    if (!context.output.json()) printTable(context.output, shapes);
    return kExitOk;
}

}  // namespace

void addBenchVerb(CLI::App& app, CommandContext& context) {
    CLI::App* bench = app.add_subcommand("bench", "Measure this machine and this program");
    bench->require_subcommand(1);
    auto options = std::make_shared<BenchOptions>();
    CLI::App* train = bench->add_subcommand(
        "train", "Whole training steps of three sizes of model, beside what can be compared on this machine");
    addOption(train, "--shape", options->shape,
              "a: Llama-style 8M; b: GPT-2 124M; c: like Pythia-70M; all if not given")
        ->check(CLI::IsMember(kShapes));
    addOption(train, "--rounds", options->rounds, "Steps measured of each; their median counts")
        ->transform(wholeNumber(1, 1000))
        ->capture_default_str();
    train->add_flag("--no-references", options->noReferences, "Only this program's own kernels");
    onVerb(train, context, options, runTrainBench);
}

}  // namespace studio
