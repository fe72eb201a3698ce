// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/probe.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <fstream>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/progress.h"
#include "core/checkpoint/model_io.h"
#include "core/data/batch.h"
#include "core/data/example.h"
#include "core/data/row_mixture.h"
#include "core/jobs/preflight.h"
#include "core/jobs/start_checks.h"
#include "core/storage/run_lock.h"
#include "core/train/evaluator.h"
#include "core/train/optimizer.h"
#include "core/train/run_rows.h"
#include "core/train/run_setup.h"
#include "core/train/sample_writer.h"
#include "core/train/step_gradients.h"
#include "core/train/with_memory_advice.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

using Clock = std::chrono::steady_clock;

/// Rows that are tokenised for it: spread over all of them, enough to be like them.
constexpr std::size_t kMostRows = 4000;
constexpr std::int64_t kMostSteps = 50;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// From here on the highest resident memory of this process is counted anew (proc(5), clear_refs). Where the
/// system does not allow it, it is the highest ever.
void forgetPeakMemory() {
    std::ofstream("/proc/self/clear_refs") << '5';
}

std::vector<Record> spread(const std::vector<Record>& records) {
    if (records.size() <= kMostRows) return records;
    std::vector<Record> some;
    for (std::size_t i = 0; i < kMostRows; ++i) some.push_back(records[i * records.size() / kMostRows]);
    return some;
}

/// The rows of the heaviest step there can be.
std::vector<Example> heaviestRows(const std::vector<Example>& examples, const TrainSettings& settings) {
    std::vector<Example> rows = examples;
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Example& a, const Example& b) { return a.ids.size() > b.ids.size(); });
    rows.resize(std::min(rows.size(), static_cast<std::size_t>(settings.batchRows * settings.accumulation)));
    return rows;
}

/// A training without its loop.
class Probe {
public:
    Probe(Decoder& model, const TrainSettings& settings)
        : m_model(model), m_settings(settings), m_optimizer(makeOptimizer(model.arena(), settings)) {
        m_model.prepareTraining();
        m_model.setRecomputing(settings.gradientCheckpointing);
        if (model.compute().lossScaling) m_scaler.emplace(model.compute().device);
    }

    /// One step as the trainer makes it; its tokens. Waits for the device.
    std::int64_t step(StepGradients& gradients, const std::stop_token& stop) {
        const Tensor lossScale = m_scaler ? m_scaler->scale() : Tensor();
        const auto [made, loss] = gradients.compute(++m_steps, lossScale, stop);
        if (m_model.compute().readingWaits()) {
            const GradientFigures figures =
                figuresOnDevice(m_model.arena().gradients(), m_settings.clipNorm, lossScale);
            m_optimizer->step(m_settings.learningRate, figures.scale);
            if (m_scaler) m_scaler->update(figures.scale.notFinite);
        } else {
            m_optimizer->step(m_settings.learningRate,
                              clipScale(m_optimizer->gradientNorm(), m_settings.clipNorm));
        }
        static_cast<void>(loss.item<double>());
        return made.tokens;
    }

    TrainingTensors tensors() { return {m_model.arena().values(), m_optimizer->state()}; }

private:
    Decoder& m_model;
    const TrainSettings& m_settings;
    std::unique_ptr<Optimizer> m_optimizer;
    std::optional<LossScaler> m_scaler;
    std::int64_t m_steps = 0;
};

constexpr std::string_view kScratch = ".probe-";

bool isGone(pid_t processId) {
    return ::kill(processId, 0) != 0 && errno == ESRCH;
}

/// What probes left that were killed. One of this process is none of now. Where other machines may see the
/// folder, a process that is not here may be there.
void removeLeftScratch(const fs::path& parent) {
    const bool allOurs = lockDecides(parent);
    std::error_code error;
    std::vector<fs::path> left;
    for (fs::directory_iterator entry(parent, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!name.starts_with(kScratch)) continue;
        pid_t processId = 0;
        const char* last = name.data() + name.size();
        const auto number = std::from_chars(name.data() + kScratch.size(), last, processId);
        if (number.ec != std::errc() || number.ptr != last || processId <= 0) continue;
        if (processId == ::getpid() || (allOurs && isGone(processId))) left.push_back(entry->path());
    }
    for (const fs::path& folder : left) fs::remove_all(folder, error);
}

