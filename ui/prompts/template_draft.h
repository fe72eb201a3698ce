// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/text/prompt_template.h"

class QTimer;

namespace studio::ui {

class ProjectSession;

/// The template that is being edited. Template files are never changed behind a run's back: the first edit of
/// a built-in template, or of one that a run was trained with, goes into a copy of a new name. A sound draft
/// is stored 300 ms after the last key (or by flush()); a faulty one stays here, and the stored one stays
/// what training uses. GUI thread; refers to the session.
class TemplateDraft : public QObject {
    Q_OBJECT

public:
    explicit TemplateDraft(ProjectSession& session, QObject* parent = nullptr);

    /// What the page shows: the edited template, stored or not.
    const PromptTemplate& current() const { return m_draft; }
    /// An edit; makes the copy where one is needed.
    void edit(const PromptTemplate& texts);
    std::vector<TemplateIssue> issues() const { return checkTemplate(m_draft); }
    /// Whether what is shown is not stored (yet): waiting for the timer, or faulty.
    bool isPending() const { return m_pending; }
    /// The title of the template that the copy came from, while the copy is new.
    QString copiedFrom() const { return m_copiedFrom; }
    /// Runs that were trained with the stored template of this name.
    int runCount() const;
    bool isBuiltIn() const;
    bool isReadOnly() const { return isBuiltIn() || runCount() > 0; }
    /// Stores what is pending. False where it is faulty or storing failed.
    bool flush();
    /// Goes back to the stored template.
    void discard();
    /// A copy of what is shown under a title of the user's; becomes the current template. Its name is made
    /// from the title. Throws as saveTemplate() does; faults of the draft are copied only once they are
    /// corrected.
    void makeCopy(const QString& title);
    /// A title that no template has yet: "Alpaca copy", "Alpaca copy 2".
    QString freeTitle() const;

Q_SIGNALS:
    /// The draft is another one: from elsewhere (`fromEdit` false: show its texts anew) or by edit().
    void changed(bool fromEdit);
    void stored();
    void failed(const studio::Error& error);

private:
    void reload();
    void countRuns();
    void turnIntoCopy(const QString& title);
    std::string freeName(const QString& title) const;

    ProjectSession& m_session;
    PromptTemplate m_stored;
    PromptTemplate m_draft;
    QString m_copiedFrom;
    std::map<std::string, int>
        m_runs;  ///< by template name; reading run folders takes too long for every key
    bool m_pending = false;
    bool m_storing = false;
    QTimer* m_timer;
};

}  // namespace studio::ui
