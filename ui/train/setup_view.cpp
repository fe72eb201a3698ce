// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/setup_view.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/dialogs/dialogs.h"
#include "ui/text/error_text.h"
#include "ui/theme/icon.h"
#include "ui/train/preflight_panel.h"
#include "ui/train/recipe_chooser.h"
#include "ui/train/settings_form.h"
#include "ui/widgets/splitter.h"

namespace studio::ui {

namespace {

constexpr int kCommandMargin = 8;
constexpr int kFewCommandLines = 4;  // in a low window the checks need the room
constexpr int kMostCommandLines = 8;
constexpr int kHighView = 560;

}  // namespace

SetupView::SetupView(ProjectSession& session, Dialogs& dialogs, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_dialogs(dialogs),
      m_form(new SettingsForm(session, dialogs, this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    auto* splitter = new Splitter(Qt::Horizontal, this);
    splitter->addPane(m_form, 58);
    splitter->addPane(makeRight(), 48);
    row->addWidget(splitter);

    connect(m_form, &SettingsForm::edited, this, &SetupView::settingsEdited);
    connect(m_form, &SettingsForm::settled, this, &SetupView::compute);
    connect(&session, &ProjectSession::recordsChanged, this, &SetupView::refresh);
    connect(&session, &ProjectSession::recordEdited, this, &SetupView::refresh);
    connect(m_preflight, &PreflightPanel::rowsRequested, this, &SetupView::rowsRequested);
    connect(m_preflight, &PreflightPanel::dataRequested, this, &SetupView::dataRequested);
    connect(m_preflight, &PreflightPanel::promptsRequested, this, &SetupView::promptsRequested);
    connect(m_preflight, &PreflightPanel::measureRequested, this, [this] {
        if (m_plan) Q_EMIT measureRequested(m_plan->job);
    });
    connect(m_preflight, &PreflightPanel::measureStopRequested, this, &SetupView::measureStopRequested);
    connect(m_preflight, &PreflightPanel::fieldRequested, this,
            [this](const QString& field) { m_form->focusField(field.toStdString()); });
    retranslate();
    compute();
}

QWidget* SetupView::makeRight() {
    auto* right = new QWidget(this);
    auto* column = m_right = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    m_preflight = new PreflightPanel(right);
    column->addWidget(m_preflight, 1);

    m_commandPanel = new Panel(right);
    m_copy = new QPushButton(icon(Icon::Copy), QString(), m_commandPanel);
    setButtonLook(m_copy, ButtonLook::Flat);
    m_commandPanel->addHeadWidget(m_copy);
    m_command = new QPlainTextEdit(m_commandPanel);
    m_command->setReadOnly(true);
    m_command->setProperty("bare", true);
    m_command->setFont(roleFont(TextRole::Code));
    m_command->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_command->setTabChangesFocus(true);
    m_command->document()->setDocumentMargin(kCommandMargin);
    m_commandPanel->setBodyWidget(m_command);
    column->addWidget(m_commandPanel);
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(command()); });

    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    m_saveRecipe = new QPushButton(right);
    connect(m_saveRecipe, &QPushButton::clicked, m_form, &SettingsForm::saveAsRecipe);
    foot->addWidget(m_saveRecipe);
    m_hint = new QLabel(right);
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setTextRole(m_hint, TextRole::Secondary);
    setTone(m_hint, Tone::Secondary);
    m_start = new QPushButton(icon(Icon::Play, Tone::OnAccent), QString(), right);
    m_start->setProperty("big", true);
    setButtonLook(m_start, ButtonLook::Primary);
    connect(m_start, &QPushButton::clicked, this, &SetupView::start);
    foot->addWidget(m_hint, 1);
    foot->addWidget(m_start);
    column->addLayout(foot);
    return right;
}

void SetupView::placeQueue(QWidget* queue) {
    m_right->insertWidget(m_right->indexOf(m_preflight) + 1, queue);
}

// Whole lines, and all of them where the window is high enough. A command that is not there keeps its room:
// it comes back with the next key.
void SetupView::fitCommand() {
    const int lines = m_command->document()->blockCount();
    const int most = height() >= wordRoom(kHighView) ? kMostCommandLines : kFewCommandLines;
    if (m_command->toPlainText().isEmpty() && m_command->minimumHeight() > 0) return;
    m_command->setVerticalScrollBarPolicy(lines > most ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const QFontMetrics metrics(m_command->font());
    int widest = 0;
    for (const QString& line : command().split(u'\n'))
        widest = std::max(widest, metrics.horizontalAdvance(line));
    const bool bar = widest + 2 * kCommandMargin > m_command->viewport()->width();
    const int room = bar ? m_command->horizontalScrollBar()->sizeHint().height() : 0;
    m_command->setFixedHeight(metrics.lineSpacing() * std::clamp(lines, kFewCommandLines, most) +
                              2 * kCommandMargin + room + 2);
}

void SetupView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitCommand();
}

void SetupView::retranslate() {
    m_commandPanel->setTitle(tr("The same from a terminal"));
    m_command->setAccessibleName(tr("The same from a terminal"));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy the command"));
    m_saveRecipe->setText(tr("Save as recipe…"));
    // The key is the menu's: two owners of one key and it does nothing.
    const QKeySequence key(Qt::CTRL | Qt::Key_R);
    m_start->setToolTip(tr("Start training (%1)").arg(key.toString(QKeySequence::NativeText)));
    updateStart();
}

void SetupView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        compute();
    }
    if (event->type() == QEvent::StyleChange) m_command->setFont(roleFont(TextRole::Code));
}

