// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>

#include "app/cli/bench_alone.h"
#include "app/cli/bench_report.h"
#include "app/cli/command_context.h"
#include "app/cli/job_display.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"

namespace studio {
namespace {

/// How a bench comes to its rows.
enum class Way {
    Engine,           ///< a job of the engine
    EngineAndMemory,  ///< and its peak memory, each task again in a process of its own
    Alone,            ///< a job of the engine in a process of its own
    TasksAlone,       ///< each task of each shape in a process of its own
    Startup
};

struct BenchEntry {
    std::string name;
    std::vector<std::string> shapes;
    Way way = Way::Engine;
    std::string help;
    std::string rounds;
    std::vector<std::string> tasks{};  ///< of Way::TasksAlone
    const char* shapeHelp = nullptr;   ///< null: shapesText() of them
};

const std::vector<std::string> kShapes{"a", "b", "c"};
const std::vector<std::string> kForecastTasks{"answering", "answering in bfloat16", "answering in int8",
                                              "LoRA", "all weights"};
/// Of core/bench/bench_families.h, which is the engine's.
const std::vector<std::string> kFamilies{"llama", "mistral", "qwen2", "qwen3", "phi3", "gpt2", "gpt_neox"};
const std::string kShapeOfGpus = "d";  // takes minutes a step on a CPU: measured there only if asked for

const std::vector<BenchEntry>& entries() {
    static const std::vector<BenchEntry> all{
        {"train",
         {"a", "b", "c", kShapeOfGpus},
         Way::Engine,
         "Whole training steps, beside this machine's ceiling and PyTorch; with --device cuda on a GPU",
         "Steps measured of each; their median counts"},
        {"instruction",
         {"a", "c"},
         Way::Engine,
         "Training on rows of different lengths, packed, beside PyTorch with padded rows",
         "Times that the same batches are measured; the median counts"},
        {"lora",
         {"b"},
         Way::EngineAndMemory,
         "Time and memory of adapters beside training all weights",
         "Steps measured of each; their median counts"},
        {"checkpointing",
         {"b"},
         Way::EngineAndMemory,
         "Time and memory of blocks that are computed again in the backward pass",
         "Steps measured of each; their median counts"},
        {"overhead", kShapes, Way::Engine,
         "What of a step is optimizer, and what is data, metrics and events",
         "Steps measured; the median counts"},
        {"decode", kShapes, Way::Engine,
         "Tokens a second, one sequence and many, beside PyTorch and llama.cpp",
         "Stretches of 128 tokens measured of each; their median counts"},
        {"memory",
         {},
         Way::Alone,
         "Whether memory grows over many steps",
         "Three or more: 2,000 steps; else 200 steps each"},
        {"forecast", kShapes, Way::TasksAlone,
         "Peak memory of answering, LoRA and full fine-tuning, beside what is told of it before",
         "Steps of each training", kForecastTasks},
        {"models",
         kFamilies,
         Way::TasksAlone,
         "Loading, prompts and answers of every architecture in every precision, beside a plain read()",
         "Measurements of each; their median counts",
         {"float32", "bfloat16", "int8"},
         "The family that is measured; all if not given"},
        {"startup",
         {},
         Way::Startup,
         "How long this program takes to start",
         "Starts, times four; their median counts"}};
    return all;
}

struct BenchOptions {
    std::string bench;  ///< "all", or one of entries()
    std::string shape;
    std::string task;
    std::int64_t rounds = BenchJob().rounds;
    bool noReferences = false;
};

/// Says once what many benches have to say.
class BenchDisplay final : public JobDisplay {
public:
    BenchDisplay(Output& output, std::set<std::string>& said) : JobDisplay(output), m_said(said) {}
    void onEvent(const JobEvent& event) override {
        const auto* log = std::get_if<LogEvent>(&event);
        if (!log || m_said.insert(log->message).second) JobDisplay::onEvent(event);
    }

private:
    std::set<std::string>& m_said;
};

class BenchRun {
public:
    BenchRun(CommandContext& context, const BenchOptions& options) : m_context(context), m_options(options) {}

