// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_run.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/progress.h"
#include "core/checkpoint/adapter_io.h"
#include "core/config/pretraining.h"
#include "core/formats/sha256.h"
#include "core/jobs/preflight.h"
#include "core/jobs/start_checks.h"
#include "core/storage/run_control.h"
#include "core/storage/run_leftovers.h"
#include "core/train/model_card.h"
#include "core/train/number_text.h"
#include "core/train/resume.h"
#include "core/train/run_document.h"
#include "core/train/run_ending.h"
#include "core/train/run_recorder.h"
#include "core/train/run_rows.h"
#include "core/train/run_setup.h"
#include "core/train/sample_writer.h"
#include "core/train/with_memory_advice.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// A stage whose progress is counted goes to the observer a hundred times at most.
ProgressFunction stageProgress(JobObserver& observer, const std::string& stage) {
    return [&observer, stage, last = std::int64_t{-1}](const Progress& progress) mutable {
        const std::int64_t percent = progress.total > 0 ? progress.done * 100 / progress.total : -1;
        if (percent == last && percent >= 0) return;
        last = percent;
        observer.onEvent(StageEvent{stage, progress.done, progress.total});
    };
}

/// What both kinds of run have in common once model and rows are there: train, save, record.
struct RunParts {
    RunRecorder& recorder;
    OrderedJson& run;
    Decoder& model;
    const ExampleSet& train;
    const ExampleSet& validation;
    const TrainSettings& settings;
    std::stop_token discard{};
    bool checkpoints = false;
    bool resume = false;
    RowMixture mixture{};
    std::vector<RateChange> rateChanges{};    ///< of a run that goes on
    std::optional<double> newLearningRate{};  ///< of a run that goes on
};

/// A checkpoint copied here from a run of another model or other records is not taken for this run's.
std::string checkpointOwner(const OrderedJson& run) {
    const auto textAt = [&](const char* pointer) {
        const OrderedJson::json_pointer place(pointer);
        return run.contains(place) ? run.at(place).dump() : std::string();
    };
    return sha256(textAt("/created") + textAt("/base_model/sha256") + textAt("/data/sha256"));
}

TrainingStarted startFacts(const RunParts& parts, const StepPlan& plan) {
    TrainingStarted started;
    started.totalSteps = plan.totalSteps;
    started.trainRows = static_cast<std::int64_t>(parts.train.examples.size());
    started.validationRows = static_cast<std::int64_t>(parts.validation.examples.size());
    started.cutRows = static_cast<std::int64_t>(parts.train.cutRows.size());
    started.emptyRows = static_cast<std::int64_t>(parts.train.emptyRows.size());
    started.trainTokens = parts.train.tokenCount;
    started.parameters = parts.model.parameterCount();
    started.trainedParameters = parts.model.trainedCount();
    started.device = parts.model.compute().deviceName();
    started.precision = parts.model.compute().precisionName();
    started.threads = parts.model.compute().threads;
    return started;
}

/// A peak that was asked for just before a stop is known to the checkpoint alone: no step was made with it.
void tellRestoredRate(const RunParts& parts, const Trainer& trainer) {
    const std::int64_t next = trainer.stepsDone() + 1;
    const double peak = trainer.peakRates().at(next);
    if (peak == PeakRates(parts.settings.learningRate, parts.rateChanges).at(next)) return;
    const std::string step = std::to_string(next), rate = fourDigits(peak);
    parts.recorder.log(LogEvent::Level::Info, "learning_rate_changed",
                       "From step " + step + " on the peak learning rate is " + rate + ".", {step, rate});
}