QString SetupView::command() const {
    return m_command->toPlainText();
}

void SetupView::setBusy(bool busy) {
    m_busy = busy;
    m_preflight->setMeasurable(!busy && m_plan.has_value());
    updateStart();
}

void SetupView::measuringStarted() {
    m_preflight->setMeasuring(true);
}

void SetupView::measuringEnded(const QString& problem) {
    m_preflight->setMeasuring(false);
    refresh();
    if (!problem.isEmpty()) m_dialogs.showError(this, {tr("The steps could not be measured"), problem, {}});
}

void SetupView::settingsEdited() {
    m_plan.reset();
    m_preflight->setMeasurable(false);
    m_tasks.cancel();
    updateStart();
}

void SetupView::refresh() {
    settingsEdited();
    compute();
}

std::optional<TrainRequest> SetupView::makeRequest() {
    std::vector<Check> problems;
    const auto problem = [&](const QString& title, const QString& detail, const QString& link = {},
                             const std::function<void()>& follow = {}) {
        problems.push_back({Check::Kind::Error, title, detail, link, follow});
    };
    if (!m_session.isOpen()) {
        problem(tr("No project is open"), tr("Open a project or make a new one."));
        m_preflight->showProblems(problems);
        return std::nullopt;
    }
    for (const FieldIssue& issue : m_form->problems()) {
        problem(issue.field.empty() ? tr("The settings were not stored") : m_form->fieldLabel(issue.field),
                fieldIssueText(issue), issue.field.empty() ? QString() : tr("Change"),
                [this, field = issue.field] { m_form->focusField(field); });
    }
    if (!m_session.tokenizer()) problem(tr("The base model cannot be used"), m_session.tokenizerProblem());
    if (m_session.project().counts().accepted == 0) {
        problem(tr("There is no row to train on"),
                tr("Rows that are accepted on the Data page can be trained on."), tr("Open Data"),
                [this] { Q_EMIT dataRequested(); });
    }
    TrainRequest request{
        m_session.project().folder(), m_session.baseModel(),       m_form->runName().toStdString(),
        m_form->settings(),           m_session.currentTemplate(), m_session.tokenizer(),
        m_form->recipe().name(),      m_form->recipe().settings(), m_form->sampleRows()};
    // A command with what the form refuses, or with what stood there before, would be a wrong one.
    m_command->setPlainText(m_form->problems().empty() ? trainCommand(request) : QString());
    fitCommand();
    m_copy->setEnabled(m_form->problems().empty());
    if (problems.empty()) return request;
    m_preflight->showProblems(problems);
    return std::nullopt;
}

void SetupView::compute() {
    m_plan.reset();
    m_preflight->setMeasurable(false);
    m_tasks.cancel();
    std::optional<TrainRequest> request;
    try {
        request = makeRequest();
    } catch (const Error& error) {
        failed(error);
        return;
    }
    m_preflight->setBusy(request.has_value());
    if (request) {
        m_tasks.run<TrainPlan>(
            [request = *request](const std::stop_token& stop) { return makeTrainPlan(request, stop); },
            [this](const TrainPlan& plan) { planned(plan); }, [this](const Error& error) { failed(error); });
    }
    updateStart();
}

void SetupView::planned(const TrainPlan& plan) {
    m_preflight->setBusy(false);
    m_preflight->setMeasurable(!m_busy);
    m_preflight->showPlan(plan);
    if (m_preflight->errorCount() == 0) m_plan = plan;
    updateStart();
}

void SetupView::failed(const Error& error) {
    m_preflight->setBusy(false);
    const ErrorText text = errorText(error);
    m_preflight->showProblems({{Check::Kind::Error, text.cause, text.nextStep, QString(), {}}});
    updateStart();
}

void SetupView::updateStart() {
    m_start->setEnabled(m_plan.has_value());
    m_saveRecipe->setEnabled(m_form->canSaveRecipe());
    const bool doubtful = m_plan && m_preflight->hasDoubt();
    m_start->setText(m_busy ? tr("Add to queue") : doubtful ? tr("Start anyway") : tr("Start training"));
    const int errors = m_preflight->errorCount();
    if (doubtful)
        m_hint->setText(m_preflight->checks().front().title);
    else if (m_plan)
        m_hint->setText(m_busy ? tr("Starts when the run at work has ended") : tr("Runs in the background"));
    else if (m_tasks.isBusy())
        m_hint->setText(tr("Counting tokens"));
    else if (errors > 0)
        m_hint->setText(tr("%Ln error(s) to correct first", nullptr, errors));
    else
        m_hint->clear();
    setTone(m_hint, doubtful                                     ? Tone::Warning
                    : errors > 0 && !m_plan && !m_tasks.isBusy() ? Tone::Error
                                                                 : Tone::Secondary);
}

void SetupView::start() {
    if (!m_plan) return;
    if (m_busy)
        Q_EMIT queueRequested(TrainPlan(*m_plan));
    else
        Q_EMIT startRequested(TrainPlan(*m_plan));
}

}  // namespace studio::ui