    void run(const BenchEntry& entry) {
        std::vector<BenchRow> rows;
        if (entry.way == Way::Startup) {
            rows.push_back(measureStartup(m_options.rounds, m_context.stop));
        } else if (entry.way == Way::Alone) {
            rows = alone(jobOf(entry.name, "", m_options.rounds));
        } else {
            for (const std::string& shape : entry.shapes) {
                if (!asked(shape)) continue;
                std::vector<BenchRow> more =
                    entry.way == Way::TasksAlone ? tasksAlone(entry, shape) : measured(entry, shape);
                if (m_context.output.json()) print(more);
                rows.insert(rows.end(), more.begin(), more.end());
            }
        }
        m_context.output.clearProgress();
        if (m_context.output.json()) {
            if (entry.shapes.empty()) print(rows);
        } else if (!rows.empty()) {
            if (!m_rows.empty()) m_context.output.line("");
            m_context.output.line("bench " + entry.name);
            printBenchTables(m_context.output, rows, benchTargets());
        }
        m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    }

    void summarize() {
        if (m_context.output.json()) return;
        m_context.output.line("");
        m_context.output.line(benchSummary(m_rows, benchTargets()));
    }

private:
    bool asked(const std::string& shape) const {
        if (m_options.shape.empty()) return shape != kShapeOfGpus || deviceName() != "cpu";
        return m_options.shape == shape;
    }

    std::string deviceName() const { return m_context.device.empty() ? "cpu" : m_context.device; }

    BenchJob jobOf(const std::string& name, const std::string& shape, std::int64_t rounds) const {
        BenchJob job;
        job.name = name;
        job.shape = shape;
        job.rounds = rounds;
        job.threads = m_context.threads;
        job.device = deviceName();
        job.references = false;
        return job;
    }

    std::vector<BenchRow> measured(const BenchEntry& entry, const std::string& shape) {
        BenchJob wanted = jobOf(entry.name, shape, m_options.rounds);
        wanted.references = !m_options.noReferences;
        BenchDisplay display(m_context.output, m_said);
        auto rows =
            std::get<BenchResult>(runOrThrow(m_context.engine(), wanted, display, m_context.stop)).rows;
        if (entry.way != Way::EngineAndMemory) return rows;
        for (BenchRow& row : rows) {
            m_context.output.progress({"memory of " + row.task, 0, 0, {}, -1.0});
            BenchJob task = jobOf(entry.name, shape, 1);
            task.only = row.task;
            const auto again = alone(task);
            if (!again.empty()) row.peakBytes = again.front().peakBytes;
        }
        return rows;
    }

    std::vector<BenchRow> tasksAlone(const BenchEntry& entry, const std::string& shape) {
        std::vector<BenchRow> rows;
        for (const std::string& task : entry.tasks) {
            m_context.output.progress({entry.name + ": " + task + " at " + shape, 0, 0, {}, -1.0});
            BenchJob job = jobOf(entry.name, shape, m_options.rounds);
            job.only = task;
            const std::vector<BenchRow> more = alone(job);
            rows.insert(rows.end(), more.begin(), more.end());
        }
        return rows;
    }

    std::vector<BenchRow> alone(const BenchJob& job) {
        auto rows = runAlone(job, m_context.stop);
        if (rows.empty()) {
            m_context.output.clearProgress();
            m_context.output.note("A part of bench " + job.name +
                                  " could not be measured: its process ended with an error. There may not be "
                                  "enough memory.");
        }
        return rows;
    }

    void print(const std::vector<BenchRow>& rows) {
        m_context.output.clearProgress();
        for (const BenchRow& row : rows)
            m_context.output.jsonLine(benchJson(row, comparisons(row, rows, benchTargets())));
    }

