// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/text/normalization.h"
#include "core/text/regex.h"
#include "core/tokenizer/aligned_text.h"
#include "core/tokenizer/json_fields_reader.h"

namespace studio {

/// The field "normalizer" of tokenizer.json: NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Strip, Replace,
/// Prepend, ByteLevel and sequences of them. Immutable; any thread.
class TextNormalizer {
public:
    /// One that changes nothing.
    TextNormalizer() = default;
    /// Throws TokenizerInvalid naming the field for every other kind and for what it cannot do exactly.
    TextNormalizer(const OrderedJson& json, const JsonPlace& place) { add(json, place); }
    static TextNormalizer nfc();

    bool isEmpty() const { return m_steps.empty(); }
    void apply(AlignedText& text) const;
    std::string applied(std::string_view text) const;

    bool hasByteLevel() const;
    /// Whether it may take away bytes at a text's beginning.
    bool mayShortenBeginning() const;

private:
    enum class Kind { Form, Lowercase, StripAccents, Strip, Replace, ReplaceRegex, Prepend, ByteLevel };
    struct Step {
        Kind kind = Kind::Form;
        NormalForm form = NormalForm::Nfc;
        std::string pattern;
        std::string content;
        std::shared_ptr<const Regex> regex;
        bool left = false;
        bool right = false;
    };

    void add(const OrderedJson& json, const JsonPlace& place);
    void addReplace(const OrderedJson& json, const JsonPlace& place);
    static void applyStep(const Step& step, AlignedText& text);
    static void applyForm(NormalForm form, AlignedText& text);

    std::vector<Step> m_steps;
};

/// A pattern of tokenizer.json: {"String": …} or {"Regex": …}, of which one is set.
struct JsonPattern {
    std::string text;
    std::string regex;
};
JsonPattern jsonPattern(const OrderedJson& json, const JsonPlace& place);

/// Compiles a regular expression of a tokenizer file. Throws TokenizerInvalid naming the field.
std::shared_ptr<const Regex> compiledRegex(const std::string& pattern, const JsonPlace& place);

/// All places of `pattern`, which is not empty, from left to right without overlap.
std::vector<TextRange> occurrences(std::string_view text, std::string_view pattern);

}  // namespace studio