/// Goes on from the newest checkpoint, and forgets what was measured after it.
void resumeTraining(const RunParts& parts, Trainer& trainer) {
    std::vector<std::string> problems;
    const bool found = translateTorchErrors("reading a checkpoint", [&] {
        return trainer.resume([&](const std::string& problem) { problems.push_back(problem); });
    });
    const std::string name = parts.recorder.folder().path().filename().string();
    if (!found) {
        std::string cause = "The run " + name + " has no whole checkpoint to go on from.";
        for (const std::string& problem : problems) cause += " " + problem;
        throw Error(ErrorCode::FileNotFound, cause, "Start a new run.", {name});
    }
    for (const std::string& problem : problems) {
        parts.recorder.log(LogEvent::Level::Warning, "checkpoint_skipped",
                           problem + " An older one is taken.", {problem});
    }
    parts.recorder.goOnAfter(trainer.stepsDone(), trainer.sampledStep());
    if (parts.newLearningRate)
        trainer.setLearningRate(*parts.newLearningRate);
    else
        tellRestoredRate(parts, trainer);
    const std::string step = std::to_string(trainer.stepsDone());
    keepResultBefore(parts.run);                     // of the part before, which is not the end any more
    parts.run["settings"] = toJson(parts.settings);  // a change is the run's own from here on
    describeRates(parts.run, trainer.peakRates());
    parts.run["resumed"].push_back({{"step", trainer.stepsDone()},
                                    {"at", isoTime(unixTime())},
                                    {"learning_rate", trainer.peakRates().at(trainer.stepsDone() + 1)}});
    parts.recorder.log(LogEvent::Level::Info, "resumed", "The run goes on from step " + step + ".", {step});
}

TrainResult resultOf(const TrainerResult& trained, const fs::path& modelFolder) {
    TrainResult result;
    result.modelFolder = modelFolder;
    result.steps = trained.steps;
    result.keptStep = trained.keptStep;
    result.firstEvalLoss = trained.firstEvalLoss;
    result.lastEvalLoss = trained.keptStep == trained.steps ? trained.lastEvalLoss : trained.bestEvalLoss;
    result.lastLoss = trained.lastLoss;
    result.seconds = trained.seconds;
    result.tokensPerSecond = trained.tokensPerSecond;
    result.stoppedEarly = trained.end == TrainerResult::End::Stop;
    result.patienceOver = trained.end == TrainerResult::End::Patience;
    return result;
}

void reportEnd(const RunParts& parts, const TrainResult& result) {
    if (result.lastEvalLoss > result.firstEvalLoss) {
        const std::string before = fourDigits(result.firstEvalLoss), after = fourDigits(result.lastEvalLoss);
        parts.recorder.log(LogEvent::Level::Warning, "worse_than_base",
                           "The evaluation loss is " + after + ", and was " + before +
                               " before the training: train again with a lower learning rate.",
                           {after, before});
    }
    if (!result.patienceOver) return;
    const std::string count = std::to_string(parts.settings.patience);
    parts.recorder.log(LogEvent::Level::Info, "patience_over",
                       count + " evaluations without a lower loss: the run ends here.", {count});
}

/// What stands beside a run's model, and the card of its adapter where that is saved by itself.
struct TrainedFacts {
    SavedModelFacts model;
    std::string adapterCard = {};
};

/// The run's model, whole and in float32: what is frozen was perhaps rounded for the training, so it comes
/// from the base model again. Adapters are saved by themselves, too, as PEFT has them.
void saveTrained(Decoder& model, const TrainSettings& settings, const RunFolder& run,
                 const TrainedFacts& trained) {
    giveBackFreeHeap();  // the activations' pieces are too small for whole models
    const SavedModelFacts& facts = trained.model;
    if (!trainsApart(settings)) {
        saveModel(model, run.modelFolder(), facts);
        return;
    }
    if (settings.method == "lora")
        saveAdapter(model, *trainedPartOf(settings).lora, settings.loraDropout,
                    facts.tokenizerFolder.string(), run.adapterFolder(),
                    {{}, facts.promptTemplate, trained.adapterCard});
    Compute compute = model.compute();
    compute.device = at::kCPU;
    compute.matmulType = at::kFloat;
    const auto whole = loadModel(facts.tokenizerFolder, compute);
    model.mergeInto(*whole);
    saveModel(*whole, run.modelFolder(), facts);
}

