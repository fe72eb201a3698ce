// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/formats/quoted.h"
#include "core/formats/safetensors.h"

namespace studio {

namespace {

std::uint64_t byteCount(const TensorToWrite& tensor) {
    std::uint64_t bytes = tensorTypeBytes(tensor.type);
    for (const std::int64_t size : tensor.shape) {
        if (size < 0 || __builtin_mul_overflow(bytes, static_cast<std::uint64_t>(size), &bytes)) {
            throw Error(ErrorCode::Internal,
                        "The tensor " + inQuotes(tensor.name) + " has an impossible shape.",
                        "Report this as a bug.", {tensor.name});
        }
    }
    return bytes;
}

std::vector<const TensorToWrite*> inFileOrder(const std::vector<TensorToWrite>& tensors) {
    std::vector<const TensorToWrite*> ordered;
    for (const TensorToWrite& tensor : tensors) ordered.push_back(&tensor);
    // Wide elements first, so that every tensor is aligned to its element size.
    std::sort(ordered.begin(), ordered.end(), [](const TensorToWrite* a, const TensorToWrite* b) {
        const std::size_t wide = tensorTypeBytes(a->type);
        const std::size_t other = tensorTypeBytes(b->type);
        return wide != other ? wide > other : a->name < b->name;
    });
    const auto twice = std::adjacent_find(ordered.begin(), ordered.end(),
                                          [](const auto* a, const auto* b) { return a->name == b->name; });
    if (tensors.empty() || twice != ordered.end()) {
        throw Error(ErrorCode::Internal,
                    tensors.empty() ? "There is no tensor to write."
                                    : "The tensor " + inQuotes((*twice)->name) + " is to be written twice.",
                    "Report this as a bug.");
    }
    return ordered;
}

std::string headerText(const std::vector<const TensorToWrite*>& ordered) {
    OrderedJson header = {{"__metadata__", {{"format", "pt"}}}};
    auto& members = header.get_ref<OrderedJson::object_t&>();
    std::uint64_t offset = 0;
    for (const TensorToWrite* tensor : ordered) {
        const std::uint64_t end = offset + byteCount(*tensor);
        OrderedJson entry;
        entry["dtype"] = tensorTypeName(tensor->type);
        entry["shape"] = tensor->shape;
        entry["data_offsets"] = {offset, end};
        members.emplace_back(tensor->name, std::move(entry));
        offset = end;
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    return text;
}

}  // namespace

void writeSafetensors(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors) {
    const std::vector<const TensorToWrite*> ordered = inFileOrder(tensors);
    const std::string header = headerText(ordered);
    const std::uint64_t length = header.size();
    char lengthBytes[8];
    std::memcpy(lengthBytes, &length, sizeof lengthBytes);

    AtomicFile file(path);
    file.append({lengthBytes, sizeof lengthBytes});
    file.append(header);
    for (const TensorToWrite* tensor : ordered) {
        file.append({reinterpret_cast<const char*>(tensor->data), byteCount(*tensor)});
    }
    file.commit();
}

}  // namespace studio
