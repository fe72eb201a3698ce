// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/row_tokens.h"

#include "core/data/example.h"
#include "ui/data/record_words.h"
#include "ui/session/project_session.h"

namespace studio::ui {

RowTokenCounter::RowTokenCounter(ProjectSession& session, QObject* parent)
    : QObject(parent), m_session(session) {
    connect(&session, &ProjectSession::projectChanged, this, &RowTokenCounter::forget);
    connect(&session, &ProjectSession::templateChanged, this, &RowTokenCounter::forget);
    connect(&session, &ProjectSession::modelChanged, this, &RowTokenCounter::forget);
    connect(&session, &ProjectSession::cutoffChanged, this, &RowTokenCounter::forget);
}

std::optional<RowTokens> RowTokenCounter::count(const Record& record) {
    const auto tokenizer = m_session.tokenizer();
    const PromptTemplate* prompt = promptTemplate();
    if (!tokenizer || !prompt) return std::nullopt;
    try {
        ExampleSettings settings;
        settings.cutoff = m_session.cutoff();
        const Example example = buildExample(record, *prompt, *tokenizer, settings);
        RowTokens tokens;
        tokens.prompt = example.promptLength;
        tokens.response = static_cast<int>(example.ids.size()) - example.promptLength;
        tokens.cut = example.uncutLength - static_cast<int>(example.ids.size());
        return tokens;
    } catch (const Error&) {
        // A faulty template is reported on Prompts, where it can be mended; here the figure is simply not
        // known.
        return std::nullopt;
    }
}

std::optional<int> RowTokenCounter::countText(const QString& text) const {
    const auto tokenizer = m_session.tokenizer();
    if (!tokenizer) return std::nullopt;
    try {
        return static_cast<int>(tokenizer->encode(coreText(text)).size());
    } catch (const Error&) {
        return std::nullopt;
    }
}

bool RowTokenCounter::appendsEnd() {
    const PromptTemplate* prompt = promptTemplate();
    return prompt && prompt->appendEos;
}

qint64 RowTokenCounter::cutoff() const {
    return m_session.isOpen() ? m_session.cutoff() : 0;
}

const PromptTemplate* RowTokenCounter::promptTemplate() {
    if (!m_session.isOpen()) return nullptr;
    if (!m_template) {
        try {
            m_template = m_session.currentTemplate();
        } catch (const Error&) {
            return nullptr;
        }
    }
    return &*m_template;
}

void RowTokenCounter::forget() {
    m_template.reset();
    Q_EMIT changed();
}

}  // namespace studio::ui
