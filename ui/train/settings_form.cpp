// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/settings_form.h"

#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTimer>
#include <algorithm>

#include "core/formats/json.h"
#include "ui/dialogs/dialogs.h"
#include "ui/session/model_paths.h"
#include "ui/text/error_text.h"
#include "ui/train/field_editor.h"
#include "ui/train/recipe_chooser.h"
#include "ui/train/sample_prompts.h"
#include "ui/train/settings_form_names.h"
#include "ui/widgets/search_field.h"

namespace studio::ui {

namespace {

constexpr int kSettleMilliseconds = 300;
const char* const kSettingsKey = "train_settings";

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
    m_recipe->load();
    m_prompts->load();
    m_settings = recipeSettings();
    setBeforeReset(std::nullopt);
    if (m_session.isOpen()) {
        if (const auto stored = m_session.project().setting(kSettingsKey)) {
            // What an older or newer version wrote and this one does not know keeps its default.
            m_settings = TrainSettings();
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

void SettingsForm::showSettings(const TrainSettings& settings) {
    m_settings = settings;
    for (const auto& [name, made] : m_editors) made->setValue(value(m_settings, name));
    changed();
}

void SettingsForm::resetField(const std::string& field) {
    m_editors[field]->setValue(value(recipeSettings(), field));
    fieldEdited();
}

void SettingsForm::setBeforeReset(const std::optional<Before>& before) {
    m_beforeReset = before;
    Q_EMIT resetStateChanged();
}

void SettingsForm::fieldEdited() {
    setBeforeReset(std::nullopt);
    changed();
}

TrainSettings SettingsForm::recipeSettings() const {
    TrainSettings settings = m_recipe->settings();
    if (m_session.modelContext() > 0)
        settings.cutoff = std::min<std::int64_t>(settings.cutoff, m_session.modelContext());
    return settings;
}

int SettingsForm::changedCount() const {
    return static_cast<int>(changedFields(m_settings, recipeSettings()).size());
}

const std::vector<std::int64_t>& SettingsForm::sampleRows() const {
    return m_prompts->rows();
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
    if (!isRowShown(field)) {
        m_search->clear();
        showAll(true);
    }
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
    if (m_session.isOpen() && m_problems.empty()) store();
    showProblems();
    Q_EMIT settled();
}

void SettingsForm::store() {
    try {
        const std::string stored = toJson(m_settings).dump();
        if (m_session.project().setting(kSettingsKey) != stored)
            m_session.project().setSetting(kSettingsKey, stored);
        m_session.setCutoff(m_settings.cutoff);
    } catch (const Error& error) {
        m_problems.push_back({"", errorLine(error).toStdString(), "", {}});
    }
}

void SettingsForm::changeEvent(QEvent* event) {
    Panel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_product) retranslate();
}

}  // namespace studio::ui
