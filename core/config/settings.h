// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/config/field.h"

namespace studio {

/// How one training run is carried out. Defaults suit a small model on a CPU.
struct TrainSettings {
    std::string method = "full";  ///< "full" or "lora" (Hu et al. 2021)
    std::int64_t loraRank = 8;
    double loraAlpha = 16.0;          ///< the adapter's output is multiplied by alpha / rank
    double loraDropout = 0.0;         ///< of the adapters' inputs while training
    bool loraRankStabilized = false;  ///< alpha / sqrt(rank) instead (rsLoRA, Kalajdzievski 2023)
    std::string loraTargets = "all";  ///< "all", "attention", "mlp", or names such as "q_proj,v_proj"
    std::string freeze;               ///< patterns of parameter names that are not trained; see matchNames()
    double epochs = 3.0;              ///< passes over the train rows; ignored when maxSteps > 0
    std::int64_t maxSteps = 0;        ///< optimizer steps; 0 = by epochs
    double learningRate = 5e-4;
    std::string schedule = "cosine";    ///< "constant", "linear", "cosine" (to minLearningRateShare)
    double warmupShare = 0.03;          ///< share of all steps
    std::int64_t warmupSteps = 0;       ///< > 0: instead of the share
    double minLearningRateShare = 0.0;  ///< where linear and cosine end, as a share of the peak
    std::int64_t batchRows = 16;        ///< rows in one micro-batch
    std::int64_t accumulation = 1;      ///< micro-batches in one optimizer step
    std::int64_t batchTokens = 0;       ///< most tokens of one micro-batch (0: as many as its rows have)
    bool gradientCheckpointing =
        false;                        ///< blocks are computed again in the backward pass (Chen et al. 2016)
    std::int64_t cutoff = 512;        ///< longest row in tokens; longer rows are cut and counted
    bool trainOnPrompt = false;       ///< also learn the prompt's tokens
    std::string mixture;              ///< "source=weight,…": how often rows of a source come in an epoch
    double labelSmoothing = 0.0;      ///< Szegedy et al. 2016
    double neftuneAlpha = 0.0;        ///< noise on embeddings (Jain et al. 2023); 0 = off
    std::string optimizer = "adamw";  ///< "adamw", "adamw8bit" (Dettmers et al. 2022), "sgd"
    double momentum = 0.9;            ///< of SGD
    double weightDecay = 0.0;         ///< decoupled; none on norms and biases
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double clipNorm = 1.0;             ///< 0 = no clipping
    std::int64_t evaluateEvery = 0;    ///< steps; 0 = about ten times a run
    bool keepBest = false;             ///< the model saved is that of the best evaluation loss
    std::int64_t patience = 0;         ///< evaluations without a better one that end the run; 0 = off
    std::int64_t sampleEvery = 0;      ///< steps between answers to fixed prompts; 0 = none
    std::int64_t checkpointEvery = 0;  ///< steps; 0 = every five minutes
    std::int64_t keepCheckpoints = 2;  ///< the newest ones, besides the best
    std::int64_t seed = 42;
    std::string device = "auto";     ///< auto | cpu | cuda | cuda:i
    std::string precision = "auto";  ///< auto | float32 | bfloat16 | float16
    std::int64_t threads = 0;        ///< 0 = all the process may use
};

/// How answers are generated.
struct GenerateSettings {
    std::int64_t maxNewTokens = 128;
    double temperature = 0.0;        ///< 0 = greedy
    std::int64_t topK = 0;           ///< 0 = off
    double topP = 1.0;               ///< 1 = off
    double repetitionPenalty = 1.0;  ///< as in CTRL (Keskar et al. 2019); 1 = off
    std::int64_t seed = 42;
    std::vector<std::string> stop;  ///< generation ends before the first of these; not in the field table
};

/// A model that is made from nothing: `arch.json` of `finetune pretrain`, and the tokenizer trained with it.
struct ArchitectureSettings {
    std::int64_t vocabSize = 1600;
    std::int64_t hiddenSize = 160;
    std::int64_t intermediateSize = 432;
    std::int64_t layerCount = 4;
    std::int64_t headCount = 5;
    std::int64_t keyValueHeadCount = 5;
    std::int64_t contextLength = 256;
    double ropeTheta = 10000.0;
    double normEpsilon = 1e-5;
    bool tiedEmbeddings = true;
    double initializerRange = 0.02;
};

const std::vector<Field>& trainFields();
/// The row of that name. Throws SettingInvalid where there is none.
const Field& trainField(const std::string& name);
/// Whether a setting changes anything in a run with these settings (Field::onlyWith).
bool fieldApplies(const TrainSettings& settings, const Field& field);
/// The names of the fields whose values are not the same, in the order of the table.
std::vector<std::string> changedFields(const TrainSettings& settings, const TrainSettings& base);
const std::vector<Field>& generateFields();
const std::vector<Field>& architectureFields();

/// Reads and writes one setting by its field name. setValue converts between integer and real where nothing
/// is lost; throws Error SettingInvalid for an unknown name or a wrong type.
FieldValue value(const TrainSettings& settings, const std::string& field);
void setValue(TrainSettings& settings, const std::string& field, const FieldValue& value);
FieldValue value(const GenerateSettings& settings, const std::string& field);
void setValue(GenerateSettings& settings, const std::string& field, const FieldValue& value);
FieldValue value(const ArchitectureSettings& settings, const std::string& field);
void setValue(ArchitectureSettings& settings, const std::string& field, const FieldValue& value);

/// Everything that is wrong, at once; empty when all is well. Also the rules between fields.
std::vector<FieldIssue> validate(const TrainSettings& settings);
std::vector<FieldIssue> validate(const GenerateSettings& settings);
std::vector<FieldIssue> validate(const ArchitectureSettings& settings);

/// JSON with one key a field (and "stop" for generation, which no table row describes). Reading ignores
/// nothing: unknown keys and wrong types are issues, all returned; right keys are taken, absent ones keep
/// their value. Ranges are checked by validate().
nlohmann::ordered_json toJson(const TrainSettings& settings);
nlohmann::ordered_json toJson(const GenerateSettings& settings);
nlohmann::ordered_json toJson(const ArchitectureSettings& settings);
std::vector<FieldIssue> fromJson(const nlohmann::ordered_json& json, TrainSettings& settings);
std::vector<FieldIssue> fromJson(const nlohmann::ordered_json& json, GenerateSettings& settings);
std::vector<FieldIssue> fromJson(const nlohmann::ordered_json& json, ArchitectureSettings& settings);

/// "key=value" of --set. The text is read by the field's kind. Throws SettingInvalid naming the field, its
/// range and, for an unknown name, the nearest known one.
void applyAssignment(TrainSettings& settings, const std::string& assignment);
void applyAssignment(GenerateSettings& settings, const std::string& assignment);
void applyAssignment(ArchitectureSettings& settings, const std::string& assignment);

/// One Error SettingInvalid that says all issues; throws only when there are any.
void throwIfAny(const std::vector<FieldIssue>& issues);

}  // namespace studio
