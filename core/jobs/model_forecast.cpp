// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/model_forecast.h"

#include <algorithm>

#include "core/base/compute_limits.h"
#include "core/data/batch.h"
#include "core/data/example.h"
#include "core/formats/weight_names.h"
#include "core/jobs/training_size.h"

namespace studio {

namespace {

constexpr double kInt8WeightBytes = 1.0 + 2.0 / 32.0;  // the code, and a scale of 16 bits for 32 of them
constexpr double kFloat = 4.0, kHalf = 2.0;
/// Less than of a training: no backward pass, no second work space. Measured by `finetune bench forecast`.
constexpr std::uint64_t kAnsweringProgramBytes = 190'000'000;

/// Numbers of a model's weights, by what they are used for.
struct WeightCounts {
    double factors = 0.0;  ///< of the matrices that every token is multiplied with
    double tables = 0.0;   ///< of those that rows are taken out of; a tied embedding is among both
    double others = 0.0;   ///< norms and biases
};

WeightCounts countWeights(const ModelConfig& model) {
    const auto hidden = static_cast<double>(model.hiddenSize);
    const double embedding = static_cast<double>(model.vocabSize) * hidden;
    WeightCounts counts;
    counts.factors = embedding;
    counts.tables =
        embedding + (model.learnedPositions ? static_cast<double>(model.contextLength) * hidden : 0.0);
    for (std::int64_t layer = 0; layer < model.layerCount; ++layer) {
        const BlockWeights block = blockWeights(model, layer);
        for (const LinearWeights* weights : {&block.queryKeyValue, &block.output, &block.wide, &block.down})
            for (const NamedRows& rows : weights->outputs)
                counts.factors += static_cast<double>(rows.rows) * static_cast<double>(weights->inputs);
    }
    const double twice = model.tiedEmbeddings ? embedding : 0.0;
    counts.others = static_cast<double>(model.parameterCount()) - (counts.factors + counts.tables - twice);
    return counts;
}

/// Bytes of the weights of a model that answers (Decoder's TrainedPart::answersFrom).
double answeringWeights(const ModelConfig& model, const std::string& precision, bool gpu) {
    const WeightCounts counts = countWeights(model);
    const auto all = static_cast<double>(model.parameterCount());
    const double copies = precision == "int8" ? kInt8WeightBytes * counts.factors : 0.0;
    // On a GPU each matrix is rounded when it is used; the head is the largest.
    if (gpu)
        return kFloat * all + (precision == "float32"
                                   ? 0.0
                                   : kHalf * static_cast<double>(model.vocabSize * model.hiddenSize));
    const bool rounds = precision != "float32" && precision != "int8";
    // Without kernels for it all is kept in float32, and rounded once more for decoding.
    if (rounds && !cpuMultipliesBfloat16()) return kFloat * all + kHalf * counts.factors;
    if (model.storedType == TensorType::BFloat16 || (!rounds && model.storedType == TensorType::Float16))
        return kHalf * (all - counts.others) + kFloat * counts.others + copies;
    if (!rounds) return kFloat * all + copies;
    return kHalf * counts.factors + kFloat * (counts.tables + counts.others);
}

std::string precisionOf(const ModelConfig& model, const ForecastLoad& load, const std::string& device) {
    if (load.precision != "auto") return load.precision;
    TrainSettings settings;
    settings.device = device;
    return computeNames(model, settings).precision;
}

/// Bytes that the longest prompt has in the memory at once while its keys and values are computed.
double promptBytes(const ModelConfig& model, double tokens) {
    const auto hidden = static_cast<double>(model.hiddenSize),
               wide = static_cast<double>(model.intermediateSize);
    const auto heads = static_cast<double>((model.headCount + 2 * model.keyValueHeadCount) * model.headSize);
    const double attention = heads + 3.0 * static_cast<double>(model.headCount * model.headSize);
    const double mlp = (model.gelu ? 2.0 : 3.0) * wide;
    return kFloat * tokens * (3.0 * hidden + std::max(attention, mlp)) + kFloat * tokens * tokens;
}

std::uint64_t bytes(double count) {
    return static_cast<std::uint64_t>(std::max(0.0, count));
}

}  // namespace

std::vector<MemoryDevice> memoryDevices() {
    std::vector<MemoryDevice> devices;
    for (const std::string& name : engineDevices()) devices.push_back({name, availableMemoryBytes(name)});
    return devices;
}

const char* memoryFitName(MemoryFit fit) {
    switch (fit) {
        case MemoryFit::Fits:
            return "fits";
        case MemoryFit::Tight:
            return "tight";
        case MemoryFit::TooLarge:
            return "too_large";
        case MemoryFit::Unknown:
            break;
    }
    return "unknown";
}

MemoryFit memoryFit(std::uint64_t needed, std::uint64_t free) {
    if (free == 0) return MemoryFit::Unknown;
    if (needed > free) return MemoryFit::TooLarge;
    const bool fits = static_cast<double>(needed) <= kTightShare * static_cast<double>(free);
    return fits ? MemoryFit::Fits : MemoryFit::Tight;
}

TrainSettings forecastSettings(const std::string& method, const ForecastLoad& load,
                               const std::string& device) {
    TrainSettings settings;
    settings.method = method;
    settings.batchRows = load.rows;
    settings.cutoff = load.length;
    settings.device = device;
    return settings;
}

MemoryEstimate estimateAnswering(const ModelConfig& model, const ForecastLoad& load,
                                 const std::string& device) {
    const bool gpu = gpuOf(device).has_value();
    const auto length = static_cast<double>(cutoffInForce(load.length, model.contextLength));
    // Answers wait for their turn where keys and values of all of them would be too many.
    const double cached = 2.0 * static_cast<double>(model.layerCount) *
                          static_cast<double>(model.keyValueHeadCount * model.headSize) * kFloat * length;
    const double all = cached * static_cast<double>(load.rows);
    const double most = std::max(cached, static_cast<double>(kCachedBytesAtOnce));
    MemoryEstimate memory;
    memory.weights = bytes(answeringWeights(model, precisionOf(model, load, device), gpu));
    const double atOnce = std::min(static_cast<double>(load.rows), static_cast<double>(kAnswersAtOnce));
    const double scores = kFloat * static_cast<double>(model.vocabSize) * atOnce;
    const auto rotary =
        2.0 * kFloat * static_cast<double>(model.contextLength) * static_cast<double>(model.rotated()) / 2.0;
    memory.activations = bytes(std::min(all, most) + std::max(promptBytes(model, length), scores) + rotary);
    memory.program = gpu ? programBytes(device) : kAnsweringProgramBytes;
    return memory;
}

ModelForecast forecastMemory(const ModelConfig& model, const ForecastLoad& load, const MemoryDevice& device) {
    ModelForecast forecast;
    forecast.length = cutoffInForce(load.length, model.contextLength);
    const auto with = [&](const MemoryEstimate& memory) {
        return UseForecast{memory, memoryFit(memory.total(), device.freeBytes)};
    };
    const auto training = [&](const char* method) {
        return with(estimateMemory(model, forecastSettings(method, load, device.name),
                                   load.rows * forecast.length, kEvaluationTokens));
    };
    forecast.answering = with(estimateAnswering(model, load, device.name));
    forecast.lora = training("lora");
    forecast.full = training("full");
    return forecast;
}

ModelForecast forecastAdapter(const ModelConfig& base, std::int64_t numbers, const ForecastLoad& load,
                              const MemoryDevice& device) {
    ModelForecast forecast;
    forecast.length = cutoffInForce(load.length, base.contextLength);
    forecast.trains = false;
    MemoryEstimate& memory = forecast.answering.memory;
    memory = estimateAnswering(base, load, device.name);
    const bool rounded =
        !gpuOf(device.name) && cpuMultipliesBfloat16() && precisionOf(base, load, device.name) == "bfloat16";
    memory.weights += bytes((rounded ? kFloat + kHalf : kFloat) * static_cast<double>(numbers));
    forecast.answering.fit = memoryFit(memory.total(), device.freeBytes);
    return forecast;
}

}  // namespace studio
