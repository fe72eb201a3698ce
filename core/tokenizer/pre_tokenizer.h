// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/text/regex.h"
#include "core/tokenizer/aligned_text.h"
#include "core/tokenizer/json_fields_reader.h"
#include "core/tokenizer/split_scanner.h"

namespace studio {

/// A word within the text that is parted.
struct WordRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// The field "pre_tokenizer" of tokenizer.json: ByteLevel, Split, Digits, Punctuation, Metaspace, Whitespace,
/// WhitespaceSplit and sequences of them. Parts a text into the words that the model encodes one by one.
/// Immutable; any thread.
class PreTokenizer {
public:
    /// One that takes the whole text as one word.
    PreTokenizer() = default;
    /// Throws TokenizerInvalid naming the field for every other kind and for what it cannot do exactly.
    PreTokenizer(const OrderedJson& json, const JsonPlace& place);
    /// ByteLevel as GPT-2 has it, or with another model's pattern before it.
    static PreTokenizer byteLevel(SplitPattern pattern, bool addsPrefixSpace);

    /// Whether the words are bytes that the vocabulary spells by the byte-level alphabet. (Where other steps
    /// follow ByteLevel, the text itself is spelled so and the words are text.)
    bool givesBytes() const;
    bool hasByteLevel() const;
    /// Whether a text's beginning is treated otherwise than that of the text behind an added token.
    bool knowsTextBegin() const;

    /// Parts `text`, rewriting it where spaces are added or replaced; the ranges are those of text.text().
    /// `atTextBegin`: whether it is the beginning of what the caller encodes.
    void split(AlignedText& text, bool atTextBegin, std::vector<WordRange>& words) const;

private:
    enum class Kind {
        Scan,
        Regex,
        Text,
        Digits,
        Punctuation,
        Whitespace,
        WhitespaceSplit,
        Metaspace,
        Bytes,
        Spell
    };
    enum class Behavior { Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous };
    enum class Prefix { Never, First, Always };
    /// What a step's pattern finds: matches and what lies between them, in order, covering the word.
    struct Part {
        WordRange range;
        bool isMatch = false;
    };
    struct Step {
        Kind kind = Kind::Scan;
        SplitPattern pattern = SplitPattern::Gpt2;
        std::shared_ptr<const Regex> regex;
        std::string text;  ///< of Text; of Metaspace: what stands for a space
        Behavior behavior = Behavior::Isolated;
        bool inverted = false;
        Prefix prefix = Prefix::Never;  ///< whether a space is put before a word
        bool splits = true;             ///< Metaspace: also part there
    };

    void add(const OrderedJson& json, const JsonPlace& place);
    void addSplit(const OrderedJson& json, const JsonPlace& place);
    void addByteLevel(const OrderedJson& json, const JsonPlace& place);
    void addMetaspace(const OrderedJson& json, const JsonPlace& place);
    static Behavior behavior(const std::string& name, const JsonPlace& place);

    static void splitWord(const Step& step, std::string_view text, WordRange word, std::vector<Part>& parts);
    static void scanStep(const Step& step, std::string_view text, const std::vector<WordRange>& before,
                         std::vector<WordRange>& words);
    static void keepParts(const Step& step, const std::vector<Part>& parts, std::vector<WordRange>& words);
    static void rewriteMetaspace(const Step& step, AlignedText& text, bool atTextBegin,
                                 std::vector<WordRange>& words);
    static void addPrefixSpaces(AlignedText& text, std::vector<WordRange>& words);
    static void spellWords(AlignedText& text, std::vector<WordRange>& words);

    std::vector<Step> m_steps;
};

}  // namespace studio
