// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

/// One entry of a sentencepiece vocabulary.
struct SentencePiece {
    enum class Kind : std::int32_t {
        Normal = 1,
        Unknown = 2,
        Control = 3,
        UserDefined = 4,
        Unused = 5,
        Byte = 6
    };
    std::string text;
    float score = 0.0F;
    Kind kind = Kind::Normal;
};

/// What a tokenizer.model says, as far as another engine needs it.
struct SentencePieceModel {
    enum class Algorithm : std::int32_t { Unigram = 1, BytePairs = 2, Words = 3, Characters = 4 };
    std::vector<SentencePiece> pieces;
    Algorithm algorithm = Algorithm::Unigram;
    bool byteFallback = false;
    bool spaceAsSuffix = false;  ///< treat_whitespace_as_suffix
    std::int64_t bosId = 1;      ///< below 0: none
    std::int64_t eosId = 2;
    std::string normalizer;  ///< "identity", "nmt_nfkc"
    bool rewrites = false;   ///< whether the normaliser changes any character
    bool addsDummyPrefix = true;
    bool removesExtraSpaces = true;
    bool escapesSpaces = true;
};

/// Reads the protocol buffer of a tokenizer.model (sentencepiece_model.proto of
/// https://github.com/google/sentencepiece; wire format https://protobuf.dev/programming-guides/encoding).
/// The sentencepiece library keeps scores and normaliser settings to itself, and core/formats does not load
/// it. Fields that are not needed are passed over; every length is checked. Throws TokenizerInvalid naming
/// `source`.
SentencePieceModel parseSentencePieceModel(std::string_view bytes, const std::string& source);

}  // namespace studio