TrainResult trainAndSave(const RunParts& parts, const std::stop_token& stop,
                         const std::function<TrainedFacts(const TrainResult&)>& facts) {
    Trainer trainer(parts.model, {parts.train.examples, parts.validation.examples, parts.mixture},
                    parts.settings, parts.recorder);
    parts.recorder.setTotalSteps(trainer.plan().totalSteps);
    CheckpointStore checkpoints(parts.recorder.folder().checkpointsFolder(),
                                static_cast<std::size_t>(parts.settings.keepCheckpoints),
                                checkpointOwner(parts.run));
    const BestWeights best(parts.recorder.folder().checkpointsFolder());
    if (parts.checkpoints) trainer.keepCheckpoints(checkpoints);
    trainer.keepBestIn(best);
    trainer.discardOn(parts.discard);
    parts.recorder.watchDisk(
        4 * static_cast<std::uint64_t>(parts.model.parameterCount()) +
        (parts.settings.keepBest ? 4 * static_cast<std::uint64_t>(parts.model.trainedCount()) : 0) +
        (parts.checkpoints ? trainer.checkpointBytes() : 0));
    trainer.setRateChanges(parts.rateChanges);
    if (parts.resume) resumeTraining(parts, trainer);
    parts.recorder.setPeakRate(trainer.peakRates().at(trainer.stepsDone() + 1));
    parts.recorder.describeRatesWith([&](const PeakRates& rates) {
        describeRates(parts.run, rates);
        parts.recorder.folder().writeRun(parts.run);
    });
    describeModel(parts.run, parts.model, trainer.plan());
    parts.recorder.folder().writeRun(parts.run);
    parts.recorder.observer().onEvent(startFacts(parts, trainer.plan()));
    parts.recorder.onStage("training");
    const TrainerResult trained = translateTorchErrors("training", [&] { return trainer.run(stop); });
    const bool stopped = trained.end == TrainerResult::End::Stop;
    if (stopped && trained.discarded) parts.recorder.discard();
    if (stopped && (trained.steps == 0 || trained.discarded || trained.handedOver)) throw Cancelled();
    TrainResult result = resultOf(trained, parts.recorder.folder().modelFolder());
    result.peakMemoryBytes = peakUsedBytes(parts.model.compute().device);
    reportEnd(parts, result);
    parts.recorder.onStage("saving");
    saveOrKeep({parts.recorder, trainer, checkpoints, parts.checkpoints}, parts.model,
               [&] { saveTrained(parts.model, parts.settings, parts.recorder.folder(), facts(result)); });
    describeResult(parts.run, result);
    parts.recorder.folder().writeRun(parts.run);
    parts.recorder.log(LogEvent::Level::Info, "saved", "The model is in " + result.modelFolder.string() + ".",
                       {result.modelFolder.string()});
    closeRun(parts.recorder, checkpoints, result.stoppedEarly);
    return result;
}

/// Runs `work`; whatever goes wrong is written into status.json before it goes on to the caller.
template <typename Work>
TrainResult recordFailure(RunRecorder& recorder, const std::stop_token& discard, const Work& work) {
    try {
        return translateTorchErrors("training", work);
    } catch (const Cancelled&) {
        // Also before its first step.
        if (discard.stop_requested() && recorder.settleEnd(true)) recorder.discard();
        recorder.abandon("stopped");
        throw;
    } catch (const std::exception& error) {
        recorder.fail(error);
        throw;
    }
}

RunRecorder::Begin beginningOf(const TrainJob& job) {
    if (!job.resume) return RunRecorder::Begin::New;
    return job.takeOver ? RunRecorder::Begin::TakeOver : RunRecorder::Begin::Again;
}

