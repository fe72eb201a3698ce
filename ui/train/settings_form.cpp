// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/settings_form.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QTimer>
#include <algorithm>

#include "core/formats/json.h"
#include "ui/dialogs/dialogs.h"
#include "ui/session/model_paths.h"
#include "ui/text/error_text.h"
#include "ui/train/field_editor.h"
#include "ui/train/form_grid.h"
#include "ui/widgets/segmented_control.h"

namespace studio::ui {

namespace {

constexpr int kSettleMilliseconds = 300;
const char* const kSettingsKey = "train_settings";
const char* const kBatch = "batch_rows";
const char* const kAccumulation = "accumulation";
const char* const kRunName = "run_name";
const char* const kModel = "model";
const char* const kTemplate = "template";

QString pathText(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

}  // namespace

SettingsForm::SettingsForm(ProjectSession& session, Dialogs& dialogs, QWidget* parent)
    : Panel(parent), m_session(session), m_dialogs(dialogs), m_delay(new QTimer(this)) {
    makeHead();
    makeRows();
    m_delay->setSingleShot(true);
    m_delay->setInterval(kSettleMilliseconds);
    connect(m_delay, &QTimer::timeout, this, &SettingsForm::settle);
    connect(&session, &ProjectSession::projectChanged, this, &SettingsForm::loadSettings);
    connect(&session, &ProjectSession::modelsChanged, this, &SettingsForm::fillModels);
    connect(&session, &ProjectSession::modelChanged, this, [this] {
        fillModels();
        changed();
    });
    connect(&session, &ProjectSession::templateChanged, this, [this] {
        fillTemplates();
        changed();
    });
    connect(&session, &ProjectSession::cutoffChanged, this, [this](qint64 tokens) {
        if (tokens == m_settings.cutoff) return;
        editor("cutoff")->setValue(std::int64_t{tokens});
        fieldEdited();
    });
    retranslate();
    loadSettings();
    showBasicOnly(true);
}

void SettingsForm::makeHead() {
    m_view = new SegmentedControl(this);
    m_view->setSmall(true);
    m_view->addSegment(QString());
    m_view->addSegment(QString());
    addHeadLeading(m_view);
    connect(m_view, &SegmentedControl::currentChanged, this,
            [this](int index) { showBasicOnly(index == 0); });
}

void SettingsForm::makeRows() {
    m_grid = new FormGrid;
    m_grid->setProperty("ground", "panel");
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_grid);
    setBodyWidget(scroll);

