// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/weight_writer.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/checkpoint/stored_tensors.h"
#include "core/checkpoint/weight_layouts.h"
#include "core/formats/finite_weights.h"
#include "core/formats/weight_names.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr std::size_t kPieceBytes = 8U << 20;

/// Rounded to the type; what is a number must stay one.
Tensor rounded(const Tensor& tensor, TensorType type, const std::string& name) {
    if (type == TensorType::Float32) return tensor;
    Tensor narrow = tensor.to(scalarType(type));
    if (type == TensorType::Float16 && (at::isfinite(tensor) != at::isfinite(narrow)).any().item<bool>()) {
        throw Error(ErrorCode::WeightsInvalid,
                    "The tensor " + name + " has numbers beyond what float16 can hold (65504).",
                    "Save it as bfloat16 or float32.", {name});
    }
    return narrow;
}

/// Contiguous, on the CPU, in the family's layout: as it is written.
Tensor tensorToSave(const Parameter& parameter, std::int64_t heads, TensorType type) {
    const at::NoGradGuard noGrad;
    const Tensor own = parameter.tensor.detach().to(at::kCPU, at::kFloat);
    return rounded(toStored(own, parameter.layout, heads), type, parameter.name).contiguous();
}

std::vector<TensorOutline> outlinesOf(const Decoder& model, TensorType type) {
    std::vector<TensorOutline> outlines;
    for (const Parameter& parameter : model.parameters())
        outlines.push_back(
            {parameter.name, type, storedShape(parameter.layout, parameter.tensor.sizes().vec())});
    return outlines;
}

}  // namespace

std::vector<std::string> writeWeights(const Decoder& model, TensorType type, const fs::path& file,
                                      const ProgressFunction& progress, const std::stop_token& stop) {
    std::map<std::string_view, const Parameter*> parameters;
    for (const Parameter& parameter : model.parameters()) parameters[parameter.name] = &parameter;
    SafetensorsWriter writer(file, outlinesOf(model, type));
    Progress done{0, static_cast<std::int64_t>(writer.dataBytes())};
    std::vector<std::string> notFinite;
    for (const TensorOutline& outline : writer.inOrder()) {
        throwIfStopped(stop);
        const Tensor tensor = translateTorchErrors("saving a model", [&] {
            return tensorToSave(*parameters.at(outline.name), model.config().headCount, type);
        });
        std::string_view bytes(static_cast<const char*>(tensor.data_ptr()), tensor.nbytes());
        bool finite = true;
        while (!bytes.empty()) {
            throwIfStopped(stop);
            const std::string_view piece = bytes.substr(0, kPieceBytes);
            writer.appendChecked(piece);
            finite = finite && !holdsNonFinite(piece, type);
            bytes.remove_prefix(piece.size());
            done.done += static_cast<std::int64_t>(piece.size());
            if (progress) progress(done);
        }
        if (!finite) notFinite.push_back(outline.name);
    }
    throwIfStopped(stop);
    writer.commit();
    return notFinite;
}

}  // namespace studio