/// A folder beside the runs, on the disk that checkpoints will go to; removed at the end.
class ScratchFolder {
public:
    explicit ScratchFolder(const fs::path& parent)
        : m_path(parent / (std::string(kScratch) + std::to_string(::getpid()))) {}
    ~ScratchFolder() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

double secondsOfCheckpoint(const TrainJob& job, const TrainingTensors& tensors) {
    std::error_code ignored;
    const fs::path parent = job.runFolder.parent_path();
    if (!fs::is_directory(parent, ignored)) return 0.0;
    removeLeftScratch(parent);
    // Only where it is no danger to anything else.
    if (freeDiskBytes(parent) < 4 * checkpointBytes(tensors)) return 0.0;
    const ScratchFolder scratch(parent);
    const auto begun = Clock::now();
    try {
        CheckpointStore(scratch.path()).save({}, tensors);
    } catch (const Error&) {
        return 0.0;  // a run says it when it matters
    }
    return secondsSince(begun);
}

void measureSteps(const ProbeJob& job, Probe& probe, Decoder& model, const ExampleSet& train,
                  const std::stop_token& stop, ProbeResult& result) {
    const TrainSettings& settings = job.training.settings;
    const std::vector<Example> heavy = heaviestRows(train.examples, settings);
    BatchSampler heavySampler(heavy, settings.batchRows, 0);
    StepGradients heavyGradients(model, heavySampler, settings);
    probe.step(heavyGradients, stop);
    result.heaviestTokens = microBatchTokens(train.examples, settings, settings.cutoff);

    std::vector<std::string> unknown;
    BatchSampler sampler(train.examples, settings.batchRows, static_cast<std::uint64_t>(settings.seed),
                         mixtureOf(train.examples, *job.training.train, settings, unknown));
    StepGradients gradients(model, sampler, settings);
    probe.step(gradients, stop);  // the first one prepares products of its shapes
    std::int64_t tokens = 0;
    const auto begun = Clock::now();
    while (result.steps < 2 || (result.steps < kMostSteps && secondsSince(begun) < job.secondsOfSteps)) {
        throwIfStopped(stop);
        tokens += probe.step(gradients, stop);
        ++result.steps;
    }
    const double seconds = secondsSince(begun);
    result.secondsPerStep = seconds / static_cast<double>(result.steps);
    result.tokensPerSecond = static_cast<double>(tokens) / seconds;
}

/// Of two full batches of validation rows at most.
void measureEvaluation(const Decoder& model, const ExampleSet& validation, const std::stop_token& stop,
                       ProbeResult& result) {
    std::vector<Example> rows;
    std::int64_t tokens = 0;
    for (const Example& row : validation.examples) {
        if (!rows.empty() && tokens + static_cast<std::int64_t>(row.ids.size()) > 2 * kEvaluationTokens)
            break;
        rows.push_back(row);
        tokens += static_cast<std::int64_t>(row.ids.size());
    }
    if (rows.empty()) return;
    const Evaluator evaluator(rows, kEvaluationTokens);
    evaluator.evaluate(model, stop);
    const auto begun = Clock::now();
    evaluator.evaluate(model, stop);
    result.evaluationTokensPerSecond = static_cast<double>(tokens) / std::max(1e-9, secondsSince(begun));
}

/// The job with fewer rows, where it has many.
TrainJob lighter(const TrainJob& job) {
    TrainJob some = job;
    some.train = std::make_shared<const std::vector<Record>>(spread(*job.train));
    some.validation = std::make_shared<const std::vector<Record>>(job.validation ? spread(*job.validation)
                                                                                 : std::vector<Record>());
    return some;
}

}  // namespace

ProbeResult runProbe(const ProbeJob& asked, JobObserver& observer, const std::stop_token& stop,
                     const AnswerWith& answer) {
    ProbeJob job{lighter(asked.training), asked.secondsOfSteps};
    TrainSettings& settings = job.training.settings;
    const ModelConfig config = readModelConfig(job.training.modelFolder);
    settings.cutoff = cutoffInForce(settings.cutoff, config.contextLength);
    const auto tokenizer = loadTokenizer(job.training.modelFolder);
    checkStart(asked.training, config, *tokenizer, availableDevices);
    const Compute compute =
        chooseCompute(settings.device, settings.precision, settings.threads, config.hiddenSize);
    observer.onEvent(StageEvent{"tokenizing"});
    const ExampleSettings exampleSettings{settings.cutoff, settings.trainOnPrompt};
    const auto examplesOf = [&](const std::vector<Record>& records) {
        return buildExamples(records, job.training.promptTemplate, *tokenizer, exampleSettings, {}, stop);
    };
    const ExampleSet train = examplesOf(*job.training.train);
    const ExampleSet validation = examplesOf(*job.training.validation);
    requireRows(train, job.training, config.contextLength);

    const std::uint64_t freeMemory = availableMemoryBytes(compute.deviceName());
    ProbeResult result;
    result.device = compute.deviceName();
    result.precision = compute.precisionName();
    result.threads = compute.threads;
    const MemoryNeed need{config, settings, train.examples, validation.tokenCount, freeMemory, result.device};
    return withMemoryAdvice(need, [&] {
        forgetPeakMemory();
        releaseDeviceMemory(compute.device);
        observer.onEvent(StageEvent{"loading"});
        const auto begun = Clock::now();
        const auto model = loadModel(job.training.modelFolder, compute, {}, stop, trainedPartOf(settings));
        if (settings.method == "lora") model->initializeAdapters(static_cast<std::uint64_t>(settings.seed));
        result.loadSeconds = secondsSince(begun);
        observer.onEvent(StageEvent{"training"});
        Probe probe(*model, settings);
        measureSteps(job, probe, *model, train, stop, result);
        observer.onEvent(StageEvent{"evaluating"});
        measureEvaluation(*model, validation, stop, result);
        result.peakMemoryBytes = peakUsedBytes(compute.device);
        if (answer && settings.sampleEvery > 0) {
            observer.onEvent(StageEvent{"sampling"});
            const auto asking = Clock::now();
            const PromptForm form = promptForm(job.training.promptTemplate);
            for (const SamplePrompt& prompt : samplePromptsOf(job.training))
                static_cast<void>(answer(*model, *tokenizer, prompt.prompt, form, stop));
            result.sampleSeconds = secondsSince(asking);
        }
        observer.onEvent(StageEvent{"saving"});
        result.checkpointSeconds = secondsOfCheckpoint(job.training, probe.tensors());
        return result;
    });
}

}  // namespace studio
