// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/config/settings.h"
#include "core/data/record.h"
#include "core/formats/weight_file.h"
#include "core/storage/row_losses.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_samples.h"
#include "core/text/prompt_template.h"

/// The border between the torch-free program and the engine: plain values in, plain values out.
namespace studio {

// What can be asked for
// --------------------------------------------------------------------------------------

/// Fine-tune a model on a snapshot of records; ends in a run folder.
struct TrainJob {
    std::filesystem::path modelFolder;
    std::filesystem::path runFolder;  ///< made by the job; must not exist
    std::string runName;
    TrainSettings settings;
    PromptTemplate promptTemplate;
    std::shared_ptr<const std::vector<Record>> train;
    std::shared_ptr<const std::vector<Record>> validation;
    bool validationTakenFromTrain = false;
    std::string dataHash;
    std::string projectName;
    /// Go on with the run in runFolder from its newest checkpoint. Model, settings and template are the run's
    /// own then; the records must be those it began with.
    bool resume = false;
    /// With `resume`, "SETTING=VALUE" each: learning_rate, clip_norm and checkpoint_every may be other than
    /// the run's own from there on.
    std::vector<std::string> changes;
    /// With `resume`: go on also where it cannot be known from here that no other machine writes the run.
    bool takeOver = false;
    std::stop_token discard;  ///< asked for besides the job's own stop: ends it without a model
    /// Answered every settings.sampleEvery steps; empty: those of the first validation rows.
    std::vector<SamplePrompt> samplePrompts;
};

/// Train a model and its tokenizer from raw text and random weights; ends in a run folder whose model/ is
/// complete.
struct PretrainJob {
    ArchitectureSettings architecture;
    TrainSettings
        settings;  ///< batchRows rows of `cutoff` tokens; epochs or maxSteps; trainOnPrompt has no meaning
    std::vector<std::filesystem::path> texts;
    std::filesystem::path tokenizerFolder;  ///< empty: train one on the texts
    double validationShare = 0.01;          ///< of the packed rows, by the seed
    std::filesystem::path runFolder;
    std::string runName;
};

/// Generate one answer, streamed.
struct GenerateJob {
    std::filesystem::path modelFolder;
    std::filesystem::path adapterFolder;  ///< a LoRA adapter beside it, as PEFT writes one; empty: none
    std::string prompt;                   ///< final text, template and separator already applied
    PromptForm form;                      ///< promptForm() of that template
    GenerateSettings settings;
    bool raw = false;  ///< the answer continues the prompt's text, so that a leading space is part of it
    std::string device = "auto";
    std::string precision = "float32";  ///< auto|float32|bfloat16|float16|int8
    std::int64_t threads = 0;
    int arm = 0;  ///< handed back in every event, so that two answers can stream side by side
};

/// Generate answers to many prompts of one model at the same time: each the one that its prompt would get
/// from a GenerateJob.
struct GenerateBatchJob {
    std::filesystem::path modelFolder;
    std::filesystem::path adapterFolder;
    std::vector<std::string> prompts;  ///< final texts, as in GenerateJob
    PromptForm form;                   ///< of each
    GenerateSettings settings;         ///< of each; each draws from the seed anew
    bool raw = false;
    std::string device = "auto";
    std::string precision = "float32";
    std::int64_t threads = 0;
    std::int64_t atOnce = 64;  ///< answers under way at the same time
    int arm = 0;               ///< handed back in every event
};

/// Logits of a text or of ids, for tests and `finetune model logits`.
struct LogitsJob {
    std::filesystem::path modelFolder;
    std::filesystem::path adapterFolder;
    std::optional<std::string> text;
    std::vector<std::int64_t> ids;
    bool lastOnly = false;
    std::string device = "auto";
    std::string precision = "float32";
    std::int64_t threads = 0;
};

/// Loads a model and reports what only the weights tell: finite or not, parameters, memory.
struct CheckModelJob {
    std::filesystem::path modelFolder;
};

/// Writes a model as a folder in the layout of Hugging Face Transformers, with an adapter merged into it.
struct ExportModelJob {
    std::filesystem::path modelFolder;
    std::filesystem::path adapterFolder;  ///< empty: none
    std::filesystem::path outFolder;      ///< must not exist
    TensorType type = TensorType::Float32;
    std::string card;  ///< README.md, Markdown; empty: without an adapter the model's own, where it has one
    /// Called on the job's thread with bytes of weights that are written and were read back.
    ProgressFunction onWritten = {};
};

/// Makes a few real steps of a training, evaluates, answers and saves a checkpoint, to say what the whole of
/// it will take. Leaves nothing behind.
struct ProbeJob {
    TrainJob training;            ///< its run folder is not made
    double secondsOfSteps = 4.0;  ///< so long are steps measured, but two at least
};

/// Measures the engine's speed beside what it can be compared with.
struct BenchJob {
    std::string name;   ///< "train", "decode", "instruction", "lora", "checkpointing", "overhead", "memory",
                        ///< "forecast", "models"
    std::string shape;  ///< "a", "b", "c", or a family's name; empty: all that the bench is made for
    std::int64_t rounds = 5;  ///< measurements of each, of which the median counts
    std::int64_t threads = 0;
    std::string device = "cpu";  ///< "train" alone measures other ones
    bool references = true;      ///< also other programs', as far as they are found, and the ATen composition
    std::string only;            ///< this task alone, so that the process's peak memory is that of the task
};

using Job = std::variant<TrainJob, PretrainJob, GenerateJob, LogitsJob, CheckModelJob, BenchJob,
                         GenerateBatchJob, ProbeJob, ExportModelJob>;

// What is told while it runs (copies; called on the job's thread)
// ----------------------------------------------

/// A stage began: "loading", "tokenizing", "training_tokenizer", "training", "evaluating", "saving",
/// "generating", "sampling", "paused".
struct StageEvent {
    std::string stage;
    std::int64_t done = 0;
    std::int64_t total = 0;  ///< 0 = unknown
};
/// Once, before the first step.
struct TrainingStarted {
    std::int64_t totalSteps = 0;
    std::int64_t trainRows = 0, validationRows = 0, cutRows = 0, emptyRows = 0;
    std::int64_t trainTokens = 0;
    std::int64_t parameters = 0;
    std::int64_t trainedParameters = 0;  ///< with adapters
    std::string device;                  ///< "cpu"
    std::string precision;               ///< "float32"
    int threads = 0;
};
/// One optimizer step, or an evaluation (then evalLoss is set; at step 0 loss is NaN).
struct MetricsEvent {
    MetricsLine line;
    double secondsLeft = 0.0;  ///< NaN until there is an estimate
};
struct LogEvent {
    enum class Level { Info, Warning } level = Level::Info;
    std::string message;  ///< English sentence
    std::string rule;  ///< stable name: "validation_from_train", "rows_cut", "rows_without_label", "saved", …
    std::vector<std::string> args;
};
/// What the model being trained said to one of the run's prompts.
struct SampleEvent {
    RunSample sample;
};
/// The rows of the newest evaluation, with their losses.
struct EvaluatedRowsEvent {
    StepRows rows;
};
/// More text of an answer.
struct TextEvent {
    int arm = 0;
    std::string text;  ///< complete UTF-8
    std::int64_t tokens = 0;
    double tokensPerSecond = 0.0;
    std::int64_t item = 0;  ///< which prompt of a GenerateBatchJob
};

/// One answer.
struct GenerateResult {
    int arm = 0;
    std::vector<std::int64_t> promptIds;
    std::vector<std::int64_t> ids;
    std::string text;
    std::string stopReason;  ///< "end_token" | "stop_string" | "max_tokens" | "context_full" | "cancelled"
    double tokensPerSecond = 0.0;
    std::string weightsHash;  ///< as modelHash() gives it, with an adapter adaptedModelHash()
};

/// One answer of a GenerateBatchJob, or why there is none.
struct BatchAnswer {
    GenerateResult result;  ///< stopReason is empty where the prompt was refused or its turn never came
    ErrorCode code = ErrorCode::Internal;
    std::string cause, nextStep;  ///< of a refused prompt; else empty
    std::vector<std::string> args;

