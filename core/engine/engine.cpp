// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The root of the engine library: plain jobs in, plain outcomes out. No exception and no tensor crosses this
// border.
#include <algorithm>
#include <cstring>
#include <mutex>
#include <new>

#include "core/base/compute_limits.h"
#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/bench/benches.h"
#include "core/checkpoint/adapter_io.h"
#include "core/data/example.h"
#include "core/engine/answer_batch.h"
#include "core/engine/export_model.h"
#include "core/engine/model_cache.h"
#include "core/formats/finite_weights.h"
#include "core/generate/generator.h"
#include "core/jobs/engine_library.h"
#include "core/train/probe.h"
#include "core/train/training_run.h"

namespace studio {

namespace {

/// Below this many weights, counted for each sequence of a step, one thread answers.
constexpr std::int64_t kOneThreadParameters = 20'000'000;

/// The likeliest answer, as Compare would give it.
std::string answerSample(const Decoder& model, const Tokenizer& tokenizer, const std::string& prompt,
                         const PromptForm& form, const std::stop_token& stop) {
    GenerateSettings settings;
    settings.maxNewTokens = kSampleTokens;
    const Generation answer =
        generate(model, tokenizer, requestOf(prompt, form, settings, false, tokenizer), {}, stop);
    throwIfStopped(stop);
    return answer.text;
}

JobOutcome failure(const Error& error) {
    JobOutcome outcome;
    outcome.kind = JobOutcome::Kind::Failed;
    outcome.code = error.code();
    outcome.cause = error.cause();
    outcome.nextStep = error.nextStep();
    outcome.args = error.args();
    return outcome;
}

class TorchEngine final : public Engine {
public:
    explicit TorchEngine(SharedModels& models) : m_models(models) { prepareProcess(); }

    JobOutcome run(const Job& job, JobObserver& observer, std::stop_token stop) override {
        const std::lock_guard lock(m_mutex);
        JobOutcome outcome;
        try {
            outcome.value = translateTorchErrors("running a job", [&] {
                return std::visit([&](const auto& one) { return JobValue(perform(one, observer, stop)); },
                                  job);
            });
            if (stop.stop_requested()) outcome.kind = JobOutcome::Kind::Cancelled;
        } catch (const Cancelled&) {
            outcome.kind = JobOutcome::Kind::Cancelled;
        } catch (const Error& error) {
            return failure(error);
        } catch (const std::exception& error) {
            return failure(Error(ErrorCode::Internal,
                                 std::string("The engine met an unexpected error: ") + error.what() + ".",
                                 "Report this with the run's settings.", {error.what()}));
        }
        return outcome;
    }

    std::vector<std::string> devices() const override { return availableDevices(); }

    std::string describe() const override {
        return "CPU · " + std::to_string(availableThreads()) + " threads · " +
               (cpuHasFastBfloat16() ? "bfloat16" : "float32");
    }

    void releaseModels() override {
        const std::lock_guard lock(m_mutex);
        m_models.clear();
    }

private:
    TrainResult perform(const TrainJob& job, JobObserver& observer, const std::stop_token& stop) {
        m_models.clear();  // training needs the memory more
        return runTraining(job, observer, stop, answerSample);
    }

    TrainResult perform(const PretrainJob& job, JobObserver& observer, const std::stop_token& stop) {
        m_models.clear();
        return runPretraining(job, observer, stop);
    }

    ProbeResult perform(const ProbeJob& job, JobObserver& observer, const std::stop_token& stop) {
        m_models.clear();
        return runProbe(job, observer, stop, answerSample);
    }

    GenerateResult perform(const GenerateJob& job, JobObserver& observer, const std::stop_token& stop) {
        throwIfAny(validate(job.settings));
        const auto model = load(job, threadsFor(job, 1), observer, stop);
        const auto attached = attach(*model, job.adapterFolder);
        observer.onEvent(StageEvent{"generating", 0, job.settings.maxNewTokens});
        const GenerationRequest request =
            requestOf(job.prompt, job.form, job.settings, job.raw, *model->shared->tokenizer);
        Generation answer = generate(
            *model->decoder, *model->scorer, *model->shared->tokenizer, request,
            [&](const std::string& text, std::int64_t tokens, double rate) {
                observer.onEvent(TextEvent{job.arm, text, tokens, rate});
            },
            stop);
        return resultOf(std::move(answer), job.arm, request.prompt, attached.hash);
    }

