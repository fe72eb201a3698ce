// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_page.h"

#include <QComboBox>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QTimer>
#include <algorithm>
#include <utility>

#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/storage/run_score.h"
#include "ui/compare/arm_panel.h"
#include "ui/compare/prompt_bar.h"
#include "ui/compare/reference_panel.h"
#include "ui/compare/test_prompt_panel.h"
#include "ui/session/model_paths.h"
#include "ui/text/error_text.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/splitter.h"

namespace studio::ui {

namespace {

constexpr int kListWidth = 300;
const char* const kSettingsKey = "compare_settings";  // of Project::setting()

}  // namespace

ComparePage::ComparePage(ProjectSession& session, Dialogs& dialogs, const EngineFactory& engine,
                         QWidget* parent)
    : Page(PageId::Compare, parent),
      m_session(session),
      m_dialogs(dialogs),
      m_model([this](int arm, const QByteArray& key) { return this->arm(arm).answer(key); }),
      m_scoreTimer(new QTimer(this)),
      m_note(new NoteBar(this)) {
    m_scoreTimer->setSingleShot(true);
    m_scoreTimer->setInterval(100);
    connect(m_scoreTimer, &QTimer::timeout, this, &ComparePage::showScores);
    for (int i = 0; i < kArms; ++i)
        m_arms[static_cast<std::size_t>(i)] = std::make_unique<CompareArm>(i, engine);
    m_note->setClosable(true);
    bodyLayout()->addWidget(m_note);
    bodyLayout()->addWidget(buildPanels(), 1);
    connectParts();
    addShortcuts();
    retranslate();
    adoptProject();
}

ComparePage::~ComparePage() {
    // The arms report to this page until they are gone.
    for (const auto& arm : m_arms) arm->disconnect(this);
}

QWidget* ComparePage::buildPanels() {
    m_list = new TestPromptPanel(m_model, this);
    m_prompt = new PromptBar(this);
    m_armPanels[0] = new ArmPanel(arm(0), Series::BaseModel, this);
    m_armPanels[1] = new ArmPanel(arm(1), Series::TrainLoss, this);
    m_reference = new ReferencePanel(this);
    auto* arms = new Splitter(Qt::Horizontal, this);
    arms->addPane(m_armPanels[0], 1);
    arms->addPane(m_armPanels[1], 1);
    auto* answers = new Splitter(Qt::Vertical, this);
    answers->addPane(arms, 6);
    answers->addPane(m_reference, 4);
    auto* right = new QWidget(this);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_prompt);
    column->addWidget(answers, 1);
    auto* all = new Splitter(Qt::Horizontal, this);
    all->addPane(m_list, 3);
    all->addPane(right, 8);
    all->setSizes({kListWidth, 3 * kListWidth});
    return all;
}

void ComparePage::connectParts() {
    for (int i = 0; i < kArms; ++i) {
        connect(&arm(i), &CompareArm::identityChanged, this, [this, i] {
            armPanel(i)->showIdentity(m_setup.promptTemplate);
            m_model.marksChanged();
            m_list->showScores();
            showCurrent();
        });
        connect(&arm(i), &CompareArm::answerChanged, this, &ComparePage::answerChanged);
        connect(&arm(i), &CompareArm::idle, this, &ComparePage::showBusy);
        connect(armPanel(i), &ArmPanel::modelChosen, this, [this, i](const ModelChoice& model) {
            m_chosen[static_cast<std::size_t>(i)] = true;
            arm(i).setModel(model);
            nameArms();
            showBusy();
        });
        connect(armPanel(i), &ArmPanel::adapterRequested, this, [this, i] { chooseAdapter(i); });
        connect(armPanel(i), &ArmPanel::trainRequested, this, [this] { Q_EMIT goTo(PageId::Train); });
    }
    connect(m_list, &TestPromptPanel::recordSelected, this, &ComparePage::showRecord);
    connect(m_list, &TestPromptPanel::runRequested, this, &ComparePage::runAll);
    connect(m_list, &TestPromptPanel::stopRequested, this, &ComparePage::stop);
    connect(m_list, &TestPromptPanel::dataRequested, this, [this] { Q_EMIT goTo(PageId::Data); });
    connect(m_prompt, &PromptBar::askRequested, this, &ComparePage::askBoth);
    connect(m_prompt, &PromptBar::stopRequested, this, &ComparePage::stop);
    connect(m_prompt, &PromptBar::previousRequested, this, [this] { step(-1); });
    connect(m_prompt, &PromptBar::nextRequested, this, [this] { step(1); });
    connect(m_prompt, &PromptBar::promptChanged, this, &ComparePage::showCurrent);
    connect(m_prompt, &PromptBar::settingsChanged, this, &ComparePage::storeSettings);
    connect(&m_session, &ProjectSession::projectChanged, this, &ComparePage::adoptProject);
    connect(&m_session, &ProjectSession::recordsChanged, this, &ComparePage::reloadPrompts);
    connect(&m_session, &ProjectSession::recordEdited, this, &ComparePage::reloadPrompts);
    connect(&m_session, &ProjectSession::templateChanged, this, &ComparePage::reloadSetup);
    connect(&m_session, &ProjectSession::modelsChanged, this, &ComparePage::reloadModels);
    connect(&m_session, &ProjectSession::modelChanged, this, &ComparePage::reloadModels);
    connect(&m_session, &ProjectSession::runsChanged, this, &ComparePage::reloadModels);
}

