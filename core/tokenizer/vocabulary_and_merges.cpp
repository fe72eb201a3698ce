// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// vocab.json and merges.txt, as OpenAI published GPT-2's tokenizer (there called encoder.json and vocab.bpe).
#include "core/formats/quoted.h"
#include "core/tokenizer/hugging_face_files.h"
#include "core/tokenizer/tokenizer_draft.h"
#include "core/tokenizer/tokenizer_settings.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

void readMerges(const fs::path& path, TokenizerDraft& draft) {
    const std::string text = readTokenizerFile(path);
    const JsonPlace place{path.string(), {}};
    std::size_t number = 1;
    for (std::size_t begin = 0; begin < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string_view line = std::string_view(text).substr(begin, end - begin);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        begin = end + 1;
        draft.addMergeLine(line, {place, number, /*isLine=*/true});
    }
}

/// The words that a tokenizer of this class parts a text into, which these two files do not say.
void chooseParts(const TokenizerSettings& settings, TokenizerDraft& draft) {
    const std::string& name = settings.tokenizerClass;
    const bool prefix = settings.addsPrefixSpace.value_or(false);
    draft.parts.decoder = TokenDecoder::byteLevel();
    const bool isQwen = settings.usual && settings.usual->name == "Qwen2Tokenizer";
    if (isQwen) {
        draft.parts.normalizer = TextNormalizer::nfc();
        draft.parts.preTokenizer = PreTokenizer::byteLevel(SplitPattern::Qwen2, prefix);
        return;
    }
    if (!name.empty() && name != "GPT2Tokenizer" && name != "GPTNeoXTokenizer") {
        JsonPlace{settings.file, "tokenizer_class"}.refuseUnknown(
            "is " + inQuotes(name) + ", for which this version needs a tokenizer.json beside vocab.json");
    }
    draft.parts.preTokenizer = PreTokenizer::byteLevel(SplitPattern::Gpt2, prefix);
}

}  // namespace

std::unique_ptr<Tokenizer> loadVocabularyAndMerges(const fs::path& folder) {
    const fs::path vocabulary = folder / "vocab.json";
    std::unique_ptr<Tokenizer> tokenizer;
    withTokenizerErrors([&] {
        TokenizerDraft draft;
        {
            const std::string text = readTokenizerFile(vocabulary);
            JsonReader reader(text, vocabulary.string());
            draft.readVocabulary(reader, {vocabulary.string(), {}});
            reader.finish();
        }
        readMerges(folder / "merges.txt", draft);
        TokenizerSettings settings = readTokenizerSettings(folder);
        if (!settings.usual) settings.usual = tokenizerClassNamed("GPT2Tokenizer");
        chooseParts(settings, draft);
        applySettings(settings, draft);
        tokenizer = draft.finish({vocabulary.string(), {}});
    });
    return tokenizer;
}

}  // namespace studio
