// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <cstdint>
#include <string>
#include <vector>

#include "core/config/settings.h"
#include "core/data/record.h"
#include "core/text/prompt_template.h"

namespace studio::ui {

/// One answer of one arm, as far as it has come.
struct Answer {
    enum class State { Waiting, Loading, Writing, Finished, Stopped, Failed };

    State state = State::Waiting;
    QString text;
    qint64 tokens = 0;
    double tokensPerSecond = 0.0;
    std::string stopReason;  ///< as GenerateResult has it
    std::vector<std::int64_t> ids;
    std::string weightsHash;
    QString problem;  ///< for Failed: cause and next step, translated
    QString details;

    bool isBusy() const {
        return state == State::Waiting || state == State::Loading || state == State::Writing;
    }
    /// Whole answers alone are compared with a reference.
    bool isComplete() const { return state == State::Finished; }
};

/// What both arms have in common. A value; its answers are found again after a change and back.
struct CompareSetup {
    PromptTemplate promptTemplate;
    GenerateSettings settings;
};

/// One thing to ask: a row of the test split, or what the user typed (rowId 0, no reference).
struct ComparePrompt {
    qint64 rowId = 0;
    std::string instruction;
    std::string input;
    std::string reference;

    static ComparePrompt fromRecord(const Record& record) {
        return {record.id, record.instruction, record.input, record.output};
    }
};

/// The very text that the model continues: the same as in training. Throws TemplateInvalid.
std::string promptText(const CompareSetup& setup, const ComparePrompt& prompt);

/// Names an answer: equal keys mean the same text and the same settings. What the user typed has keys of its
/// own, so that it never counts as a row of the test split.
QByteArray answerKey(const CompareSetup& setup, const ComparePrompt& prompt);

/// How an answer stands to its reference.
enum class Verdict { Exact, Contains, Differs };
Verdict verdictOf(const QString& answer, const std::string& reference);

}  // namespace studio::ui