    GenerateBatchResult perform(const GenerateBatchJob& job, JobObserver& observer,
                                const std::stop_token& stop) {
        throwIfAny(validate(job.settings));
        const auto together = std::min(job.atOnce, static_cast<std::int64_t>(job.prompts.size()));
        const auto model = load(job, threadsFor(job, together), observer, stop);
        const auto attached = attach(*model, job.adapterFolder);
        return answerBatch(job, *model, attached.hash, observer, stop);
    }

    LogitsResult perform(const LogitsJob& job, JobObserver& observer, const std::stop_token& stop) {
        const ModelConfig config = readModelConfig(job.modelFolder);
        const Compute compute = chooseCompute(job.device, job.precision, job.threads, config.hiddenSize);
        LogitsResult result;
        result.ids = job.text ? promptIds(*job.text, *loadTokenizer(job.modelFolder)) : job.ids;
        checkIds(result.ids, config, config.contextLength);
        observer.onEvent(StageEvent{"loading", 0, 0});
        const auto model = loadModelToAnswer(job.modelFolder, compute, {}, stop);
        AdapterSet adapters;
        if (!job.adapterFolder.empty()) {
            adapters = loadAdapter(job.adapterFolder, config, model->compute());
            checkAdapterFinite(job.adapterFolder);
        }
        const AttachedAdapters attached(*model, nullptr, adapters);
        Tensor logits = logitsOf(*model, result.ids).to(at::kCPU).contiguous();
        if (job.lastOnly) logits = logits.narrow(0, logits.size(0) - 1, 1).contiguous();
        for (std::int64_t row = 0; row < logits.size(0); ++row) {
            const auto* data = logits.data_ptr<float>() + row * logits.size(1);
            checkScores(data, data + logits.size(1));
            result.logits.emplace_back(data, data + logits.size(1));
        }
        return result;
    }

    CheckModelResult perform(const CheckModelJob& job, JobObserver&, const std::stop_token& stop) {
        const auto model = loadModel(job.modelFolder, chooseCompute("cpu", "float32", 0, 0), {}, stop);
        const std::vector<std::string> bad = parametersNotFinite(*model);
        return {model->parameterCount(), bad.empty(), bad};
    }

    BenchResult perform(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
        m_models.clear();
        return runBench(job, observer, stop);
    }

    ExportModelResult perform(const ExportModelJob& job, JobObserver& observer, const std::stop_token& stop) {
        m_models.clear();
        return exportModel(
            job,
            [&](const Progress& done) {
                observer.onEvent(StageEvent{"loading", done.done, done.total});
            },
            stop);
    }

    /// A step of a small model with few sequences is too little work to share: waiting for each other costs
    /// more than it saves.
    template <typename GenerationJob>
    static std::int64_t threadsFor(const GenerationJob& job, std::int64_t sequences) {
        const std::int64_t work =
            std::max<std::int64_t>(1, sequences) * readModelConfig(job.modelFolder).parameterCount();
        return job.threads == 0 && work < kOneThreadParameters ? 1 : job.threads;
    }

    /// What answers in one job: a kept model, and the adapters beside it for that time.
    struct Attachment {
        std::string hash;
        std::unique_ptr<AttachedAdapters> adapters;
    };

    static Attachment attach(LoadedModel& model, const std::filesystem::path& folder) {
        if (folder.empty()) return {model.shared->hash, nullptr};
        LoadedAdapter& adapter = ModelCache::adapterOf(model, folder);
        return {adapter.hash,
                std::make_unique<AttachedAdapters>(*model.decoder, model.scorer.get(), adapter.factors)};
    }

    template <typename GenerationJob>
    std::shared_ptr<LoadedModel> load(const GenerationJob& job, std::int64_t threads, JobObserver& observer,
                                      const std::stop_token& stop) {
        const ModelConfig config = readModelConfig(job.modelFolder);
        const bool int8 = job.precision == "int8";
        const Compute compute =
            chooseCompute(job.device, int8 ? "float32" : job.precision, threads, config.hiddenSize);
        const auto progress = [&](const Progress& done) {
            observer.onEvent(StageEvent{"loading", done.done, done.total});
        };
        return m_models.get(job.modelFolder, compute, int8, progress, stop);
    }

    std::mutex m_mutex;
    ModelCache m_models;
};

}  // namespace

}  // namespace studio

extern "C" __attribute__((visibility("default"))) studio::Engine* studio_engine_create(int interfaceVersion) {
    if (interfaceVersion != studio::kEngineInterfaceVersion) return nullptr;
    // A model that several engines of a process answer with is in its memory once.
    static studio::SharedModels models;
    return new (std::nothrow) studio::TorchEngine(models);
}