    bool refused() const { return !cause.empty(); }
    bool answered() const { return !result.stopReason.empty(); }
};

/// One answer of a GenerateBatchJob has ended, or its prompt was refused; answers end in any order.
struct AnswerEvent {
    int arm = 0;
    std::int64_t item = 0;
    BatchAnswer answer;
};

/// One measurement of a bench. What was not measured is 0 or absent.
struct BenchRow {
    std::string bench, shape;
    std::string contender;  ///< "fused", "ATen", or a program's name
    std::string precision;
    double tokensPerSecond = 0.0;  ///< real ones, without padding
    double milliseconds = 0.0;     ///< of a step
    double ceilingShare = 0.0;   ///< of the operations that large products reach in the same precision, or of
                                 ///< the bytes a second that this memory, or a plain read(), gives
    double ceilingGflops = 0.0;  ///< 10^9 operations a second of that product
    std::string task;            ///< what is done with the shape, where there is more than one thing
    double ceilingGigabytes = 0.0;       ///< 10^9 bytes a second of that memory, or of a plain read()
    std::string comparedTo;              ///< another task of the same shape and precision
    std::optional<double> stepShare;     ///< of a whole step's time
    std::optional<double> paddingShare;  ///< of the tokens that were computed
    std::uint64_t peakBytes = 0;         ///< resident memory of a process that did nothing else
    std::uint64_t firstBytes = 0, lastBytes = 0;  ///< resident early and at the end
    std::uint64_t forecastBytes = 0;              ///< what was said of the peak before
    double loadedGigabytes = 0.0;                 ///< 10^9 bytes of a file a second
    std::uint64_t fileBytes = 0;                  ///< of that file
    std::uint64_t loadBytes = 0;  ///< that resident memory grew by at most, while it was loaded
};
struct BenchEvent {
    BenchRow row;
};

using JobEvent = std::variant<StageEvent, TrainingStarted, MetricsEvent, LogEvent, SampleEvent,
                              EvaluatedRowsEvent, TextEvent, BenchEvent, AnswerEvent>;

/// Receives events on the thread that runs the job; must be quick and must not throw.
class JobObserver {
public:
    virtual ~JobObserver() = default;
    virtual void onEvent(const JobEvent& event) = 0;
};

// What comes out
// ----------------------------------------------------------------------------------------------

struct TrainResult {
    std::filesystem::path modelFolder;  ///< runFolder/model
    std::int64_t steps = 0;
    double firstEvalLoss = 0.0, lastEvalLoss = 0.0;  ///< NaN without validation rows
    double lastLoss = 0.0;
    double seconds = 0.0;
    double tokensPerSecond = 0.0;
    std::uint64_t peakMemoryBytes = 0;
    bool stoppedEarly = false;  ///< asked to stop; what was learned is saved
    bool patienceOver = false;  ///< ended before its plan: no better evaluation came
    std::int64_t keptStep = 0;  ///< whose weights are saved; lastEvalLoss is theirs
};
/// What a GenerateBatchJob gives.
struct GenerateBatchResult {
    std::vector<BatchAnswer> answers;  ///< in the order of the prompts
    double tokensPerSecond = 0.0;      ///< of all together, their prompts' time included
};
struct LogitsResult {
    std::vector<std::int64_t> ids;
    std::vector<std::vector<float>> logits;  ///< [tokens][vocabulary], or one row with lastOnly
};
struct CheckModelResult {
    std::int64_t parameters = 0;
    bool finite = true;
    std::vector<std::string> notFinite;  ///< names of tensors with NaN or infinity
};
/// What a ProbeJob measured. 0 where the training has no such part.
struct ProbeResult {
    std::int64_t steps = 0;  ///< measured ones
    double secondsPerStep = 0.0;
    double tokensPerSecond = 0.0;            ///< trained
    double evaluationTokensPerSecond = 0.0;  ///< of validation rows
    double sampleSeconds = 0.0;              ///< all fixed prompts answered once
    double checkpointSeconds = 0.0;          ///< one saved; 0 also where the disk had no room to try
    double loadSeconds = 0.0;                ///< the model
    std::uint64_t peakMemoryBytes = 0;  ///< resident, of the whole process, while training and evaluating
    std::int64_t heaviestTokens = 0;  ///< of the micro-batch that was tried for the memory: the longest rows
    std::string device, precision;
    int threads = 0;

