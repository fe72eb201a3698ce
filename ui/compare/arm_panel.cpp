// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/arm_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>

#include "ui/compare/answer_view.h"
#include "ui/text/error_text.h"
#include "ui/widgets/elided_combo_box.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/note_bar.h"

namespace studio::ui {

namespace {

QLabel* captionLabel(QWidget* parent, Tone tone = Tone::Secondary) {
    auto* label = new QLabel(parent);
    setTextRole(label, TextRole::Secondary);
    setTone(label, tone);
    return label;
}

bool sameTexts(const PromptTemplate& one, const PromptTemplate& other) {
    return one.withInput == other.withInput && one.withoutInput == other.withoutInput &&
           one.separator == other.separator && one.appendEos == other.appendEos;
}

/// So much of a hash that two can be told apart; with an adapter the base's own stays to be seen.
QString shortHash(const QString& hash) {
    const QStringList parts = hash.split(u'+');
    if (parts.size() == 2) return QStringLiteral("%1 + %2").arg(parts[0].left(8), parts[1].left(8));
    return QStringLiteral("%1 … %2").arg(hash.left(8), hash.right(4));
}

QString placeText(const ModelChoice& model) {
    const QString folder = QString::fromStdString(model.folder.string());
    return model.adapter.empty() ? folder : folder + u'\n' + QString::fromStdString(model.adapter.string());
}

}  // namespace

SeriesSwatch::SeriesSwatch(Series series, QWidget* parent) : QWidget(parent), m_series(series) {}

void SeriesSwatch::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(seriesPen(tokensOf(this).of(m_series)));
    painter.drawLine(0, height() / 2, width(), height() / 2);
}

