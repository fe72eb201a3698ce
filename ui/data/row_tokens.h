// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <optional>

#include "core/data/record.h"
#include "core/text/prompt_template.h"

namespace studio::ui {

class ProjectSession;

/// A row as the current template and tokenizer make it.
struct RowTokens {
    int prompt = 0;    ///< prompt tokens that are kept
    int response = 0;  ///< response tokens that are kept, end token included
    int cut = 0;       ///< tokens beyond the cutoff
    int total() const { return prompt + response + cut; }
};

/// Counts tokens with the session's template, tokenizer and cutoff. GUI thread. Emits changed() when earlier
/// counts no longer hold.
class RowTokenCounter : public QObject {
    Q_OBJECT

public:
    explicit RowTokenCounter(ProjectSession& session, QObject* parent = nullptr);

    /// Nothing where there is no tokenizer or the template is faulty.
    std::optional<RowTokens> count(const Record& record);
    /// Tokens of a text by itself.
    std::optional<int> countText(const QString& text) const;
    bool appendsEnd();
    qint64 cutoff() const;

Q_SIGNALS:
    void changed();

private:
    const PromptTemplate* promptTemplate();
    void forget();

    ProjectSession& m_session;
    std::optional<PromptTemplate> m_template;  // read once: the session may have to look for its file
};

}  // namespace studio::ui
