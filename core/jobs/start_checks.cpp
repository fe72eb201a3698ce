// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/start_checks.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "core/base/device_choice.h"
#include "core/base/error.h"
#include "core/config/frozen_names.h"
#include "core/config/name_patterns.h"
#include "core/data/example.h"
#include "core/text/unicode.h"

namespace studio {

namespace {

/// The decoder computes these as one product each, in this order.
constexpr std::initializer_list<std::initializer_list<const char*>> kTogether = {
    {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"}, {"mlp.gate_proj", "mlp.up_proj"}};

void checkTogether(const std::vector<std::string>& patterns, const ModelConfig& model) {
    const auto tensors = expectedTensors(model);
    for (std::int64_t layer = 0; layer < model.layerCount; ++layer) {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".";
        for (const auto& product : kTogether) {
            for (const char* kind : {".weight", ".bias"}) {
                std::vector<std::string> names;
                for (const char* part : product)
                    if (tensors.contains(prefix + part + kind)) names.push_back(prefix + part + kind);
                frozenTogether(patterns, names);
            }
        }
    }
}

}  // namespace

void checkDevice(const TrainSettings& settings, const DeviceList& devices) {
    // The engine knows the devices, and costs a third of a second: most settings do not need it.
    const bool automatic = settings.device == "auto";
    const bool asked = settings.device != "cpu" && (!automatic || settings.precision == "float16");
    const std::vector<std::string> known = asked ? devices() : std::vector<std::string>{"cpu"};
    checkPrecision(settings.precision, chosenDevice(settings.device, known));
}

void checkTrainedPart(const TrainSettings& settings, const ModelConfig& model) {
    const std::vector<std::string> patterns = commaList(settings.freeze);
    if (settings.method == "lora" || patterns.empty()) return;
    checkTogether(patterns, model);
    std::vector<std::string> names;
    for (const auto& tensor : expectedTensors(model)) names.push_back(tensor.first);
    checkFrozen(patterns, std::move(names));
}

void checkTemplateFits(const TrainJob& job) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point end = Clock::now() + kTrialTime;
    for (const auto& rows : {job.train, job.validation}) {
        if (!rows) continue;
        std::size_t tried = 0;
        for (const Record& record : *rows) {
            if (record.kind != RecordKind::Pair) continue;  // what is wrong with it is not the template
            rowTexts(record, job.promptTemplate);
            if (++tried >= kRowsTried && Clock::now() >= end) break;
        }
    }
}

void checkTokenizerFits(const Tokenizer& tokenizer, const ModelConfig& model) {
    if (tokenizer.vocabSize() <= model.vocabSize) return;
    const std::string tokens = std::to_string(tokenizer.vocabSize()), rows = std::to_string(model.vocabSize);
    throw Error(ErrorCode::TokenizerInvalid,
                "The tokenizer has " + tokens + " tokens, and the model has embeddings for " + rows + ".",
                "Put the tokenizer into the folder that belongs to this model.",
                {"", "tokenizer_size", tokens, rows});
}

void checkStart(const TrainJob& job, const ModelConfig& model, const Tokenizer& tokenizer,
                const DeviceList& devices) {
    throwIfAny(validate(job.settings));
    checkTokenizerFits(tokenizer, model);
    checkDevice(job.settings, devices);
    checkTrainedPart(job.settings, model);
    checkWeights(model, WeightFiles(job.modelFolder));
    checkTemplateFits(job);
}

void requireRows(const UsableRows& rows) {
    if (rows.usable > 0) return;
    if (rows.all.empty()) {
        throw Error(ErrorCode::NoTrainingRows, "There are no accepted rows in the train split.",
                    "Import instruction-response pairs, or put rows into the train split.");
    }
    const bool allBlank = std::all_of(rows.all.begin(), rows.all.end(),
                                      [](const Record& record) { return trimmed(record.output).empty(); });
    if (allBlank) {
        throw Error(ErrorCode::NoTrainingRows, "No row of the train split has a response.",
                    "Write responses, or put rows that have one into the train split.");
    }
    const std::string count = std::to_string(rows.all.size()), cutoff = std::to_string(rows.cutoff);
    throw Error(ErrorCode::NoLabels,
                (rows.all.size() == 1 ? std::string("The only row has no response")
                                      : "None of the " + count + " rows has a response") +
                    " within the cutoff of " + cutoff + " tokens.",
                rows.cutoff < rows.contextLength
                    ? "Raise the cutoff."
                    : "Shorten the rows, or choose a model with a longer context.",
                {count, cutoff});
}

std::string unknownSourceText(const std::string& source) {
    return "No train row comes from " + source + ", which the mixture names.";
}

std::string unreadInstructionsText(const TrainJob& job) {
    if (!job.train || !job.promptTemplate.isChat()) return {};
    std::size_t tried = 0;
    for (const Record& record : *job.train) {
        const std::string_view words = trimmed(record.instruction);  // white space may be the template's
        if (record.kind != RecordKind::Pair || words.empty()) continue;
        if (rowTexts(record, job.promptTemplate).prompt.find(words) != std::string::npos) return {};
        if (++tried == kRowsTried) break;
    }
    if (tried == 0) return {};
    return "The chat template leaves out the instructions of the rows, or changes them: the model does not "
           "read them as they were written.";
}

}  // namespace studio