ArmPanel::ArmPanel(CompareArm& arm, Series series, QWidget* parent)
    : Panel(parent),
      m_arm(arm),
      m_models(new ElidedComboBox(this)),
      m_note(new NoteBar(this)),
      m_view(new AnswerView(this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(Icon::Train, this)) {
    addHeadLeading(new SeriesSwatch(series, this));
    m_models->setProperty("small", true);
    m_models->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_models->setMinimumContentsLength(16);
    addHeadWidget(m_models);
    m_openAdapter = addHeadButton(Icon::Folder);
    setBodyWidget(makeIdentity());
    bodyLayout()->setStretch(0, 0);
    bodyLayout()->addWidget(m_note);
    bodyLayout()->addWidget(m_stack, 1);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    makeFoot();
    connect(m_models, &QComboBox::activated, this, [this](int index) {
        if (index >= 0 && index < static_cast<int>(m_choices.size()))
            Q_EMIT modelChosen(m_choices[static_cast<std::size_t>(index)]);
    });
    connect(m_openAdapter, &QPushButton::clicked, this, &ArmPanel::adapterRequested);
    connect(m_empty, &EmptyState::clicked, this, &ArmPanel::trainRequested);
}

QWidget* ArmPanel::makeIdentity() {
    auto* box = new QWidget(this);
    box->setAttribute(Qt::WA_StyledBackground);
    box->setProperty("ruleBelow", true);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(12, 5, 12, 6);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(2);
    m_weightsName = captionLabel(box);
    m_weights = new ElidedLabel(box);
    setTextRole(m_weights, TextRole::Code);
    m_weights->setFont(roleFont(TextRole::Code));
    m_templateName = captionLabel(box);
    m_template = captionLabel(box, Tone::Text);
    m_templateIcon = new IconLabel(Icon::Info, Tone::Secondary, 14, box);
    m_templateState = new ElidedLabel(box);
    setTextRole(m_templateState, TextRole::Secondary);
    grid->addWidget(m_weightsName, 0, 0);
    grid->addWidget(m_weights, 0, 1);
    grid->addWidget(m_templateName, 1, 0);
    auto* line = new QHBoxLayout;
    line->setSpacing(4);
    line->addWidget(m_template);
    line->addSpacing(4);
    line->addWidget(m_templateIcon);
    line->addWidget(m_templateState, 1);
    grid->addLayout(line, 1, 1);
    grid->setColumnStretch(1, 1);
    return box;
}

void ArmPanel::makeFoot() {
    m_stateIcon = new IconLabel(Icon::Clock, Tone::Secondary, 14, this);
    m_state = captionLabel(this);
    m_tokens = captionLabel(this);
    m_speed = captionLabel(this);
    footLayout()->setSpacing(4);
    footLayout()->addWidget(m_stateIcon);
    footLayout()->addWidget(m_state);
    footLayout()->addSpacing(8);
    footLayout()->addWidget(m_tokens);
    footLayout()->addSpacing(8);
    footLayout()->addWidget(m_speed);
    footLayout()->addStretch(1);
}

void ArmPanel::setName(const QString& name) {
    m_name = name;
    setTitle(name);
    m_models->setAccessibleName(tr("Model of %1").arg(name));
    m_view->setAccessibleName(tr("Answer of %1").arg(name));
}

void ArmPanel::setModels(const std::vector<ModelChoice>& models) {
    m_choices = models;
    const QSignalBlocker quiet(m_models);
    m_models->clear();
    int current = -1;
    for (const ModelChoice& model : models) {
        if (m_arm.model() && sameModel(model, *m_arm.model())) current = m_models->count();
        m_models->addItem(model.title);
        m_models->setItemData(m_models->count() - 1, placeText(model), Qt::ToolTipRole);
    }
    m_models->setCurrentIndex(current);
    m_models->setEnabled(!models.empty());
}

void ArmPanel::showIdentity(const PromptTemplate& used) {
    const QString hash = QString::fromStdString(m_arm.weightsHash());
    if (!m_arm.model())
        m_weights->setText(QStringLiteral("–"));
    else if (!m_arm.weightsProblem().isEmpty())
        m_weights->setText(m_arm.weightsProblem());
    else
        m_weights->setText(hash.isEmpty() ? tr("reading …") : shortHash(hash));
    const QString note = m_arm.otherBase() ? exportNote(*m_arm.otherBase()) : QString();
    QStringList tips;
    if (!note.isEmpty()) tips << note;
    if (!hash.isEmpty()) tips << tr("SHA-256 of configuration and weights: %1").arg(hash);
    m_weights->setToolTip(tips.join(u'\n'));
    m_models->setToolTip(note.isEmpty() ? QString() : m_arm.model()->title + u'\n' + note);
    m_models->setAccessibleDescription(note);
    showTemplate(used);
    m_stack->setCurrentIndex(m_arm.model() ? 0 : 1);
}

void ArmPanel::showTemplate(const PromptTemplate& used) {
    const TrainedTemplate& trained = m_arm.trainedTemplate();
    m_template->setText(m_arm.model() ? QString::fromStdString(used.title) : QStringLiteral("–"));
    m_templateIcon->setVisible(m_arm.model().has_value());
    m_templateState->setVisible(m_arm.model().has_value());
    const auto say = [this](Icon which, Tone tone, const QString& text) {
        m_templateIcon->setIcon(which, tone);
        setTone(m_templateState, tone);
        m_templateState->setText(text);
    };
    if (trained.state == TrainedTemplate::State::None)
        say(Icon::Info, Tone::Secondary, tr("none in training"));
    else if (trained.state == TrainedTemplate::State::Unreadable)
        say(Icon::Error, Tone::Error, trained.problem);
    else if (sameTexts(trained.promptTemplate, used))
        say(Icon::Check, Tone::Ok, tr("as trained"));
    else if (trained.promptTemplate.title == used.title)
        say(Icon::Warning, Tone::Warning, tr("changed since training"));
    else
        say(Icon::Warning, Tone::Warning,
            tr("trained with “%1”").arg(QString::fromStdString(trained.promptTemplate.title)));
}

void ArmPanel::showAnswer(const Answer* answer, qint64 maxTokens) {
    m_note->clear();
    m_tokens->clear();
    m_speed->clear();
    if (!answer) {
        m_view->showAnswer({}, false);
        say(Icon::Clock, Tone::Secondary, m_arm.model() ? tr("not asked yet") : tr("no model"));
        return;
    }
    const QLocale locale;
    const bool writing = answer->state == Answer::State::Writing;
    m_view->showAnswer(answer->text, writing);
    const QString tokens = locale.toString(answer->tokens);
    if (answer->tokens > 0 || writing) {
        m_tokens->setText(writing ? tr("%1 / %2 tokens").arg(tokens, locale.toString(maxTokens))
                                  : tr("%Ln token(s)", nullptr, static_cast<int>(answer->tokens)));
        if (answer->tokensPerSecond > 0)
            m_speed->setText(tr("%1 /s").arg(locale.toString(qRound64(answer->tokensPerSecond))));
    }
    if (answer->state == Answer::State::Failed)
        m_note->setNote(NoteKind::Error, answer->problem, answer->details);
    showState(*answer);
}

void ArmPanel::say(Icon which, Tone tone, const QString& text) {
    m_stateIcon->setIcon(which, tone);
    setTone(m_state, tone);
    m_state->setText(text);
}

void ArmPanel::showState(const Answer& answer) {
    switch (answer.state) {
        case Answer::State::Waiting:
            return say(Icon::Clock, Tone::Secondary, tr("waiting"));
        case Answer::State::Loading:
            return say(Icon::Clock, Tone::Secondary, tr("loading the model"));
        case Answer::State::Writing:
            return say(Icon::Play, Tone::Accent, tr("writing"));
        case Answer::State::Stopped:
            return say(Icon::Stop, Tone::Secondary, tr("stopped"));
        case Answer::State::Failed:
            return say(Icon::Error, Tone::Error, tr("failed"));
        case Answer::State::Finished:
            break;
    }
    if (answer.stopReason == "max_tokens")
        say(Icon::Info, Tone::Secondary, tr("longest answer reached"));
    else if (answer.stopReason == "context_full")
        say(Icon::Warning, Tone::Warning, tr("context full"));
    else
        say(Icon::Check, Tone::Secondary,
            answer.stopReason == "stop_string" ? tr("stop text") : tr("end token"));
}

QString ArmPanel::templateLine() const {
    return m_template->text() + u' ' + m_templateState->text();
}

QString ArmPanel::weightsLine() const {
    return m_weights->text();
}

QString ArmPanel::stateLine() const {
    return m_state->text();
}

void ArmPanel::retranslate() {
    m_openAdapter->setToolTip(tr("Open adapter folder…"));
    m_openAdapter->setAccessibleName(tr("Open adapter folder…"));
    m_weightsName->setText(tr("Weights"));
    m_templateName->setText(tr("Template"));
    m_view->setPlaceholderText(tr("The answer appears here."));
    m_empty->setSentence(tr("A fine-tuned model answers here. There is none yet."));
    m_empty->setButtonText(tr("Go to Train"));
}

}  // namespace studio::ui
