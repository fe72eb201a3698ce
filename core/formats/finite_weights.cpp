// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/finite_weights.h"

#include <cstdint>
#include <cstring>
#include <memory>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/formats/adapter_files.h"
#include "core/formats/quoted.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// Whether one of the numbers has all of these bits, those of its exponent: as NaN and infinity have, and no
/// other number. Without a way out in the middle, which would keep the compiler from taking many at once.
template <typename Word>
bool anyHasAll(std::string_view bytes, Word bits) {
    bool found = false;
    for (std::size_t at = 0; at + sizeof(Word) <= bytes.size(); at += sizeof(Word)) {
        Word word = 0;
        std::memcpy(&word, bytes.data() + at, sizeof word);
        found |= (word & bits) == bits;
    }
    return found;
}

}  // namespace

bool holdsNonFinite(std::string_view bytes, TensorType type) {
    switch (type) {
        case TensorType::Float16:
            return anyHasAll<std::uint16_t>(bytes, 0x7C00U);
        case TensorType::BFloat16:
            return anyHasAll<std::uint16_t>(bytes, 0x7F80U);
        case TensorType::Float32:
            break;
    }
    return anyHasAll<std::uint32_t>(bytes, 0x7F800000U);
}

std::vector<std::string> tensorsNotFinite(const WeightFile& weights, const std::stop_token& stop) {
    std::vector<std::string> names;
    for (const auto& [name, entry] : weights.tensors()) {
        throwIfStopped(stop);
        const auto* data = reinterpret_cast<const char*>(weights.data(name));
        if (holdsNonFinite({data, static_cast<std::size_t>(entry.end - entry.begin)}, entry.type))
            names.push_back(name);
        weights.letGo(name);
    }
    return names;
}

void checkAdapterFinite(const fs::path& folder) {
    const std::unique_ptr<WeightFile> weights = openAdapterWeights(folder);
    const std::vector<std::string> bad = tensorsNotFinite(*weights);
    if (bad.empty()) return;
    const std::string file = weights->path().string();
    throw Error(ErrorCode::WeightsInvalid,
                file + ": the tensor " + inQuotes(bad.front()) + " holds NaN or infinity.",
                "Get the adapter again, or train it again with a lower learning rate.",
                {file, "adapter_not_finite", bad.front()});
}

}  // namespace studio
