// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/data/record.h"
#include "core/text/prompt_template.h"
#include "core/tokenizer/tokenizer.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/token_chip.h"

namespace studio::ui {

/// What the model sees of one row: text, spans, tokens. A value, computed from the functions that training
/// uses.
struct RowPreview {
    // The text (prompt, separator, response); empty where the template has a fault.
    std::string bytes;
    QString text;  ///< `bytes` with a sign for every carriage return, so that each character keeps its place
    QVector<CodeSpan> spans;
    std::optional<Error> textProblem;

    // The tokens; absent without a tokenizer.
    bool hasTokens = false;
    QVector<TokenChip> chips;
    int cutoff = 0;    ///< tokens that are kept
    int prompt = 0;    ///< tokens of the whole row, whatever is cut: prompt with its beginning-of-text token,
    int response = 0;  ///< response,
    int end = 0;       ///< and end token (0 or 1)
    int cut = 0;       ///< how many of them are cut
    int fixed = 0;     ///< tokens before the first field: the template's own text
    int labels = 0;    ///< how many are learned
    std::optional<Error> tokenProblem;

    int total() const { return prompt + response + end; }
};

/// Hydrates and tokenises a row. `tokenizer` may be null. A fault of template or tokenizer is in the result.
RowPreview previewRow(const Record& record, const PromptTemplate& promptTemplate, const Tokenizer* tokenizer,
                      qint64 cutoff);

/// Signs in place of characters that a text edit would drop or turn into others.
QString displayText(const std::string& bytes);

}  // namespace studio::ui
