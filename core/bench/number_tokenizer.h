// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tokenizer/tokenizer.h"

namespace studio {

/// Random weights have no vocabulary: a token reads as its number.
class NumberTokenizer final : public Tokenizer {
public:
    explicit NumberTokenizer(std::int64_t size) : m_size(size) {}
    std::vector<std::int64_t> encode(std::string_view) const override { return {}; }
    std::vector<TokenSpan> encodeWithSpans(std::string_view) const override { return {}; }
    std::string decodeNext(std::int64_t id, DecodeState&) const override { return piece(id); }
    std::string piece(std::int64_t id) const override { return " " + std::to_string(id); }
    std::int64_t vocabSize() const override { return m_size; }
    std::optional<std::int64_t> bosId() const override { return {}; }
    std::optional<std::int64_t> eosId() const override { return {}; }
    bool addsBos() const override { return false; }
    bool addsEos() const override { return false; }
    std::string kind() const override { return "numbers"; }

private:
    std::int64_t m_size;
};

}  // namespace studio
