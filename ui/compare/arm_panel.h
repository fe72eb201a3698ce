// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/compare_arm.h"
#include "ui/theme/theme.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace studio::ui {

class AnswerView;
class ElidedLabel;
class EmptyState;
class IconLabel;
class NoteBar;

/// One arm as the page shows it: which model, the proof of who it is, its answer, and how fast it came.
class ArmPanel : public Panel {
    Q_OBJECT

public:
    ArmPanel(CompareArm& arm, Series series, QWidget* parent = nullptr);

    void setName(const QString& name);
    const QString& name() const { return m_name; }
    /// The models to choose from; the arm's own is selected.
    void setModels(const std::vector<ModelChoice>& models);
    /// Compares the arm's template with the one in use.
    void showIdentity(const PromptTemplate& used);
    /// Null: not asked yet.
    void showAnswer(const Answer* answer, qint64 maxTokens);
    QComboBox* modelBox() const { return m_models; }
    QPushButton* adapterButton() const { return m_openAdapter; }
    AnswerView* view() const { return m_view; }
    NoteBar* note() const { return m_note; }
    EmptyState* empty() const { return m_empty; }
    QString templateLine() const;
    QString weightsLine() const;
    QString stateLine() const;
    void retranslate();

Q_SIGNALS:
    void modelChosen(const studio::ui::ModelChoice& model);
    void adapterRequested();
    /// The button of the empty arm: train a model first.
    void trainRequested();

private:
    QWidget* makeIdentity();
    void makeFoot();
    void showTemplate(const PromptTemplate& used);
    void showState(const Answer& answer);
    void say(Icon which, Tone tone, const QString& text);

    CompareArm& m_arm;
    QString m_name;
    std::vector<ModelChoice> m_choices;
    QComboBox* m_models;
    QPushButton* m_openAdapter;
    QLabel* m_weightsName;
    ElidedLabel* m_weights;
    QLabel* m_templateName;
    QLabel* m_template;
    IconLabel* m_templateIcon;
    ElidedLabel* m_templateState;
    NoteBar* m_note;
    AnswerView* m_view;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    IconLabel* m_stateIcon;
    QLabel* m_state;
    QLabel* m_tokens;
    QLabel* m_speed;
};

/// A short stroke in the colour and dash of a series.
class SeriesSwatch : public QWidget {
    Q_OBJECT

public:
    explicit SeriesSwatch(Series series, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {24, 16}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Series m_series;
};

}  // namespace studio::ui