    bool operator==(const ProbeResult&) const = default;
};
struct BenchResult {
    std::vector<BenchRow> rows;
};
struct ExportModelResult {
    std::filesystem::path folder;
    std::uint64_t bytes = 0;                  ///< of the weights
    std::vector<std::string> notFinite = {};  ///< names of tensors with NaN or infinity that were written
};
using JobValue = std::variant<std::monostate, TrainResult, GenerateResult, LogitsResult, CheckModelResult,
                              BenchResult, GenerateBatchResult, ProbeResult, ExportModelResult>;

/// How a job ended. Errors cross the border as values.
struct JobOutcome {
    enum class Kind { Finished, Cancelled, Failed } kind = Kind::Finished;
    JobValue value;  ///< set for Finished, and for a stopped training or generation
    ErrorCode code = ErrorCode::Internal;
    std::string cause, nextStep;  ///< for Failed
    std::vector<std::string> args;
    std::string errorLine() const { return nextStep.empty() ? cause : cause + " " + nextStep; }
};

/// Runs jobs, one at a time for each object; keeps the last few models loaded between generation jobs.
/// run() blocks its caller; several threads may call it on one object (they take turns).
class Engine {
public:
    virtual ~Engine() = default;
    virtual JobOutcome run(const Job& job, JobObserver& observer, std::stop_token stop) = 0;
    /// Devices a job may name: "cpu", "cuda:0", …
    virtual std::vector<std::string> devices() const = 0;
    /// One line about the device for people: "CPU · 2 threads · bfloat16".
    virtual std::string describe() const = 0;
    /// Forgets loaded models.
    virtual void releaseModels() = 0;
};

/// Loads the engine library (libstudio_engine.so beside the program, or $STUDIO_ENGINE) with
/// dlopen(RTLD_LOCAL) the first time, then returns a new engine. Throws EngineUnavailable naming the file and
/// the loader's reason. Costs about 0.3 s and 160 MB: call it from the thread that runs the first job.
std::unique_ptr<Engine> makeEngine();

/// Runs a job on an engine and turns a Failed outcome into an Error, Cancelled into Cancelled (unless it has
/// a value).
JobValue runOrThrow(Engine& engine, const Job& job, JobObserver& observer, std::stop_token stop);

}  // namespace studio
