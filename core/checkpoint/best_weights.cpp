// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/best_weights.h"

#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/tensor_bytes.h"
#include "core/formats/json.h"
#include "core/formats/safetensors.h"
#include "core/formats/sha256.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kWeights = "weights.safetensors";
constexpr const char* kState = "state.json";
constexpr const char* kName = "values";

constexpr const char* kPrefix = "best-";

[[noreturn]] void throwDamaged(const fs::path& folder) {
    throw Error(ErrorCode::WeightsInvalid, "The best weights in " + folder.string() + " are damaged.",
                "Check the disk.", {folder.string()});
}

}  // namespace

fs::path BestWeights::pathOf(std::int64_t step) const {
    return m_folder / (kPrefix + std::to_string(step));
}

void BestWeights::save(std::int64_t step, const Tensor& values, std::int64_t alsoKept) const {
    makeFolders(m_folder);
    {
        AtomicFolder folder(pathOf(step));
        const Tensor host = values.detach().to(at::kCPU).contiguous();
        writeSafetensors(folder.path() / kWeights, {{kName, TensorType::Float32, host.sizes().vec(),
                                                     static_cast<const std::byte*>(host.data_ptr())}});
        writeJsonFile(folder.path() / kState,
                      {{"step", step}, {"sha256", sha256File(folder.path() / kWeights)}});
        folder.commit();
    }
    std::vector<fs::path> older;
    std::error_code error;
    for (fs::directory_iterator entry(m_folder, error), end; !error && entry != end; entry.increment(error)) {
        const bool best = entry->path().filename().string().rfind(kPrefix, 0) == 0;
        if (best && entry->path() != pathOf(step) && entry->path() != pathOf(alsoKept))
            older.push_back(entry->path());
    }
    for (const fs::path& folder : older) fs::remove_all(folder, error);
}

bool BestWeights::load(std::int64_t step, const Tensor& values) const {
    const fs::path folder = pathOf(step);
    std::error_code ignored;
    if (!fs::exists(folder / kState, ignored)) return false;
    const OrderedJson state = readJsonFile(folder / kState);
    if (!state.is_object() || state.value("step", std::int64_t{-1}) != step ||
        state.value("sha256", std::string()) != sha256File(folder / kWeights))
        throwDamaged(folder);
    const SafetensorsFile file(folder / kWeights);
    if (!file.contains(kName) || file.tensors().at(kName).shape != values.sizes().vec() ||
        file.tensors().at(kName).type != TensorType::Float32)
        throwDamaged(folder);
    const at::NoGradGuard noGrad;
    copyFromBytes(file.data(kName), values);
    return true;
}

}  // namespace studio