ModelConfig newModelConfig(const ArchitectureSettings& architecture, const Tokenizer& tokenizer) {
    ModelConfig config;
    config.vocabSize = tokenizer.vocabSize();
    config.hiddenSize = architecture.hiddenSize;
    config.intermediateSize = architecture.intermediateSize;
    config.layerCount = architecture.layerCount;
    config.headCount = architecture.headCount;
    config.keyValueHeadCount = architecture.keyValueHeadCount;
    config.headSize = architecture.hiddenSize / architecture.headCount;
    config.contextLength = architecture.contextLength;
    config.normEpsilon = architecture.normEpsilon;
    config.ropeTheta = architecture.ropeTheta;
    config.tiedEmbeddings = architecture.tiedEmbeddings;
    config.initializerRange = architecture.initializerRange;
    if (tokenizer.bosId()) config.bosId = *tokenizer.bosId();
    if (tokenizer.eosId()) config.eosIds = {*tokenizer.eosId()};
    return config;
}

/// Takes a share of the rows, spread by the seed, out of `set`.
ExampleSet takeValidation(ExampleSet& set, double share, std::uint64_t seed) {
    ExampleSet taken;
    if (share <= 0.0 || set.examples.size() < 2) return taken;
    const auto count =
        std::max<std::size_t>(1, static_cast<std::size_t>(share * static_cast<double>(set.examples.size())));
    Random random(seed ^ 0x7661'6c69'6461'7465ULL);
    random.shuffle(set.examples);
    const auto move = [&](Example& example) {
        taken.tokenCount += static_cast<std::int64_t>(example.ids.size());
        taken.labelCount += example.labelCount();
        set.tokenCount -= static_cast<std::int64_t>(example.ids.size());
        set.labelCount -= example.labelCount();
        taken.examples.push_back(std::move(example));
    };
    for (std::size_t i = set.examples.size() - count; i < set.examples.size(); ++i) move(set.examples[i]);
    set.examples.resize(set.examples.size() - count);
    return taken;
}

}  // namespace

TrainResult runTraining(const TrainJob& given, JobObserver& observer, const std::stop_token& stop,
                        const AnswerWith& answer) {
    const ResumedRun resumed = given.resume ? resumedRun(given, stop) : ResumedRun{given, {}, {}};
    const TrainJob& asked = resumed.job;
    throwIfAny(validate(asked.settings));
    const ModelConfig config = readModelConfig(asked.modelFolder);
    TrainJob job = asked;
    job.settings.cutoff = cutoffInForce(asked.settings.cutoff, config.contextLength);
    const auto tokenizer = loadTokenizer(job.modelFolder);
    // Before the run's folder: what a plan would have refused leaves no run behind.
    checkStart(asked, config, *tokenizer, availableDevices);
    const Compute compute =
        chooseCompute(job.settings.device, job.settings.precision, job.settings.threads, config.hiddenSize);
    releaseDeviceMemory(compute.device);  // of earlier jobs
    const std::uint64_t freeMemory = availableMemoryBytes(compute.deviceName());
    removeLeftovers(job.runFolder.parent_path());  // room for what this run will save
    RunRecorder recorder(job.runFolder, observer, beginningOf(job));
    if (job.resume) clearRunControl(job.runFolder);
    return recordFailure(recorder, job.discard, [&] {
        OrderedJson run = job.resume ? recorder.folder().readRun() : describeTraining(job);
        if (!job.resume) {
            // At once, so that a run that fails or is killed before its first step is listed as what it is.
            recorder.folder().writeRun(run);
            throwIfStopped(stop);
            describeBaseModel(run, job, stop);
            recorder.folder().writeRun(run);
        }
        const ExampleSettings exampleSettings{job.settings.cutoff, job.settings.trainOnPrompt};
        const ExampleSet train = buildExamples(*job.train, job.promptTemplate, *tokenizer, exampleSettings,
                                               stageProgress(observer, "tokenizing"), stop);
        const ExampleSet validation =
            buildExamples(*job.validation, job.promptTemplate, *tokenizer, exampleSettings, {}, stop);
        requireRows(train, job, config.contextLength);
        if (job.settings.cutoff < asked.settings.cutoff)
            reportLoweredCutoff(recorder, job.settings.cutoff, asked.settings.cutoff);
        reportRows(recorder, train, job);
        reportValidationRows(recorder, validation, job);
        reportMissingValidation(recorder, validation, job.settings);
        describeExamples(run, train, validation);
        recorder.folder().writeRun(run);
        const MemoryNeed need{config,     job.settings,        train.examples, validation.tokenCount,
                              freeMemory, compute.deviceName()};
        bool saving = false;
        return withMemoryAdvice(
            need,
            [&] {
                const auto model = loadModel(job.modelFolder, compute, stageProgress(observer, "loading"),
                                             stop, trainedPartOf(job.settings));
                if (job.settings.method == "lora")
                    model->initializeAdapters(static_cast<std::uint64_t>(job.settings.seed));
                const SampleWriter samples(
                    job.runFolder, samplePromptsOf(job),
                    [&, form = promptForm(job.promptTemplate)](const std::string& prompt) {
                        return answer(*model, *tokenizer, prompt, form, stop);
                    },
                    observer);
                if (answer) recorder.sampleWith([&](std::int64_t step) { samples.write(step); });
                return trainAndSave(
                    {recorder, run, *model, train, validation, job.settings, job.discard, true, job.resume,
                     reportedMixture(recorder, train, job), resumed.rateChanges, resumed.newRate},
                    stop, [&](const TrainResult& result) {
                        saving = true;
                        return TrainedFacts{
                            {job.modelFolder, job.promptTemplate, trainingCard(job, run, result),
                             endMarkId(promptForm(job.promptTemplate), *tokenizer)},
                            adapterCard(job, run, result)};
                    });
            },
            &saving);
    });
}