    CommandContext& m_context;
    const BenchOptions& m_options;
    std::set<std::string> m_said;
    std::vector<BenchRow> m_rows;
};

int runBenches(CommandContext& context, const BenchOptions& options) {
    BenchRun run(context, options);
    for (const BenchEntry& entry : entries()) {
        if (options.bench == "all" || options.bench == entry.name) run.run(entry);
    }
    run.summarize();
    return kExitOk;
}

int runAloneHere(CommandContext& context, const BenchOptions& options) {
    BenchJob job;
    job.name = options.bench;
    job.shape = options.shape;
    job.rounds = options.rounds;
    job.threads = context.threads;
    job.references = false;
    job.only = options.task;
    JobDisplay display(context.output);
    const auto rows = std::get<BenchResult>(runOrThrow(context.engine(), job, display, context.stop)).rows;
    context.output.clearProgress();
    for (const BenchRow& row : rows) context.output.jsonLine(benchJson(row, {}));
    return kExitOk;
}

/// "a: Llama-style 8M; c: like Pythia-70M; all if not given": of the shapes that a bench takes.
std::string shapesText(const std::vector<std::string>& shapes) {
    static const std::map<std::string, std::string> titles{{"a", "Llama-style 8M"},
                                                           {"b", "GPT-2 124M"},
                                                           {"c", "like Pythia-70M"},
                                                           {kShapeOfGpus, "like Qwen2.5-0.5B, for GPUs"}};
    std::string text;
    for (const std::string& shape : shapes) {
        const auto title = titles.find(shape);
        if (title != titles.end()) text += shape + ": " + title->second + "; ";
    }
    return text + "all if not given";
}

std::shared_ptr<BenchOptions> optionsOf(CLI::App* verb, const BenchEntry& entry, std::int64_t rounds) {
    auto options = std::make_shared<BenchOptions>();
    options->bench = entry.name;
    options->rounds = rounds;
    if (!entry.shapes.empty()) {
        const std::string help = entry.shapeHelp ? entry.shapeHelp : shapesText(entry.shapes);
        addOption(verb, "--shape", options->shape, help)->check(CLI::IsMember(entry.shapes));
    }
    addOption(verb, "--rounds", options->rounds, entry.rounds)
        ->transform(wholeNumber(1, 1000))
        ->capture_default_str();
    return options;
}

void addBench(CLI::App* bench, CommandContext& context, const BenchEntry& entry, std::int64_t rounds) {
    CLI::App* verb = bench->add_subcommand(entry.name, entry.help);
    const auto options = optionsOf(verb, entry, rounds);
    verb->add_flag("--no-references", options->noReferences, "Only this program's own kernels");
    onVerb(verb, context, options, runBenches);
}

/// Not for people: see runAlone().
void addAlone(CLI::App* bench, CommandContext& context) {
    CLI::App* verb = bench->add_subcommand("alone", "One bench in this process");
    verb->group("");
    std::vector<std::string> shapes = kShapes;
    shapes.insert(shapes.end(), kFamilies.begin(), kFamilies.end());
    const auto options = optionsOf(verb, {"", shapes, Way::Engine, "", ""}, BenchJob().rounds);
    addOption(verb, "--bench", options->bench, "")->required();
    addOption(verb, "--task", options->task, "");
    onVerb(verb, context, options, runAloneHere);
}

}  // namespace

void addBenchVerb(CLI::App& app, CommandContext& context) {
    CLI::App* bench = app.add_subcommand("bench", "Measure this machine and this program");
    bench->require_subcommand(1);
    addBench(bench, context,
             {"all", kShapes, Way::Engine, "All of the following; some 20 minutes on two cores",
              "Measurements of each; their median counts"},
             3);
    for (const BenchEntry& entry : entries()) addBench(bench, context, entry, BenchJob().rounds);
    addAlone(bench, context);
}

}  // namespace studio