void ComparePage::addShortcuts() {
    const auto add = [this](const QKeySequence& key, auto action) {
        auto* shortcut = new QShortcut(key, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    add(Qt::CTRL | Qt::Key_Return, [this] { askBoth(); });
    add(Qt::CTRL | Qt::Key_Enter, [this] { askBoth(); });
    add(Qt::Key_Escape, [this] { stop(); });
    add(Qt::Key_J, [this] { step(1); });
    add(Qt::Key_K, [this] { step(-1); });
    add(Qt::Key_W, [this] { m_reference->setUnit(DiffUnit::Words); });
    add(Qt::Key_C, [this] { m_reference->setUnit(DiffUnit::Characters); });
}

void ComparePage::activated() {
    reloadModels();
}

void ComparePage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    // Training on the next page needs the memory.
    for (const auto& arm : m_arms) arm->releaseModels();
}

bool ComparePage::isBusy() const {
    return std::any_of(m_arms.begin(), m_arms.end(), [](const auto& arm) { return arm->isBusy(); });
}

void ComparePage::adoptProject() {
    stop();
    for (TaskRunner& opening : m_openings) opening.cancel();  // they are for the project that was open
    m_note->clear();
    m_chosen = {};
    for (const auto& arm : m_arms) arm->setModel({});
    loadSettings();
    m_setup.promptTemplate = m_session.currentTemplate();
    reloadModels();
    m_prompt->setPrompt({});
    reloadPrompts();
    showCurrent();
}

void ComparePage::reloadPrompts() {
    std::vector<ComparePrompt> prompts;
    try {
        if (m_session.isOpen()) {
            RecordQuery query;
            query.split = Split::Test;
            query.status = RecordStatus::Accepted;
            for (const Record& record : m_session.project().records(query)) {
                if (record.kind == RecordKind::Pair) prompts.push_back(ComparePrompt::fromRecord(record));
            }
        }
    } catch (const Error& error) {
        showError(error);
    }
    const qint64 shown = m_prompt->prompt().rowId;
    m_list->reload(std::move(prompts), m_setup);
    const int row = m_model.rowOf(shown);
    if (row >= 0)
        m_prompt->setPrompt(m_model.prompts()[static_cast<std::size_t>(row)]);  // it may have been edited
    else if (shown != 0)
        m_prompt->setPrompt({});
    else if (const int typedOver = m_model.rowOf(m_prompt->row().rowId); typedOver >= 0)
        m_prompt->setRow(m_model.prompts()[static_cast<std::size_t>(typedOver)]);
    else
        m_prompt->setRow({});
    showCurrent();
    showBusy();
}

void ComparePage::reloadModels() {
    const std::vector<ModelChoice> models = m_session.answerers();
    chooseDefaults(models);
    nameArms();
    for (int i = 0; i < kArms; ++i) {
        armPanel(i)->setModels(models);
        armPanel(i)->showIdentity(m_setup.promptTemplate);
    }
    showCurrent();
    showBusy();
}

// Base: the project's base model. Fine-tuned: the newest run that has a model, until the user chooses; of a
// LoRA run its adapter, which takes no second copy of the base.
void ComparePage::chooseDefaults(const std::vector<ModelChoice>& models) {
    for (std::size_t i = 0; i < kArms; ++i) {
        const auto& now = m_arms[i]->model();
        const bool there = now && std::any_of(models.begin(), models.end(), [&](const ModelChoice& model) {
                               return sameModel(model, *now);
                           });
        if (m_chosen[i] && there) continue;
        m_chosen[i] = false;
        const auto wanted = std::find_if(models.begin(), models.end(), [&](const ModelChoice& model) {
            return i == 0 ? sameFolder(model.place(), m_session.baseModel())
                          : model.kind == ModelChoice::Kind::Run;
        });
        m_arms[i]->setModel(wanted == models.end() ? std::optional<ModelChoice>() : *wanted);
    }
}

void ComparePage::chooseModels(const std::vector<std::filesystem::path>& models) {
    if (models.empty()) return;
    const std::vector<ModelChoice> known = m_session.answerers();
    const bool two = models.size() > 1;
    m_chosen = {two, true};  // where the base is not chosen it becomes the project's own again
    for (std::size_t i = 0; i < kArms; ++i) {
        if (!m_chosen[i]) continue;
        const std::filesystem::path& wanted = two ? models[i] : models.front();
        const auto found = std::find_if(known.begin(), known.end(), [&](const ModelChoice& model) {
            return sameFolder(model.place(), wanted);
        });
        if (found != known.end()) m_arms[i]->setModel(*found);
    }
    reloadModels();
}

bool ComparePage::isTuned(const ModelChoice& model) const {
    return !model.adapter.empty() ||
           (model.kind == ModelChoice::Kind::Run && !sameFolder(model.folder, m_session.baseModel()));
}

// What stands in the first arm is called the base unless it is an adapter, or a run's model that the project
// does not build on: then two fine-tuned models are compared.
void ComparePage::nameArms() {
    const auto& first = arm(0).model();
    const bool twoTuned = first && isTuned(*first);
    m_model.setTwoTuned(twoTuned);
    m_armPanels[0]->setName(twoTuned ? tr("First model") : tr("Base"));
    m_armPanels[1]->setName(twoTuned ? tr("Second model") : tr("Fine-tuned"));
    m_list->retranslate();
}

// All test prompts were asked: a run keeps how many its model answered exactly, where its answers do not
// depend on a seed and the template is the one it was trained with.
void ComparePage::storeScores() {
    const auto rows = static_cast<std::int64_t>(m_model.prompts().size());
    if (rows == 0 || m_batch.size() != m_model.prompts().size() || m_setup.settings.temperature > 0.0) return;
    bool stored = false;
    for (int i = 0; i < kArms; ++i) {
        const auto& model = arm(i).model();
        const TrainedTemplate& trained = arm(i).trainedTemplate();
        const MatchCount count = m_model.score(i);
        if (!model || model->kind != ModelChoice::Kind::Run || count.all != rows ||
            trained.state != TrainedTemplate::State::Known ||
            !(trained.promptTemplate == m_setup.promptTemplate))
            continue;
        const std::filesystem::path run = model->place().parent_path();
        try {
            const RunScore before = readRunScore(run).value_or(RunScore());
            if (before.matched == count.matched && before.all == count.all) continue;
            writeRunScore(run, {count.matched, count.all, unixTime()});
            stored = true;
        } catch (const Error& error) {
            showError(error);
        }
    }
    if (stored) Q_EMIT scoresStored();
}

void ComparePage::reloadSetup() {
    m_setup.promptTemplate = m_session.currentTemplate();
    m_setup.settings = m_prompt->settings();
    m_model.setSetup(m_setup);
    for (int i = 0; i < kArms; ++i) armPanel(i)->showIdentity(m_setup.promptTemplate);
    m_list->showScores();
    showCurrent();
}

void ComparePage::loadSettings() {
    GenerateSettings settings;
    try {
        if (m_session.isOpen()) {
            if (const auto stored = m_session.project().setting(kSettingsKey)) {
                GenerateSettings read;
                const bool sound = fromJson(parseJson(*stored, kSettingsKey), read).empty();
                if (sound && validate(read).empty()) settings = read;
            }
        }
    } catch (const Error& error) {
        showError(error);
    }
    m_prompt->setSettings(settings);
    m_setup.settings = settings;
}

void ComparePage::storeSettings(const GenerateSettings& settings) {
    try {
        if (m_session.isOpen()) m_session.project().setSetting(kSettingsKey, toJson(settings).dump());
    } catch (const Error& error) {
        showError(error);
    }
    reloadSetup();
}

void ComparePage::showRecord(qint64 id) {
    const int row = m_model.rowOf(id);
    if (row < 0) return;
    m_prompt->setPrompt(m_model.prompts()[static_cast<std::size_t>(row)]);
    showCurrent();
}

void ComparePage::step(int by) {
    if (const qint64 id = m_list->neighbour(by)) m_list->select(id);
}

bool ComparePage::ask(const ComparePrompt& prompt, bool first, bool again) {
    try {
        for (const auto& arm : m_arms) arm->ask(m_setup, prompt, first, again);
        return true;
    } catch (const Error& error) {
        showError(error);
        return false;
    }
}

void ComparePage::askBoth() {
    if (m_prompt->prompt().instruction.empty()) return;
    m_note->clear();
    ask(m_prompt->prompt(), true, true);
    showBusy();
}

void ComparePage::runAll() {
    m_note->clear();
    m_batch.clear();
    const std::vector<int> rows = m_list->listed();
    for (const int row : rows) m_batch.push_back(m_model.key(row));
    m_running = !m_batch.empty();
    for (const int row : rows) {
        if (!ask(m_model.prompts()[static_cast<std::size_t>(row)], false, false)) break;
    }
    showBusy();
}

void ComparePage::stop() {
    for (const auto& arm : m_arms) arm->stop();
    m_running = false;
    showBusy();
}

void ComparePage::answerChanged(const QByteArray& key) {
    m_model.answerChanged(key);
    if (key == answerKey(m_setup, m_prompt->prompt())) showCurrent();
    showBusy();
}

void ComparePage::showCurrent() {
    const QByteArray key = answerKey(m_setup, m_prompt->prompt());
    std::array<ReferencePanel::Line, kArms> lines;
    for (int i = 0; i < kArms; ++i) {
        const Answer* answer = arm(i).answer(key);
        armPanel(i)->showAnswer(answer, m_setup.settings.maxNewTokens);
        lines[static_cast<std::size_t>(i)] = {armPanel(i)->name(), answer, arm(i).weightsHash()};
    }
    m_reference->showAnswers(m_prompt->prompt(), lines);
    m_prompt->setNeighbours(m_list->neighbour(-1) != 0, m_list->neighbour(1) != 0);
}

void ComparePage::showBusy() {
    const bool busy = isBusy();
    if (!busy && std::exchange(m_running, false)) storeScores();
    const bool any = arm(0).model() || arm(1).model();
    m_prompt->setBusy(busy);
    m_prompt->setAskEnabled(any);
    m_list->setRunEnabled(any && !busy);
    if (!m_running) m_list->setRunning(false, 0, 0);
    if (!m_scoreTimer->isActive()) m_scoreTimer->start();
}

void ComparePage::showScores() {
    const auto ended = [this](const QByteArray& key) {
        return std::all_of(m_arms.begin(), m_arms.end(), [&key](const auto& arm) {
            const Answer* answer = arm->answer(key);
            return !arm->model() || (answer && !answer->isBusy());
        });
    };
    const auto done = std::count_if(m_batch.begin(), m_batch.end(), ended);
    m_list->setRunning(m_running, static_cast<int>(done), static_cast<int>(m_batch.size()));
    m_list->showScores();
    showNextStep();
}

void ComparePage::showNextStep() {
    NextStep step;
    step.buttonText = tr("Next: improve the data");
    step.target = PageId::Data;
    const MatchCount base = m_model.score(0);
    const MatchCount tuned = m_model.score(1);
    const QLocale locale;
    if (base.all > 0 && tuned.all > 0)
        step.hint = (m_model.twoTuned() ? tr("Exact match: first %1 of %2 · second %3 of %4")
                                        : tr("Exact match: base %1 of %2 · fine-tuned %3 of %4"))
                        .arg(locale.toString(qint64(base.matched)), locale.toString(qint64(base.all)),
                             locale.toString(qint64(tuned.matched)), locale.toString(qint64(tuned.all)));
    setNextStep(step);
}

void ComparePage::showError(const Error& error) {
    const ErrorText text = errorText(error);
    m_note->setNote(NoteKind::Error, text.cause + u' ' + text.nextStep, text.details);
}

QWidget* ComparePage::sidePane() const {
    return m_list;
}

void ComparePage::retranslate() {
    Page::retranslate();
    head().setFact(tr("Same prompt, same template, same seed for both"));
    const std::vector<ModelChoice> models = m_session.answerers();
    nameArms();
    for (int i = 0; i < kArms; ++i) {
        armPanel(i)->setModels(models);
        armPanel(i)->retranslate();
        armPanel(i)->showIdentity(m_setup.promptTemplate);
    }
    m_list->retranslate();
    m_prompt->retranslate();
    m_reference->retranslate();
    showCurrent();
    showNextStep();
}

}  // namespace studio::ui
