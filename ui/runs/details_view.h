// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "core/storage/run_catalogue.h"

class QGridLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTimer;

namespace studio::ui {

class NoteBar;

/// One run: how it stands, where it comes from, and what people say of it. Notes and tags are handed out as
/// they are typed. GUI thread.
class DetailsView : public QWidget {
    Q_OBJECT

public:
    explicit DetailsView(QWidget* parent = nullptr);

    /// Null: no run is chosen. What was typed for the run before is handed out first.
    void setRun(const std::shared_ptr<const RunEntry>& run, const RunEntries& runs);
    /// Hands out what was typed and is not stored yet.
    void flush();
    void retranslate();

    QPlainTextEdit* noteEdit() const { return m_note; }
    QLineEdit* tagEdit() const { return m_tags; }
    /// What stands beside a line's name, without markup ("lineage", "state", …).
    QString lineText(const QString& line) const;
    /// The sentence under the tags that says why they were not taken; empty where they were.
    QString tagProblem() const;

Q_SIGNALS:
    void notesEdited(const QString& run, const studio::RunNotes& notes);
    /// A run of the lineage is to be shown.
    void runChosen(const QString& run);

private:
    struct Line {
        QLabel* name;
        QLabel* value;
    };
    enum LineId { State, Losses, Steps, Lineage, Children, Base, Template, Data, Place, LineCount };

    void makeLines(QGridLayout* grid);
    void showProblem();
    void showLines();
    QString stateLine() const;
    QString lossLine() const;
    QString stepLine() const;
    void showLineage();
    void showNotes();
    void typed();

    std::shared_ptr<const RunEntry> m_run;
    RunEntries m_runs;
    QLabel* m_title;
    NoteBar* m_problem;
    Line m_lines[LineCount];
    QLabel* m_tagsName;
    QLineEdit* m_tags;
    QLabel* m_tagsProblem;
    QLabel* m_noteName;
    QPlainTextEdit* m_note;
    QTimer* m_delay;
    RunNotes m_stored;  ///< what the run's file says, or will say soon
    bool m_showing = false;
};

}  // namespace studio::ui
