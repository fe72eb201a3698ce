// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/tokenizer.h"

namespace studio::test {

/// One token a byte; 256 begins, 257 ends.
class ByteTokenizer : public Tokenizer {
public:
    std::vector<std::int64_t> encode(std::string_view text) const override {
        std::vector<std::int64_t> ids;
        for (const char c : text) ids.push_back(static_cast<unsigned char>(c));
        return ids;
    }
    std::vector<TokenSpan> encodeWithSpans(std::string_view text) const override {
        std::vector<TokenSpan> spans;
        for (std::size_t i = 0; i < text.size(); ++i)
            spans.push_back({static_cast<unsigned char>(text[i]), i, i + 1});
        return spans;
    }
    std::string decodeNext(std::int64_t id, DecodeState&) const override {
        return id < 256 ? std::string(1, static_cast<char>(id)) : std::string();
    }
    std::string piece(std::int64_t id) const override { return std::string(1, static_cast<char>(id)); }
    std::int64_t vocabSize() const override { return 258; }
    std::optional<std::int64_t> bosId() const override { return 256; }
    std::optional<std::int64_t> eosId() const override { return 257; }
    bool addsBos() const override { return true; }
    bool addsEos() const override { return false; }
    std::string kind() const override { return "bytes"; }
};

}  // namespace studio::test