TrainResult runPretraining(const PretrainJob& job, JobObserver& observer, const std::stop_token& stop) {
    throwIfAny(validate(job.architecture));
    throwIfAny(validate(job.settings));
    checkPretraining(job.settings);
    const Compute compute = chooseCompute(job.settings.device, job.settings.precision, job.settings.threads,
                                          job.architecture.hiddenSize);
    RunRecorder recorder(job.runFolder, observer);
    return recordFailure(recorder, {}, [&] {
        OrderedJson run = describePretraining(job);
        recorder.folder().writeRun(run);
        fs::path tokenizerFolder = job.tokenizerFolder;
        if (tokenizerFolder.empty()) {
            tokenizerFolder = job.runFolder / "tokenizer";
            recorder.onStage("training_tokenizer");
            // With the prefix a word has the same token at a line's beginning as within a sentence, which a
            // small vocabulary and a small corpus need.
            trainSentencePiece(job.texts,
                               {job.architecture.vocabSize, /*byteFallback=*/true, /*dummyPrefix=*/true},
                               tokenizerFolder);
        }
        const auto tokenizer = loadTokenizer(tokenizerFolder);
        const ModelConfig config = newModelConfig(job.architecture, *tokenizer);
        const std::int64_t length = cutoffInForce(job.settings.cutoff, config.contextLength);
        ExampleSet train =
            buildTextExamples(job.texts, *tokenizer, length, stageProgress(observer, "tokenizing"), stop);
        const ExampleSet validation =
            takeValidation(train, job.validationShare, static_cast<std::uint64_t>(job.settings.seed));
        describeExamples(run, train, validation);
        recorder.folder().writeRun(run);
        Decoder model(config, compute);
        model.initialize(static_cast<std::uint64_t>(job.settings.seed));
        return trainAndSave(
            {recorder, run, model, train, validation, job.settings}, stop, [&](const TrainResult& result) {
                return TrainedFacts{{tokenizerFolder, std::nullopt, pretrainingCard(job, result, model)}};
            });
    });
}

}  // namespace studio