    m_runName = new QLineEdit(m_grid);
    m_model = new QComboBox(m_grid);
    m_template = new QComboBox(m_grid);
    connect(m_runName, &QLineEdit::textEdited, this, &SettingsForm::changed);
    connect(m_model, &QComboBox::activated, this, &SettingsForm::modelChosen);
    connect(m_template, &QComboBox::activated, this, [this](int index) {
        guarded([&] { m_session.setCurrentTemplate(m_template->itemData(index).toString()); });
    });
    // Groups in the order of their first field, "What" in front for it holds the model.
    const auto group = [this](const std::string& name) { m_groups.push_back({name, m_grid->addGroup()}); };
    group("What");
    m_rowOf[kRunName] = m_grid->addRow(m_runName);
    m_rowOf[kModel] = m_grid->addRow(m_model);
    m_rowOf[kTemplate] = m_grid->addRow(m_template);
    for (std::size_t at = 0; at < m_groups.size(); ++at) {
        for (const Field& field : trainFields()) {
            if (field.group == m_groups[at].name) m_rowOf[field.name] = addField(field);
        }
        // The next group is that of the first field which has none yet.
        for (const Field& field : trainFields()) {
            const bool known = std::any_of(m_groups.begin(), m_groups.end(),
                                           [&](const Group& each) { return each.name == field.group; });
            if (!known) {
                group(field.group);
                break;
            }
        }
    }
}

int SettingsForm::addField(const Field& field) {
    if (field.name == kAccumulation && m_rowOf.count(kBatch) != 0) return m_rowOf[kBatch];
    if (field.name == kBatch) {
        const auto& fields = trainFields();
        const auto accumulation = std::find_if(fields.begin(), fields.end(),
                                               [](const Field& each) { return each.name == kAccumulation; });
        return m_grid->addRow(makeRowsPerStep(field, *accumulation));
    }
    auto* made = new FieldEditor(field, m_grid);
    m_editors[field.name] = made;
    connect(made, &FieldEditor::edited, this, &SettingsForm::fieldEdited);
    return m_grid->addRow(made);
}

QWidget* SettingsForm::makeRowsPerStep(const Field& batch, const Field& accumulation) {
    auto* both = new QWidget(m_grid);
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto* times = new QLabel(QStringLiteral("×"), both);
    setTone(times, Tone::Secondary);
    for (const Field* field : {&batch, &accumulation}) {
        auto* made = new FieldEditor(*field, both);
        made->setUnitVisible(false);
        made->setFixedWidth(64);
        m_editors[field->name] = made;
        connect(made, &FieldEditor::edited, this, &SettingsForm::fieldEdited);
        row->addWidget(made);
        if (field == &batch) row->addWidget(times);
    }
    m_product = new QLabel(both);
    setTone(m_product, Tone::Secondary);
    row->addWidget(m_product, 1);
    both->setFocusProxy(m_editors[kBatch]);
    return both;
}

void SettingsForm::retranslate() {
    const auto& fields = trainFields();
    // Batch and accumulation are one row; run name, model and template are rows without a field.
    const int all = static_cast<int>(fields.size()) + 2;
    const int basic = static_cast<int>(std::count_if(fields.begin(), fields.end(),
                                                     [](const Field& f) { return f.basic; })) +
                      2;
    m_view->setSegmentText(0, tr("Basic %1").arg(basic));
    m_view->setSegmentText(1, tr("All %1").arg(all));
    m_view->setAccessibleName(tr("Which settings are shown"));
    for (const Group& group : m_groups) m_grid->setTexts(group.row, fieldText(group.name));
    m_grid->setTexts(m_rowOf[kRunName], tr("Run name"), tr("Folder name under runs."));
    m_grid->setTexts(m_rowOf[kModel], tr("Base model"), tr("The training starts from its weights."));
    m_grid->setTexts(m_rowOf[kTemplate], tr("Template"),
                     tr("Makes prompts of the rows; stored with the model."));
    m_runName->setAccessibleName(tr("Run name"));
    m_model->setAccessibleName(tr("Base model"));
    m_template->setAccessibleName(tr("Template"));
    for (const Field& field : fields) {
        m_editors[field.name]->retranslate();
        if (field.name != kBatch && field.name != kAccumulation) {
            m_grid->setTexts(m_rowOf[field.name], fieldText(field.label), fieldText(field.help));
        }
    }
    m_grid->setTexts(m_rowOf[kBatch], tr("Rows per step"),
                     tr("Batch × accumulation. A smaller batch needs less memory."));
    fillModels();
    fillTemplates();
    showProblems();
}

void SettingsForm::showBasicOnly(bool basicOnly) {
    for (const Group& group : m_groups) {
        bool any = group.name == m_groups.front().name;
        for (const Field& field : trainFields()) {
            if (field.group != group.name) continue;
            const bool visible = field.basic || !basicOnly;
            m_grid->setRowVisible(m_rowOf[field.name], visible);
            any = any || visible;
        }
        m_grid->setRowVisible(group.row, any);
    }
    const QSignalBlocker quiet(m_view);
    m_view->setCurrentIndex(basicOnly ? 0 : 1);
}

void SettingsForm::fillModels() {
    const QSignalBlocker quiet(m_model);
    m_model->clear();
    for (const ModelChoice& choice : m_session.models()) {
        m_model->addItem(choice.title, pathText(choice.folder));
        m_model->setItemData(m_model->count() - 1, pathText(choice.folder), Qt::ToolTipRole);
        if (sameFolder(choice.folder, m_session.baseModel())) m_model->setCurrentIndex(m_model->count() - 1);
    }
    if (m_session.baseModel().empty()) m_model->setCurrentIndex(-1);
    m_model->insertSeparator(m_model->count());
    m_model->addItem(tr("Open folder…"));
}

void SettingsForm::fillTemplates() {
    const QSignalBlocker quiet(m_template);
    m_template->clear();
    const std::string current = m_session.currentTemplate().name;
    for (const PromptTemplate& each : m_session.templates()) {
        m_template->addItem(QString::fromStdString(each.title), QString::fromStdString(each.name));
        if (each.name == current) m_template->setCurrentIndex(m_template->count() - 1);
    }
}

void SettingsForm::modelChosen(int index) {
    const QVariant folder = m_model->itemData(index);
    if (folder.isValid()) {
        guarded([&] { m_session.setBaseModel(folder.toString().toStdString()); });
        return;
    }
    fillModels();  // "Open folder…" is a request, not a choice: the list goes back to the model in force
    FileRequest request;
    request.title = tr("Open a model folder");
    m_dialogs.openFolder(this, request, [this](const QString& chosen) {
        guarded([&] {
            m_session.addModelFolder(chosen.toStdString());
            m_session.setBaseModel(chosen.toStdString());
        });
    });
}

void SettingsForm::guarded(const std::function<void()>& change) {
    try {
        change();
    } catch (const Error& error) {
        fillModels();
        fillTemplates();
        m_dialogs.showError(this,
                            {tr("The choice was not kept"), errorLine(error), errorText(error).details});
    }
}

void SettingsForm::loadSettings() {
    m_settings = TrainSettings();
    setBeforeReset(std::nullopt);
    if (m_session.isOpen()) {
        if (const auto stored = m_session.project().setting(kSettingsKey)) {
            // What an older or newer version wrote and this one does not know keeps its default.
            fromJson(parseJson(*stored, kSettingsKey), m_settings);
        }
        m_settings.cutoff = m_session.cutoff();
        proposeRunName();
    }
    for (const auto& [name, made] : m_editors) made->setValue(value(m_settings, name));
    settle();
}

void SettingsForm::proposeRunName() {
    if (m_session.isOpen()) setRunName(QString::fromStdString(freeRunName(m_session.project().runsFolder())));
}

QString SettingsForm::runName() const {
    return m_runName->text().trimmed();
}

void SettingsForm::setRunName(const QString& name) {
    m_runName->setText(name);
    changed();
}

void SettingsForm::resetToDefaults() {
    fillFrom(defaults());
}

void SettingsForm::fillFrom(const TrainSettings& settings) {
    if (m_delay->isActive()) settle();  // what was typed just now is to come back too
    const std::optional<TrainSettings> before = m_settings;
    showSettings(settings);
    setBeforeReset(before);
}

void SettingsForm::takeBackReset() {
    if (!m_beforeReset) return;
    showSettings(*m_beforeReset);
    setBeforeReset(std::nullopt);
}

void SettingsForm::showSettings(const TrainSettings& settings) {
    m_settings = settings;
    for (const auto& [name, made] : m_editors) made->setValue(value(m_settings, name));
    changed();
}

void SettingsForm::setBeforeReset(const std::optional<TrainSettings>& settings) {
    m_beforeReset = settings;
    Q_EMIT resetStateChanged();
}

void SettingsForm::fieldEdited() {
    setBeforeReset(std::nullopt);
    changed();
}

TrainSettings SettingsForm::defaults() const {
    TrainSettings settings;
    if (m_session.modelContext() > 0)
        settings.cutoff = std::min<std::int64_t>(settings.cutoff, m_session.modelContext());
    return settings;
}

int SettingsForm::changedCount() const {
    const TrainSettings defaults = this->defaults();
    return static_cast<int>(std::count_if(
        trainFields().begin(), trainFields().end(),
        [&](const Field& field) { return value(m_settings, field.name) != value(defaults, field.name); }));
}

FieldEditor* SettingsForm::editor(const std::string& field) const {
    const auto found = m_editors.find(field);
    return found == m_editors.end() ? nullptr : found->second;
}

QString SettingsForm::fieldLabel(const std::string& field) const {
    if (field == kRunName) return tr("Run name");
    const FieldEditor* found = editor(field);
    return found ? fieldText(found->field().label) : QString::fromStdString(field);
}

void SettingsForm::focusField(const std::string& field) {
    QWidget* target = field == kRunName ? static_cast<QWidget*>(m_runName) : editor(field);
    if (!target) return;
    if (const FieldEditor* found = editor(field); found && !found->field().basic) showBasicOnly(false);
    target->setFocus(Qt::OtherFocusReason);
}

void SettingsForm::changed() {
    Q_EMIT edited();
    m_delay->start();
}

void SettingsForm::settle() {
    m_delay->stop();
    m_problems.clear();
    TrainSettings read = m_settings;
    for (const auto& [name, made] : m_editors) {
        if (const auto entered = made->value())
            setValue(read, name, *entered);
        else
            m_problems.push_back({name, name + " is not a number.", "type", {}});
    }
    for (FieldIssue& issue : validate(read)) m_problems.push_back(std::move(issue));
    const qint64 context = m_session.modelContext();
    if (context > 0 && read.cutoff > context) {
        const std::string cutoff = std::to_string(read.cutoff), most = std::to_string(context);
        m_problems.push_back({"cutoff",
                              "cutoff: " + cutoff + " is beyond the context of the model, " + most + ".",
                              "cutoff_beyond_context",
                              {cutoff, most}});
    }
    if (m_session.isOpen()) {
        try {
            checkRunName(m_session.project().runsFolder(), runName().toStdString());
        } catch (const Error& error) {
            m_problems.push_back({kRunName, errorLine(error).toStdString(), "", {}});
        }
    }
    m_settings = read;
    if (m_session.isOpen() && m_problems.empty()) {
        try {
            const std::string stored = toJson(m_settings).dump();
            if (m_session.project().setting(kSettingsKey) != stored)
                m_session.project().setSetting(kSettingsKey, stored);
            m_session.setCutoff(m_settings.cutoff);
        } catch (const Error& error) {
            m_problems.push_back({"", errorLine(error).toStdString(), "", {}});
        }
    }
    showProblems();
    Q_EMIT settled();
}

void SettingsForm::showProblems() {
    const TrainSettings defaults = this->defaults();
    std::map<int, QString> problemOfRow;
    for (const FieldIssue& issue : m_problems) {
        const auto row = m_rowOf.find(issue.field);
        if (row != m_rowOf.end() && problemOfRow[row->second].isEmpty())
            problemOfRow[row->second] = fieldIssueText(issue);
    }
    for (const auto& [name, row] : m_rowOf)
        m_grid->setProblem(row, problemOfRow.count(row) ? problemOfRow[row] : QString());
    markBad(*m_runName, problemOfRow.count(m_rowOf[kRunName]) != 0);
    for (const auto& [name, made] : m_editors) {
        made->setBad(
            std::any_of(m_problems.begin(), m_problems.end(),
                        [&, field = name](const FieldIssue& issue) { return issue.field == field; }));
        bool differs = value(m_settings, name) != value(defaults, name);
        if (name == kBatch) differs = differs || m_settings.accumulation != defaults.accumulation;
        if (name != kAccumulation) m_grid->setBold(m_rowOf[name], differs);
    }
    updateProduct();
    const int differing = changedCount();
    setFact(differing > 0 ? tr("%n setting(s) differ from the defaults", nullptr, differing) : QString());
}

void SettingsForm::updateProduct() {
    m_product->setText(
        tr("= %1").arg(QLocale().toString(qlonglong(m_settings.batchRows * m_settings.accumulation))));
}

void SettingsForm::changeEvent(QEvent* event) {
    Panel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_product) retranslate();
}

}  // namespace studio::ui
