// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace studio {

/// Walks over the fields of a protobuf message that holds nothing but messages and texts, as sentencepiece's
/// ModelProto does. Wire format: https://protobuf.dev/programming-guides/encoding
class ProtobufFields {
public:
    explicit ProtobufFields(std::string_view bytes) : m_bytes(bytes) {}

    /// The number of the next field, which is passed over. Nothing at the end, and where a field is of
    /// another type or cut off.
    std::optional<std::uint64_t> next() {
        if (m_at >= m_bytes.size()) return std::nullopt;
        const std::uint64_t key = varint(), length = varint();
        constexpr std::uint64_t kLengthDelimited = 2;
        if ((key & 7) != kLengthDelimited || length > m_bytes.size() - m_at) return std::nullopt;
        m_at += static_cast<std::size_t>(length);
        return key >> 3;
    }

private:
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; m_at < m_bytes.size() && shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(m_bytes[m_at++]);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80) break;
        }
        return value;
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
};

}  // namespace studio
