// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/tokenizer/json_fields_reader.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {

/// The field "decoder" of tokenizer.json, token by token: ByteLevel, Metaspace, Replace, ByteFallback, Fuse,
/// Strip, and sequences in which what works on single tokens comes before ByteFallback and Fuse, and only
/// Strip (at the text's beginning) behind them, as in every published tokenizer. Immutable; any thread.
class TokenDecoder {
public:
    /// Without a decoder tokens are joined by spaces, as Hugging Face does.
    TokenDecoder() = default;
    /// Throws TokenizerInvalid naming the field for everything else.
    TokenDecoder(const OrderedJson& json, const JsonPlace& place);
    static TokenDecoder byteLevel();

    /// The bytes that the token adds; see Tokenizer::decodeNext().
    std::string next(std::string_view token, DecodeState& state) const;
    /// The byte that a byte fallback token stands for, or -1.
    int fallbackByte(std::string_view token) const;
    bool isByteLevel() const { return m_kind == Kind::ByteLevel; }
    bool hasByteFallback() const { return m_byteFallback; }
    /// What is done to the text's beginning, once for all tokens.
    void stripBeginning(std::string& text, DecodeState& state) const;
    /// What a token becomes before bytes are looked at.
    std::string transformed(std::string_view token, bool isFirst) const;

private:
    enum class Kind { Spaces, ByteLevel, Steps };
    struct Step {
        enum class Kind { Replace, Metaspace, Strip } kind = Kind::Replace;
        std::string pattern;
        std::string content;
        bool dropsFirst = false;  ///< Metaspace: the first token has none
        std::size_t start = 0;    ///< Strip: how many at most
        std::size_t stop = 0;
    };

    void add(const OrderedJson& json, const JsonPlace& place);
    void addReplace(const OrderedJson& json, const JsonPlace& place);
    void addStrip(const OrderedJson& json, const JsonPlace& place);
    void addMetaspace(const OrderedJson& json, const JsonPlace& place);
    void checkPlace(bool allowed, const JsonPlace& place) const;

    Kind m_kind = Kind::Spaces;
    std::vector<Step> m_steps;
    bool m_byteFallback = false;
    bool m_fuses = false;
    std::string m_stripped;  ///< the character that is taken away at the text's beginning
    std::size_t m_stripCount = 0;
};

}  // namespace studio
