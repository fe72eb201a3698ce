// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "core/jobs/model_library.h"

class QGridLayout;
class QLabel;

namespace studio::ui {

class ForecastView;
class NoteBar;

/// One model: what it is, where it lies, and what it needs. GUI thread.
class ModelDetails : public QWidget {
    Q_OBJECT

public:
    explicit ModelDetails(QWidget* parent = nullptr);

    /// Null: none is chosen.
    void setModel(const std::shared_ptr<const ModelEntry>& model);
    void retranslate();

    ForecastView* forecast() const { return m_forecast; }
    /// Why the model cannot be used, or what is to be known of an adapter's base.
    NoteBar* problem() const { return m_problem; }
    /// What stands beside a line's name ("layout", "licence", …); empty where the line is not shown.
    QString lineText(const QString& line) const;

private:
    enum LineId {
        Layout,
        Vocabulary,
        Context,
        Rank,
        Targets,
        Stored,
        Tokenizer,
        Template,
        Licence,
        MadeFrom,
        Place,
        LineCount
    };
    struct Line {
        QLabel* name;
        QLabel* value;
    };

    void makeLines(QGridLayout* grid);
    void showLines();
    void showAdapter(const AdapterSummary& adapter);
    /// What a model is asked with, or what to do where it has nothing of the kind.
    static QString templateText(const ModelEntry& model);
    void show(LineId line, const QString& text);

    std::shared_ptr<const ModelEntry> m_model;
    NoteBar* m_problem;
    QLabel* m_none;
    Line m_lines[LineCount];
    ForecastView* m_forecast;
};

}  // namespace studio::ui
