// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/best_weights.h"

#include <cstring>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/formats/safetensors.h"
#include "core/formats/sha256.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kWeights = "weights.safetensors";
constexpr const char* kState = "state.json";
constexpr const char* kName = "values";

[[noreturn]] void throwDamaged(const fs::path& folder) {
    throw Error(ErrorCode::WeightsInvalid, "The best weights in " + folder.string() + " are damaged.",
                "Train again, or go on without them by clearing keep_best.", {folder.string()});
}

}  // namespace

void BestWeights::save(std::int64_t step, const Tensor& values) const {
    makeFolders(m_folder.parent_path());
    AtomicFolder folder(m_folder);
    const Tensor host = values.detach().to(at::kCPU).contiguous();
    writeSafetensors(folder.path() / kWeights, {{kName, TensorType::Float32, host.sizes().vec(),
                                                 static_cast<const std::byte*>(host.data_ptr())}});
    writeJsonFile(folder.path() / kState, {{"step", step}, {"sha256", sha256File(folder.path() / kWeights)}});
    folder.commit();
}

bool BestWeights::load(std::int64_t step, const Tensor& values) const {
    std::error_code ignored;
    if (!fs::exists(m_folder / kState, ignored)) return false;
    const OrderedJson state = readJsonFile(m_folder / kState);
    if (!state.is_object() || state.value("step", std::int64_t{-1}) != step) return false;
    if (state.value("sha256", std::string()) != sha256File(m_folder / kWeights)) throwDamaged(m_folder);
    const SafetensorsFile file(m_folder / kWeights);
    if (!file.contains(kName) || file.tensors().at(kName).shape != values.sizes().vec() ||
        file.tensors().at(kName).type != TensorType::Float32)
        throwDamaged(m_folder);
    const at::NoGradGuard noGrad;
    Tensor host = at::empty(values.sizes(), at::kFloat);
    std::memcpy(host.data_ptr(), file.data(kName), host.nbytes());
    Tensor(values).copy_(host);
    return true;
}

}  // namespace studio
