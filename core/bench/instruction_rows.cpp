// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/instruction_rows.h"

#include <cstdlib>

#include "core/base/files.h"
#include "core/data/import.h"
#include "core/text/prompt_template.h"
#include "core/tokenizer/tokenizer.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr std::int64_t kLlamaVocabulary = 32000;

/// Empty where there are no assets, or not this one.
fs::path asset(const fs::path& relative) {
    const char* folder = std::getenv("STUDIO_ASSETS");
    if (!folder || !*folder) return {};
    std::error_code ignored;
    const fs::path path = fs::path(folder) / relative;
    return fs::exists(path, ignored) ? path : fs::path();
}

std::vector<std::int64_t> lengths(const PackedBatch& batch) {
    std::vector<std::int64_t> result;
    for (std::size_t row = 0; row + 1 < batch.boundaries.size(); ++row)
        result.push_back(batch.boundaries[row + 1] - batch.boundaries[row]);
    return result;
}

double emptyShare(const std::vector<PackedBatch>& batches, bool padded) {
    std::int64_t real = 0, all = 0;
    for (const PackedBatch& batch : batches) {
        for (const std::int64_t length : lengths(batch)) {
            real += length;
            if (padded) all += batch.longest;
        }
        if (!padded) all += static_cast<std::int64_t>(batch.ids.size());
    }
    return all > 0 ? 1.0 - static_cast<double>(real) / static_cast<double>(all) : 0.0;
}

}  // namespace

InstructionRows instructionRows(std::int64_t vocabSize, const std::stop_token& stop) {
    const fs::path demo = asset("datasets/alpaca_en_demo.json");
    fs::path tokenizer = vocabSize >= kLlamaVocabulary ? asset("tokenizers/llama2") : fs::path();
    if (tokenizer.empty()) tokenizer = resourcePath("embedded/base-model");
    const auto records =
        importRecords(demo.empty() ? resourcePath("sample/countries_train.json") : demo, "auto", {}, stop)
            .records;
    InstructionRows rows;
    rows.name = demo.empty() ? "sample pairs" : "Alpaca demo";
    rows.examples =
        buildExamples(records, findTemplate("alpaca"), *loadTokenizer(tokenizer), {512, false}, {}, stop)
            .examples;
    return rows;
}

Json rowsApart(const std::vector<PackedBatch>& batches) {
    Json all = Json::array();
    for (const PackedBatch& batch : batches) {
        Json ids = Json::array(), labels = Json::array();
        for (std::size_t row = 0; row + 1 < batch.boundaries.size(); ++row) {
            const auto begin = batch.boundaries[row], end = batch.boundaries[row + 1];
            ids.push_back(std::vector(batch.ids.begin() + begin, batch.ids.begin() + end));
            labels.push_back(std::vector(batch.labels.begin() + begin, batch.labels.begin() + end));
        }
        all.push_back({{"ids", ids}, {"labels", labels}});
    }
    return all;
}

double packedPaddingShare(const std::vector<PackedBatch>& batches) {
    return emptyShare(batches, false);
}

double paddedPaddingShare(const std::vector<PackedBatch>& batches) {
    return emptyShare(batches, true);
}

}  // namespace studio
