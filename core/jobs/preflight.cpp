// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/preflight.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>
#include <string>

#include "core/base/compute_limits.h"
#include "core/base/gpu.h"
#include "core/config/lora_targets.h"
#include "core/data/batch.h"
#include "core/data/example.h"
#include "core/data/row_mixture.h"
#include "core/formats/weight_names.h"
#include "core/jobs/start_checks.h"
#include "core/jobs/training_size.h"
#include "core/storage/run_samples.h"

namespace studio {

namespace {

constexpr std::uint64_t kGpuContextBytes = 600'000'000;  // CUDA's context and the libraries' work space
/// Of each logit: itself, its logarithm, and its gradient in 16 bits.
constexpr double kGpuLogitBytes = 10.0;
constexpr std::uint64_t kProgramBytes = 250'000'000;  // libtorch and its threads, measured at 160 to 250 MB

std::optional<std::uint64_t> numberInFile(const std::string& path) {
    std::ifstream file(path);
    std::uint64_t value = 0;
    if (file >> value) return value;  // "max" is no number: no limit
    return std::nullopt;
}

/// What a limit on this process's address space leaves (ulimit -v, as batch systems set it).
std::optional<std::uint64_t> leftOfAddressSpace() {
    rlimit limit{};
    const auto pages = numberInFile("/proc/self/statm");  // its first number is the size in pages
    if (!pages || ::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
    const std::uint64_t used = *pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

RunWork workOf(const Preflight& found, const ExampleSet& validation, const TrainJob& job) {
    RunWork work;
    work.plan = found.plan;
    work.trainTokens = static_cast<double>(found.tokensPerEpoch) / std::max(found.plan.stepsPerEpoch, 1e-9) *
                       static_cast<double>(found.plan.totalSteps);
    work.validationTokens = validation.tokenCount;
    work.validationRows = found.validationRows;
    work.samplePrompts =
        job.samplePrompts.empty() ? kSampledRows : static_cast<std::int64_t>(job.samplePrompts.size());
    return work;
}

/// Trained tokens a second: of a probe, of an earlier run, or of what a processor is taken to reach.
double rateOf(const ExampleSet& train, const TrainSettings& settings, const ModelConfig& model,
              const PreflightMachine& machine) {
    if (machine.probe && machine.probe->tokensPerSecond > 0.0) return machine.probe->tokensPerSecond;
    if (machine.measuredTokensPerSecond && *machine.measuredTokensPerSecond > 0.0)
        return *machine.measuredTokensPerSecond;
    const double mean = static_cast<double>(train.tokenCount) / static_cast<double>(train.examples.size());
    const double operations = trainingFlopsPerToken(model, mean) * stepParts(settings) / 3.0;
    return kAssumedFlopsPerThread * std::max(1, machine.threads) / std::max(1.0, operations);
}

void addTime(const RunWork& work, const TrainJob& job, const ModelConfig& model,
             const PreflightMachine& machine, Preflight& found) {
    found.secondsProbed = machine.probe && machine.probe->tokensPerSecond > 0.0;
    found.secondsMeasured =
        found.secondsProbed || (machine.measuredTokensPerSecond && *machine.measuredTokensPerSecond > 0.0);
    found.time = found.secondsProbed ? forecastSeconds(model, job.settings, work, *machine.probe)
                                     : assumedSeconds(model, job.settings, work, found.tokensPerSecond);
    found.seconds = found.secondsLeast = found.secondsMost = found.time.total();
    if (found.secondsMeasured) return;
    found.secondsLeast /= kComputedShorter;
    found.secondsMost *= kComputedLonger;
}

/// With a mixture the rows that come more often are taken to be as long as the others.
std::int64_t tokensOfEpoch(const ExampleSet& train, std::int64_t rows) {
    const auto all = static_cast<std::int64_t>(train.examples.size());
    return rows == all ? train.tokenCount : train.tokenCount * rows / all;
}

/// One epoch of rows padded to the longest of their micro-batch, in the order of the run's own seed.
std::int64_t paddedTokens(BatchSampler sampler) {
    std::int64_t tokens = 0;
    for (std::int64_t batch = 0; batch < sampler.batchesPerEpoch(); ++batch) {
        const std::vector<const Example*> rows = sampler.nextRows();
        std::size_t longest = 0;
        for (const Example* row : rows) longest = std::max(longest, row->ids.size());
        tokens += static_cast<std::int64_t>(longest * rows.size());
    }
    return tokens;
}

/// Values a token that a layer keeps on a GPU beside what it keeps on a CPU: attention's output twice, and
/// the shared heads of keys and values repeated for each query head.
double gpuExtra(const ModelConfig& model) {
    const std::int64_t shared = model.headCount - model.keyValueHeadCount;
    return static_cast<double>(model.hiddenSize + 2 * shared * model.headSize);
}

}  // namespace

std::int64_t microBatchTokens(const std::vector<Example>& examples, const TrainSettings& settings,
                              std::int64_t cutoff) {
    const std::int64_t budget = settings.batchTokens;
    if (budget <= 0) return heaviestBatchTokens(examples, settings.batchRows, cutoff);
    // A step's rows together, in parts; one row is a part by itself however long it is.
    const std::int64_t step =
        heaviestBatchTokens(examples, settings.batchRows * settings.accumulation, cutoff);
    return std::min(step, std::max(budget, heaviestBatchTokens(examples, 1, cutoff)));
}

std::int64_t heaviestBatchTokens(const std::vector<Example>& examples, std::int64_t batchRows,
                                 std::int64_t cutoff) {
    std::vector<std::int64_t> lengths;
    lengths.reserve(examples.size());
    for (const Example& example : examples)
        lengths.push_back(std::min(cutoff, static_cast<std::int64_t>(example.ids.size())));
    const auto count =
        std::min<std::size_t>(lengths.size(), static_cast<std::size_t>(std::max<std::int64_t>(1, batchRows)));
    std::partial_sort(lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(count), lengths.end(),
                      std::greater<>());
    std::int64_t tokens = 0;
    for (std::size_t i = 0; i < count; ++i) tokens += lengths[i];
    return tokens;
}

/// Numbers a token that the adapters of a layer keep for the backward pass: x A^T of each.
static double adapterNumbers(const ModelConfig& model, const TrainSettings& settings) {
    if (settings.method != "lora") return 0.0;
    std::optional<std::string> problem;
    const std::vector<std::string> targets = loraTargetNames(settings.loraTargets, problem);
    const BlockWeights block = blockWeights(model, 0);
    double targeted = 0.0;
    for (const LinearWeights* weights : {&block.queryKeyValue, &block.output, &block.wide, &block.down})
        for (const NamedRows& rows : weights->outputs)
            targeted += isLoraTarget(targets, rows.name) ? 1.0 : 0.0;
    return static_cast<double>(settings.loraRank) * targeted;
}

/// How often the head is put in order at once for narrow products with so many rows: for the forward pass,
/// and for the backward pass unless memory goes before speed.
static double packedHeads(const TrainSettings& settings, double rows, bool training) {
    const int forward = rows >= kPackedRowsTransposed ? 1 : 0;
    const int backward = training && rows >= kPackedRows ? 1 : 0;
    return settings.gradientCheckpointing ? std::max(forward, backward) : forward + backward;
}

/// Products in bfloat16 without kernels for them: the weights stay in float32 and are rounded as they are
/// used, and the logits are all there at once.
static bool bfloat16Composed(const ModelConfig& model, const TrainSettings& settings) {
    return trainsInBfloat16(model, settings) && !cpuMultipliesBfloat16();
}

/// The most that the head and its loss take for `rows` labelled tokens: of the logits there is a slice at a
/// time. `narrow`: values in 16 bits.
static double headBytes(const ModelConfig& model, const TrainSettings& settings, bool narrow, double rows,
                        bool training) {
    const auto words = static_cast<double>(model.vocabSize), hidden = static_cast<double>(model.hiddenSize);
    const double number = narrow ? 2.0 : 4.0;
    if (gpuOf(settings.device))
        return kGpuLogitBytes * std::min<double>(kDeviceLogitsAtOnce, words * rows) +
               (number + 4.0) * words * hidden;
    // All of them in float32, with their probabilities and gradients, and the rounded head.
    if (bfloat16Composed(model, settings)) return 12.0 * words * rows + 2.0 * words * hidden;
    const auto least = static_cast<double>(leastLogitRows(settings.gradientCheckpointing));
    const double slice = std::min(words * rows, std::max<double>(kLogitsAtOnce, words * least));
    const double heads = narrow ? packedHeads(settings, rows, training) : 0.0;
    return number * (slice + heads * words * hidden) + (4.0 + 3.0 * number) * hidden * rows;
}

/// Numbers of the largest matrix that lies in another order in the family's files: saving turns one after the
/// other.
static std::uint64_t turnedWeights(const ModelConfig& model) {
    const BlockWeights block = blockWeights(model, 0);
    std::uint64_t largest = 0;
    for (const LinearWeights* weights : {&block.queryKeyValue, &block.output, &block.wide, &block.down}) {
        if (weights->layout == WeightLayout::Plain) continue;
        for (const NamedRows& rows : weights->outputs)
            largest = std::max(largest, static_cast<std::uint64_t>(rows.rows * weights->inputs));
    }
    return largest;
}

std::uint64_t programBytes(const std::string& device) {
    return gpuOf(device) ? kGpuContextBytes : kProgramBytes;
}

MemoryEstimate estimateMemory(const ModelConfig& model, const TrainSettings& settings, std::int64_t tokens,
                              std::int64_t evaluatedTokens) {
    const TrainingSize size = trainingSize(model, settings);
    // Trained matrices have a rounded copy then, and frozen ones nothing else.
    const bool rounded = trainsInBfloat16(model, settings) && cpuMultipliesBfloat16();
    MemoryEstimate memory;
    memory.weights = (rounded ? 6 : 4) * size.trained + (rounded ? 2 : 4) * size.frozen;
    memory.gradients = 4 * size.trained;
    memory.optimizer = static_cast<std::uint64_t>(TrainingSize::optimizerBytes(settings) *
                                                  static_cast<double>(size.trained));
    const bool gpu = gpuOf(settings.device).has_value();
    memory.program = programBytes(settings.device);
    const auto hidden = static_cast<double>(model.hiddenSize),
               wide = static_cast<double>(model.intermediateSize);
    const auto heads = static_cast<double>((model.headCount + 2 * model.keyValueHeadCount) * model.headSize);
    // Kept for the backward pass of a layer, in bytes a token: both sums of the residual stream, which are
    // float32 always; their norms, query, key and value, attention's output, gate and up, and their product.
    const bool narrow = gpu ? narrowOnGpu(model, settings) : rounded;
    const double number = narrow ? 2.0 : 4.0;
    const double sums = 4.0 * 2.0 * hidden;
    const double wides = !gpu && model.gelu ? 2.0 : 3.0;  // GELU has no gate
    const double perLayer = sums + number * (3.0 * hidden + heads + wides * wide +
                                             adapterNumbers(model, settings) + (gpu ? gpuExtra(model) : 0.0));
    const auto layers = static_cast<double>(model.layerCount);
    // With checkpointing a block keeps what goes into it, the residual stream.
    const double kept = (settings.gradientCheckpointing ? 4.0 * hidden : perLayer) * layers;
    const double again = settings.gradientCheckpointing ? perLayer : 0.0;
    // Passing by in one layer's backward pass: on a GPU the gradients of all that, here of half of it at
    // once.
    const double passing = again + (gpu ? perLayer + 4.0 * hidden : perLayer / 2.0);
    const auto bytes = [&](double always, double block, std::int64_t count, bool training) {
        const auto rows = static_cast<double>(count);
        const double head = headBytes(model, settings, narrow, rows, training);
        // On the CPU the memory of the one serves the other.
        const double most = gpu ? block * rows + head : std::max(block * rows, head);
        return static_cast<std::uint64_t>(always * rows + most);
    };
    memory.activations =
        std::max(bytes(kept, passing, tokens, true), bytes(0.0, perLayer, evaluatedTokens, false));
    // At the end the activations make room: the best weights take the place of the last ones, which are kept
    // until the model is saved; what was trained beside frozen weights is merged into the base once more; and
    // a matrix that the family stores in another order is turned.
    const std::uint64_t saving = (settings.keepBest ? 4 * size.trained : 0) +
                                 (size.apart() ? 4 * static_cast<std::uint64_t>(model.parameterCount()) : 0) +
                                 4 * turnedWeights(model);
    memory.activations = std::max(memory.activations, saving);
    return memory;
}

double trainingFlopsPerToken(const ModelConfig& model, double length) {
    // The embedding table is looked up, not multiplied; the output matrix is, also where both are one.
    const double embedding = static_cast<double>(model.vocabSize) * static_cast<double>(model.hiddenSize);
    const double all = static_cast<double>(model.parameterCount());
    const double multiplied = model.tiedEmbeddings ? all : all - embedding;
    return 6.0 * multiplied +
           6.0 * static_cast<double>(model.layerCount) * static_cast<double>(model.hiddenSize) * length;
}

Preflight computePreflight(const TrainJob& job, const Tokenizer& tokenizer, const ModelConfig& model,
                           const PreflightMachine& machine, const std::stop_token& stop) {
    static const std::vector<Record> kNone;
    if (!job.train || job.train->empty()) requireRows({kNone});
    checkTokenizerFits(tokenizer, model);
    const std::int64_t cutoff = cutoffInForce(job.settings.cutoff, model.contextLength);
    const ExampleSettings settings{cutoff, job.settings.trainOnPrompt};
    const ExampleSet train = buildExamples(*job.train, job.promptTemplate, tokenizer, settings, {}, stop);
    ExampleSet validation;
    if (job.validation) {
        validation = buildExamples(*job.validation, job.promptTemplate, tokenizer, settings, {}, stop);
    }

    Preflight found;
    found.cutoff = cutoff;
    found.trainRows = static_cast<std::int64_t>(train.examples.size());
    found.validationRows = static_cast<std::int64_t>(validation.examples.size());
    found.validationTakenFromTrain = job.validationTakenFromTrain;
    found.cutRows = train.cutRows;
    found.emptyRows = train.emptyRows;
    found.validationCutRows = validation.cutRows;
    found.validationEmptyRows = validation.emptyRows;
    found.tokensPerEpoch = train.tokenCount;
    for (const Example& example : train.examples)
        found.longestRow = std::max<std::int64_t>(found.longestRow, example.uncutLength);
    if (train.examples.empty()) return found;  // no run is possible; the empty rows say why

    const std::int64_t batchRows = std::max<std::int64_t>(1, job.settings.batchRows);
    const BatchSampler sampler(train.examples, batchRows, static_cast<std::uint64_t>(job.settings.seed),
                               mixtureOf(train.examples, *job.train, job.settings, found.unknownSources));
    found.plan = planSteps(job.settings, sampler.batchesPerEpoch());
    found.tokensPerEpoch = tokensOfEpoch(train, sampler.rowsPerEpoch());
    found.paddedTokensPerEpoch = paddedTokens(sampler);
    found.memory = estimateMemory(model, job.settings, microBatchTokens(train.examples, job.settings, cutoff),
                                  std::min(validation.tokenCount, kEvaluationTokens));
    found.heaviestTokens = microBatchTokens(train.examples, job.settings, cutoff);
    found.tokensPerSecond = rateOf(train, job.settings, model, machine);
    const RunWork work = workOf(found, validation, job);
    addTime(work, job, model, machine, found);
    // Of other rows it says how fast they are, but not what they need.
    if (found.secondsProbed && machine.probe->heaviestTokens >= found.heaviestTokens)
        found.probedPeakBytes = machine.probe->peakMemoryBytes;
    found.disk = estimateDisk(model, job.settings, work, found.seconds);
    found.diskBytes = found.disk.total();
    return found;
}

std::uint64_t availableMemoryBytes(const std::string& device) {
    if (const auto gpu = gpuOf(device)) {
        return freeGpuBytes(*gpu).value_or(0);
    }
    std::uint64_t available = 0;
    std::ifstream file("/proc/meminfo");
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("MemAvailable:", 0) == 0) available = std::stoull(line.substr(13)) * 1024;
    }
    // Control groups v2, as in containers and on clusters.
    const auto limit = numberInFile("/sys/fs/cgroup/memory.max");
    const auto used = numberInFile("/sys/fs/cgroup/memory.current");
    if (limit && used) {
        const std::uint64_t left = *limit > *used ? *limit - *used : 0;
        available = available == 0 ? left : std::min(available, left);
    }
    if (const auto left = leftOfAddressSpace())
        available = available == 0 ? *left : std::min(available, *left);
    return available;
}

}  // namespace studio
