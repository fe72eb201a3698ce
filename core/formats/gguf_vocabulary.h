// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/formats/export_note.h"
#include "core/formats/gguf_file.h"
#include "core/formats/model_config.h"

namespace studio {

/// Token types of the metadata (llama_token_type).
enum class GgufToken : std::int32_t {
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6
};

/// The rule of the note on a model whose chat template cannot be read.
inline constexpr const char* kChatTemplateLeftOut = "chat_template_left_out";

/// A model's tokenizer in llama.cpp's terms.
struct GgufVocabulary {
    std::string model;  ///< "llama" (sentencepiece's byte pairs) or "gpt2" (byte-level byte pairs)
    std::string pre;    ///< how texts are split before: "gpt-2", "qwen2", …
    std::vector<std::string> tokens;
    std::vector<float> scores;  ///< only for "llama"
    std::vector<GgufToken> types;
    std::vector<std::string> merges;  ///< only for "gpt2": "Ġ t"
    std::optional<std::int64_t> bosId, eosId, turnEndId, unknownId, padId;
    bool addsBos = false, addsEos = false;
    std::optional<std::int64_t> beforeId, behindId;  ///< tokens that a post-processor puts around a text
    bool addsSpacePrefix = false, removesExtraSpaces = false;        ///< only for "llama"
    std::vector<std::pair<std::string, std::string>> chatTemplates;  ///< by name; the default's is empty
    ExportNotes notes;  ///< what llama.cpp does otherwise in rare texts

    bool has(const std::string& token) const;
};

/// Reads FOLDER/tokenizer.model, or tokenizer.json, or vocab.json and merges.txt, with
/// tokenizer_config.json, special_tokens_map.json, added_tokens.json, generation_config.json and
/// chat_template.jinja beside them. There are as many tokens as the model's vocabulary has, "[PAD7]" where
/// the tokenizer has none. What llama.cpp would tokenise otherwise is refused by name (ModelUnsupported);
/// what differs in rare texts is a note, and so is a chat template that cannot be read. Throws
/// TokenizerInvalid for missing and damaged files.
GgufVocabulary readGgufVocabulary(const std::filesystem::path& folder, const ModelConfig& config);

/// The keys under tokenizer.
void appendVocabularyKeys(const GgufVocabulary& vocabulary, GgufMetadata& metadata);

}  // namespace studio
