// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/row_preview.h"

#include <limits>

#include "core/data/example.h"
#include "core/tokenizer/marked_text.h"

namespace studio::ui {

namespace {

int utf16Length(const std::string& text, std::size_t bytes) {
    return static_cast<int>(QString::fromUtf8(text.data(), static_cast<qsizetype>(bytes)).size());
}

void addText(RowPreview& preview, const Record& record, const PromptTemplate& promptTemplate) {
    const HydratedPrompt prompt = hydrate(promptTemplate, record.instruction, record.input);
    const std::string promptText =
        promptTemplate.isChat() ? prompt.text : prompt.text + promptTemplate.separator;
    preview.bytes = promptText + answerText(promptTemplate, record.instruction, record.input, record.output);
    preview.text = displayText(preview.bytes);
    for (const HydratedPrompt::Span& span : prompt.spans) {
        const int begin = utf16Length(promptText, span.begin);
        preview.spans.push_back(
            {begin, utf16Length(promptText, span.end) - begin, CodeSpan::Look::Field, {}});
    }
    const int responseBegin = utf16Length(promptText, promptText.size());
    preview.spans.push_back(
        {responseBegin, static_cast<int>(preview.text.size()) - responseBegin, CodeSpan::Look::Response, {}});
}

/// The chip of a token that stands for bytes [begin, end) of `text`.
TokenChip chipOf(std::int64_t id, const std::string& text, const TokenSpan& span,
                 const Tokenizer& tokenizer) {
    TokenChip chip;
    chip.id = static_cast<int>(id);
    const QByteArray bytes(text.data() + span.begin, static_cast<qsizetype>(span.end - span.begin));
    const QString decoded = QString::fromUtf8(bytes);
    if (bytes.isEmpty())
        // The space that the tokenizer itself puts before a text is in no byte of it.
        chip.text = QString::fromStdString(tokenizer.piece(id)).replace(QChar(0x2581), u' ');
    else if (decoded.toUtf8() == bytes)
        chip.text = decoded;
    else
        chip.bytes = bytes;
    return chip;
}

/// The texts of a row as buildExample() joins them.
struct RowTexts {
    std::string prompt, response;
    PromptForm form;

    std::vector<TokenSpan> spans(const std::string& text, const Tokenizer& tokenizer) const {
        return form.marked ? encodeMarked(tokenizer, text) : tokenizer.encodeWithSpans(text);
    }
};

/// Chips of the uncut row: [BOS] prompt response [EOS], in the order of buildExample().
QVector<TokenChip> wholeRow(const Example& whole, const RowTexts& texts, const Tokenizer& tokenizer) {
    const auto& [promptText, response, form] = texts;
    const std::vector<TokenSpan> promptSpans = texts.spans(promptText, tokenizer);
    const std::vector<TokenSpan> responseSpans = texts.spans(response, tokenizer);
    const std::optional<std::int64_t> endMark = endMarkId(form, tokenizer);
    const std::size_t promptLength = static_cast<std::size_t>(whole.promptLength);
    const std::size_t bos = promptLength - promptSpans.size();
    QVector<TokenChip> chips;
    chips.reserve(static_cast<qsizetype>(whole.ids.size()));
    for (std::size_t i = 0; i < whole.ids.size(); ++i) {
        TokenChip chip;
        if (i >= bos && i < promptLength) {
            const TokenSpan& span = promptSpans[i - bos];
            chip = chipOf(whole.ids[i], promptText, span, tokenizer);
            chip.byteBegin = static_cast<int>(span.begin);
            chip.byteEnd = static_cast<int>(span.end);
        } else if (i >= promptLength && i < promptLength + responseSpans.size()) {
            const TokenSpan& span = responseSpans[i - promptLength];
            chip = chipOf(whole.ids[i], response, span, tokenizer);
            const bool ends = endMark == whole.ids[i] && i + 1 == promptLength + responseSpans.size();
            chip.kind = ends ? TokenChip::Kind::End : TokenChip::Kind::Response;
            chip.byteBegin = static_cast<int>(promptText.size() + span.begin);
            chip.byteEnd = static_cast<int>(promptText.size() + span.end);
        } else {
            chip.id = whole.ids[i];
            chip.text = QString::fromStdString(tokenizer.piece(whole.ids[i]));
            chip.kind = i < bos ? TokenChip::Kind::Prompt : TokenChip::Kind::End;
            chip.byteBegin = chip.byteEnd =
                static_cast<int>(i < bos ? 0 : promptText.size() + response.size());
        }
        chip.trained = i > 0 && whole.trained[i] != 0;
        chips.push_back(chip);
    }
    return chips;
}

void addTokens(RowPreview& preview, const Record& record, const PromptTemplate& promptTemplate,
               const Tokenizer& tokenizer, qint64 cutoff) {
    ExampleSettings settings;
    settings.cutoff = cutoff;
    const Example kept = buildExample(record, promptTemplate, tokenizer, settings);
    settings.cutoff = std::numeric_limits<std::int32_t>::max();
    const Example whole = buildExample(record, promptTemplate, tokenizer, settings);
    const std::string promptText = hydratedPrompt(promptTemplate, record.instruction, record.input);
    const RowTexts texts{promptText,
                         answerText(promptTemplate, record.instruction, record.input, record.output),
                         promptForm(promptTemplate)};
    preview.chips = wholeRow(whole, texts, tokenizer);
    for (const TokenChip& chip : preview.chips) {
        if (chip.kind == TokenChip::Kind::Response) ++preview.response;
        if (chip.kind == TokenChip::Kind::End) ++preview.end;
    }
    preview.prompt = whole.promptLength;
    const auto spans = hydrate(promptTemplate, record.instruction, record.input).spans;
    const std::size_t fieldBegin = spans.empty() ? promptText.size() : spans.front().begin;
    while (preview.fixed < preview.prompt &&
           preview.chips[preview.fixed].byteEnd <= static_cast<int>(fieldBegin))
        ++preview.fixed;
    preview.cutoff = static_cast<int>(cutoff);
    preview.cut = kept.uncutLength - static_cast<int>(kept.ids.size());
    preview.labels = kept.labelCount();
    for (qsizetype i = static_cast<qsizetype>(kept.ids.size()); i < preview.chips.size(); ++i) {
        preview.chips[i].kind = TokenChip::Kind::Cut;
        preview.chips[i].trained = false;
    }
    preview.hasTokens = true;
}

}  // namespace

QString displayText(const std::string& bytes) {
    QString text = QString::fromStdString(bytes);
    // A text edit takes "\r\n" as one line break and a paragraph separator as another, which would move every
    // span behind it.
    text.replace(u'\r', QChar(0x240D)).replace(QChar(0x2029), u'\n').replace(QChar(0), QChar(0x2400));
    return text;
}

RowPreview previewRow(const Record& record, const PromptTemplate& promptTemplate, const Tokenizer* tokenizer,
                      qint64 cutoff) {
    RowPreview preview;
    try {
        addText(preview, record, promptTemplate);
    } catch (const Error& error) {
        preview.textProblem = error;
        return preview;
    }
    if (!tokenizer) return preview;
    try {
        addTokens(preview, record, promptTemplate, *tokenizer, cutoff);
    } catch (const Error& error) {
        preview.chips.clear();
        preview.tokenProblem = error;
    }
    return preview;
}

}  // namespace studio::ui
