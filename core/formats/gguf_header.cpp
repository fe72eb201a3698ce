// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the header of core/formats/gguf_file.h.
#include <cstring>

#include "core/formats/gguf_file.h"

namespace studio {

namespace {

static_assert(std::is_same_v<std::variant_alternative_t<8, GgufValue>, std::string> &&
                  std::is_same_v<std::variant_alternative_t<9, GgufValue>, GgufArray> &&
                  std::is_same_v<std::variant_alternative_t<12, GgufValue>, double>,
              "the alternatives stand in the order of the format's type numbers");

constexpr std::uint32_t kVersion = 3;
constexpr std::uint32_t kStringType = 8, kFloatType = 6, kInt32Type = 5, kUint32Type = 4;

/// Appends what the format is made of.
class HeaderBytes {
public:
    template <typename Number>
    void number(Number value) {
        char bytes[sizeof value];
        std::memcpy(bytes, &value, sizeof value);
        m_bytes.append(bytes, sizeof bytes);
    }
    void text(const std::string& text) {
        number(static_cast<std::uint64_t>(text.size()));
        m_bytes += text;
    }
    void value(const GgufValue& value) {
        number(static_cast<std::uint32_t>(value.index()));
        std::visit([this](const auto& one) { add(one); }, value);
    }
    void magic() { m_bytes += "GGUF"; }
    std::string padded() && {
        m_bytes.append((kGgufAlignment - m_bytes.size() % kGgufAlignment) % kGgufAlignment, '\0');
        return std::move(m_bytes);
    }

private:
    template <typename Number>
    void add(Number value) {
        number(value);
    }
    void add(const std::string& value) { text(value); }
    void add(const GgufArray& array) {
        std::visit([this](const auto& list) { addList(list); }, array);
    }
    void addList(const std::vector<std::string>& list) {
        begin(kStringType, list.size());
        for (const std::string& one : list) text(one);
    }
    void addList(const std::vector<float>& list) { addNumbers(kFloatType, list); }
    void addList(const std::vector<std::int32_t>& list) { addNumbers(kInt32Type, list); }
    void addList(const std::vector<std::uint32_t>& list) { addNumbers(kUint32Type, list); }
    template <typename Number>
    void addNumbers(std::uint32_t type, const std::vector<Number>& list) {
        begin(type, list.size());
        for (const Number one : list) number(one);
    }
    void begin(std::uint32_t type, std::uint64_t count) {
        number(type);
        number(count);
    }

    std::string m_bytes;
};

}  // namespace

std::uint64_t layOutGguf(std::vector<GgufTensorInfo>& tensors) {
    std::uint64_t offset = 0;
    for (GgufTensorInfo& tensor : tensors) {
        tensor.offset = offset;
        offset += tensor.bytes();
        offset += (kGgufAlignment - offset % kGgufAlignment) % kGgufAlignment;
    }
    return offset;
}

std::string ggufHeader(const GgufMetadata& metadata, const std::vector<GgufTensorInfo>& tensors) {
    HeaderBytes bytes;
    bytes.magic();
    bytes.number(kVersion);
    bytes.number(static_cast<std::uint64_t>(tensors.size()));
    bytes.number(static_cast<std::uint64_t>(metadata.size()));
    for (const auto& [key, value] : metadata) {
        bytes.text(key);
        bytes.value(value);
    }
    for (const GgufTensorInfo& tensor : tensors) {
        bytes.text(tensor.name);
        bytes.number(static_cast<std::uint32_t>(tensor.shape.size()));
        for (auto size = tensor.shape.rbegin(); size != tensor.shape.rend(); ++size)
            bytes.number(static_cast<std::uint64_t>(*size));
        bytes.number(static_cast<std::uint32_t>(tensor.type));
        bytes.number(tensor.offset);
    }
    return std::move(bytes).padded();
}

}  // namespace studio
