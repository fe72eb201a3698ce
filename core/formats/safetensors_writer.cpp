// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/formats/json.h"
#include "core/formats/quoted.h"
#include "core/formats/safetensors.h"

namespace studio {

namespace {

std::uint64_t byteCount(const TensorOutline& tensor) {
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

std::vector<TensorOutline> inFileOrder(std::vector<TensorOutline> tensors) {
    // Wide elements first, so that every tensor is aligned to its element size.
    std::sort(tensors.begin(), tensors.end(), [](const TensorOutline& a, const TensorOutline& b) {
        const std::size_t wide = tensorTypeBytes(a.type);
        const std::size_t other = tensorTypeBytes(b.type);
        return wide != other ? wide > other : a.name < b.name;
    });
    const auto twice = std::adjacent_find(tensors.begin(), tensors.end(),
                                          [](const auto& a, const auto& b) { return a.name == b.name; });
    if (tensors.empty() || twice != tensors.end()) {
        throw Error(ErrorCode::Internal,
                    tensors.empty() ? "There is no tensor to write."
                                    : "The tensor " + inQuotes(twice->name) + " is to be written twice.",
                    "Report this as a bug.");
    }
    return tensors;
}

std::uint64_t byteCount(const std::vector<TensorOutline>& tensors) {
    std::uint64_t sum = 0;
    for (const TensorOutline& tensor : tensors) sum += byteCount(tensor);
    return sum;
}

/// The length of the header, and the header.
std::string headerBytes(const std::vector<TensorOutline>& ordered) {
    OrderedJson header = {{"__metadata__", {{"format", "pt"}}}};
    auto& members = header.get_ref<OrderedJson::object_t&>();
    std::uint64_t offset = 0;
    for (const TensorOutline& tensor : ordered) {
        const std::uint64_t end = offset + byteCount(tensor);
        OrderedJson entry;
        entry["dtype"] = tensorTypeName(tensor.type);
        entry["shape"] = tensor.shape;
        entry["data_offsets"] = {offset, end};
        members.emplace_back(tensor.name, std::move(entry));
        offset = end;
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t length = text.size();
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes + text;
}

}  // namespace

SafetensorsWriter::SafetensorsWriter(const std::filesystem::path& path, std::vector<TensorOutline> tensors)
    : m_tensors(inFileOrder(std::move(tensors))), m_expected(byteCount(m_tensors)), m_file(path) {
    m_file.appendChecked(headerBytes(m_tensors));
}

void SafetensorsWriter::append(std::string_view bytes) {
    m_file.append(bytes);
    m_written += bytes.size();
}

void SafetensorsWriter::appendChecked(std::string_view bytes) {
    m_file.appendChecked(bytes);
    m_written += bytes.size();
}

void SafetensorsWriter::commit() {
    if (m_written != m_expected) {
        throw Error(ErrorCode::Internal,
                    "The tensors have " + std::to_string(m_written) + " bytes, and the header speaks of " +
                        std::to_string(m_expected) + ".",
                    "Report this as a bug.");
    }
    m_file.commit();
}

void writeSafetensors(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors) {
    std::vector<TensorOutline> outlines;
    std::map<std::string_view, const std::byte*> bytes;
    for (const TensorToWrite& tensor : tensors) {
        outlines.push_back({tensor.name, tensor.type, tensor.shape});
        bytes[tensor.name] = tensor.data;
    }
    SafetensorsWriter writer(path, std::move(outlines));
    for (const TensorOutline& tensor : writer.inOrder())
        writer.append({reinterpret_cast<const char*>(bytes.at(tensor.name)), byteCount(tensor)});
    writer.commit();
}

}  // namespace studio
