// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/forecast_bench.h"

#include <algorithm>
#include <memory>

#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/bench/number_tokenizer.h"
#include "core/bench/passing_folder.h"
#include "core/bench/shape_runs.h"
#include "core/checkpoint/model_io.h"
#include "core/generate/batch_generator.h"
#include "core/jobs/model_forecast.h"
#include "core/tensor/compute.h"
#include "core/train/run_recorder.h"
#include "core/train/run_setup.h"
#include "core/train/trainer.h"

namespace studio {

namespace {

constexpr std::int64_t kAnswerTokens = 16;

struct Task {
    const char* name;
    const char* method;                 ///< of a training; null: answers
    const char* precision = "float32";  ///< of these
};
constexpr Task kTasks[] = {{"answering", nullptr},
                           {"answering in bfloat16", nullptr, "bfloat16"},
                           {"answering in int8", nullptr, "int8"},
                           {"LoRA", "lora"},
                           {"all weights", "full"}};

/// Only the bench's own rows are told.
class SilentObserver final : public JobObserver {
public:
    void onEvent(const JobEvent&) override {}
};

/// Where they lie: fresh weights as Decoder::initialize() draws them take memory of their own meanwhile,
/// which a model that is loaded does not.
void drawInPlace(Decoder& model) {
    const at::NoGradGuard noGrad;
    at::Generator generator = seededGenerator(1, at::kCPU);
    for (Parameter& parameter : model.parameters()) {
        if (parameter.decays)
            parameter.tensor.uniform_(-0.03, 0.03, generator);
        else
            parameter.tensor.fill_(parameter.name.ends_with(".bias") ? 0.0 : 1.0);
    }
    model.weightsChanged();
}

std::vector<std::int32_t> drawIds(Random& random, std::int64_t count, std::int64_t vocabulary) {
    std::vector<std::int32_t> ids(static_cast<std::size_t>(count));
    for (std::int32_t& id : ids)
        id = static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(vocabulary)));
    return ids;
}

/// Rows that are learned whole.
std::vector<Example> drawRows(const BenchShape& shape, std::int64_t count, std::uint64_t seed) {
    Random random(seed);
    std::vector<Example> rows(static_cast<std::size_t>(count));
    std::int64_t id = 0;
    for (Example& row : rows) {
        row.rowId = ++id;
        row.ids = drawIds(random, shape.length, shape.config.vocabSize);
        row.trained.assign(row.ids.size(), 1);
        row.uncutLength = static_cast<std::int32_t>(row.ids.size());
    }
    return rows;
}

class ForecastBench {
public:
    ForecastBench(const BenchShape& shape, const BenchJob& job, JobObserver& observer,
                  const std::stop_token& stop)
        : m_shape(shape), m_job(job), m_observer(observer), m_stop(stop) {
        m_load.length = shape.length;
        m_load.rows = shape.rows;
    }

    BenchRow row(const Task& task) const {
        m_observer.onEvent(StageEvent{std::string(task.name) + ", shape " + m_shape.name, 0, 0});
        BenchRow row;
        row.bench = "forecast";
        row.shape = m_shape.name;
        row.task = task.name;
        row.contender = "fused";
        ForecastLoad load = m_load;
        load.precision = task.precision;
        const ModelForecast told = forecastMemory(m_shape.config, load, {"cpu", 0});
        if (!task.method) {
            row.precision = answer(task.precision);
            row.forecastBytes = told.answering.memory.total();
        } else {
            row.precision = train(task.method);
            row.forecastBytes = (task.method == std::string("lora") ? told.lora : told.full).memory.total();
        }
        throwIfStopped(m_stop);
        if (!m_job.only.empty()) row.peakBytes = peakResidentBytes();
        return row;
    }

private:
    /// As many answers at the same time as a batch has rows; each with its prompt as long as a row.
    std::string answer(const std::string& precision) const {
        const bool int8 = precision == "int8";
        const Compute compute =
            chooseCompute("cpu", int8 ? "float32" : precision, m_job.threads, m_shape.config.hiddenSize);
        TrainedPart nothing;
        nothing.answersFrom = m_shape.config.storedType;
        Decoder model(m_shape.config, compute, nothing);
        drawInPlace(model);
        const auto scorer =
            int8 ? makeNextTokenScorer(model, DecodeFormat::Int8) : makeNextTokenScorer(model);
        Random random(4);
        std::vector<GenerationRequest> requests(static_cast<std::size_t>(m_shape.rows));
        for (GenerationRequest& request : requests) {
            for (const std::int32_t id :
                 drawIds(random, m_shape.length - kAnswerTokens, m_shape.config.vocabSize))
                request.prompt.push_back(id);
            request.settings.maxNewTokens = kAnswerTokens;
        }
        generateBatch(model, *scorer, NumberTokenizer(m_shape.config.vocabSize), requests, {}, {}, m_stop);
        return precision;
    }

    /// Steps, an evaluation of as many tokens as are taken at once, and the saving of what was learned.
    std::string train(const std::string& method) const {
        TrainSettings settings = forecastSettings(method, m_load, "cpu");
        settings.threads = m_job.threads;
        settings.maxSteps = std::max<std::int64_t>(2, m_job.rounds);
        const Compute compute =
            chooseCompute("cpu", settings.precision, settings.threads, m_shape.config.hiddenSize);
        const std::vector<Example> rows = drawRows(m_shape, 2 * m_shape.rows, 2);
        const std::vector<Example> validation =
            drawRows(m_shape, std::max<std::int64_t>(1, kEvaluationTokens / m_shape.length), 3);
        const PassingFolder folder;
        SilentObserver silent;
        RunRecorder recorder(folder.path() / "run", silent);
        Decoder model(m_shape.config, compute, trainedPartOf(settings));
        drawInPlace(model);
        if (method == "lora") model.initializeAdapters(1);
        Trainer trainer(model, {rows, validation}, settings, recorder);
        recorder.setTotalSteps(trainer.plan().totalSteps);
        trainer.run(m_stop);
        throwIfStopped(m_stop);
        save(model, settings, folder.path() / "model");
        return compute.precisionName();
    }

    /// As a run does it, but that the base model is drawn and not loaded.
    static void save(const Decoder& model, const TrainSettings& settings,
                     const std::filesystem::path& folder) {
        giveBackFreeHeap();
        if (!trainsApart(settings)) {
            saveModel(model, folder, {});
            return;
        }
        Compute compute = model.compute();
        compute.matmulType = at::kFloat;
        Decoder whole(model.config(), compute);
        drawInPlace(whole);
        model.mergeInto(whole);
        saveModel(whole, folder, {});
    }

    const BenchShape& m_shape;
    const BenchJob& m_job;
    JobObserver& m_observer;
    std::stop_token m_stop;
    ForecastLoad m_load;
};

bool asked(const BenchJob& job, const Task& task) {
    return job.only.empty() || job.only == task.name;
}

}  // namespace

BenchResult benchForecast(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    if (std::none_of(std::begin(kTasks), std::end(kTasks), [&](const Task& t) { return asked(job, t); })) {
        throw Error(ErrorCode::InvalidArgument, "There is no task \"" + job.only + "\" in this bench.",
                    "Use answering, answering in bfloat16, answering in int8, LoRA or all weights.",
                    {job.only});
    }
    return measureShapes(job, {"a", "b", "c"}, observer, [&](const BenchShape& shape) {
        const ForecastBench bench(shape, job, observer, stop);
        std::vector<BenchRow> rows;
        for (const Task& task : kTasks)
            if (asked(job, task)) rows.push_back(bench.row(task));
        return rows;
    });
}

}  // namespace studio
