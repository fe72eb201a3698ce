// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <string>

#include "core/formats/sentencepiece_model.h"

namespace studio::test {

/// Writes a tokenizer.model by hand (protocol buffer wire format), so that tests need no training.
class SentencePieceBytes {
public:
    SentencePieceBytes& piece(const std::string& text, float score,
                              SentencePiece::Kind kind = SentencePiece::Kind::Normal) {
        std::string number(sizeof score, '\0');
        std::memcpy(number.data(), &score, sizeof score);
        const std::string message =
            bytes(1, text) + tag(2, 5) + number + integer(3, static_cast<std::uint64_t>(kind));
        m_pieces += bytes(1, message);
        return *this;
    }
    std::string text() const {
        const std::string trainer = integer(3, static_cast<std::uint64_t>(algorithm)) +
                                    integer(35, byteFallback) +
                                    integer(42, static_cast<std::uint64_t>(eosId));
        const std::string rules = bytes(1, normalizer) + (rewrites ? bytes(2, "map") : std::string()) +
                                  integer(3, dummyPrefix) + integer(4, removesExtraSpaces) + integer(5, 1);
        return m_pieces + bytes(2, trainer) + bytes(3, rules);
    }

    SentencePieceModel::Algorithm algorithm = SentencePieceModel::Algorithm::BytePairs;
    bool byteFallback = true, dummyPrefix = true, removesExtraSpaces = false, rewrites = false;
    std::int64_t eosId = 2;
    std::string normalizer = "identity";

private:
    static std::string varint(std::uint64_t value) {
        std::string text;
        for (; value >= 0x80; value >>= 7) text += static_cast<char>((value & 0x7F) | 0x80);
        return text + static_cast<char>(value);
    }
    static std::string tag(std::uint64_t field, std::uint64_t wire) { return varint(field << 3 | wire); }
    static std::string integer(std::uint64_t field, std::uint64_t value) {
        return tag(field, 0) + varint(value);
    }
    static std::string bytes(std::uint64_t field, const std::string& text) {
        return tag(field, 2) + varint(text.size()) + text;
    }

    std::string m_pieces;
};

}  // namespace studio::test
