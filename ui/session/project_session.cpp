// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/project_session.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/data/example.h"
#include "core/formats/json.h"
#include "core/formats/model_config.h"
#include "core/tokenizer/chat_template_files.h"
#include "ui/session/model_paths.h"
#include "ui/text/error_text.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

// Keys of Project::setting(); a project written by one version is read by the next.
const char* const kTemplateKey = "template";
const char* const kBaseModelKey = "base_model";
const char* const kModelFoldersKey = "model_folders";
const char* const kCutoffKey = "cutoff";
const char* const kCurrentRowKey = "current_row";

constexpr qint64 kDefaultCutoff = 512;
// The window must not stand still while an import is being stored on another thread.
constexpr int kPatienceMilliseconds = 100;

qint64 contextLength(const fs::path& model) {
    try {
        return readModelConfig(model).contextLength;
    } catch (const Error&) {
        return 0;  // Train says what is wrong with the model.
    }
}

}  // namespace

ProjectSession::ProjectSession(QObject* parent) : QObject(parent) {}

ProjectSession::~ProjectSession() = default;

Project& ProjectSession::project() {
    if (!m_project) {
        throw Error(ErrorCode::InvalidArgument, "No project is open.", "Open a project or make a new one.");
    }
    return *m_project;
}

const Project& ProjectSession::project() const {
    return const_cast<ProjectSession*>(this)->project();
}

void ProjectSession::openProject(const fs::path& folder) {
    adoptProject(Project::open(folder));
}

void ProjectSession::createProject(const fs::path& folder) {
    adoptProject(Project::create(folder));
}

void ProjectSession::closeProject() {
    adoptProject(nullptr);
}

void ProjectSession::adoptProject(std::unique_ptr<Project> project) {
    m_project = std::move(project);
    if (m_project) m_project->setPatience(kPatienceMilliseconds);
    m_currentRow = 0;
    m_baseModel.clear();
    m_tokenizer.reset();
    m_tokenizerProblem.clear();
    m_modelContext = 0;
    if (m_project) {
        const auto row = m_project->setting(kCurrentRowKey);
        const qint64 id = row ? QString::fromStdString(*row).toLongLong() : 0;
        if (id > 0 && m_project->record(id)) m_currentRow = id;
        m_baseModel = storedBaseModel();
        readBaseModel();
    }
    Q_EMIT projectChanged();
    Q_EMIT modelsChanged();
    Q_EMIT modelChanged();
    Q_EMIT templateChanged();
    Q_EMIT cutoffChanged(cutoff());
    Q_EMIT runsChanged();
    Q_EMIT currentRowChanged(m_currentRow);
    Q_EMIT undoStateChanged();
}

// Template
// ----------------------------------------------------------------------------------------------------

std::vector<PromptTemplate> ProjectSession::templates() const {
    return allTemplates(m_project ? m_project->templatesFolder() : fs::path());
}

PromptTemplate ProjectSession::currentTemplate() const {
    if (m_project) {
        if (const auto name = m_project->setting(kTemplateKey)) {
            // A template file that was removed by hand must not lock the user out of the page that changes
            // it.
            for (const PromptTemplate& candidate : templates()) {
                if (candidate.name == *name) return candidate;
            }
        }
    }
    return builtInTemplates().front();
}

void ProjectSession::setCurrentTemplate(const QString& name) {
    const PromptTemplate wanted = findTemplate(name.toStdString(), project().templatesFolder());
    if (wanted.name == currentTemplate().name) return;
    project().setSetting(kTemplateKey, wanted.name);
    Q_EMIT templateChanged();
    Q_EMIT saved();
}

void ProjectSession::saveTemplate(const PromptTemplate& promptTemplate) {
    studio::saveTemplate(promptTemplate, project().templatesFolder());
    project().setSetting(kTemplateKey, promptTemplate.name);
    Q_EMIT templateChanged();
    Q_EMIT saved();
}

void ProjectSession::useChatTemplate() {
    std::optional<PromptTemplate> chat = chatTemplateOfModel(m_baseModel);
    if (!chat) return;
    const std::vector<PromptTemplate> all = templates();
    // It may have been taken from the model before, on another day.
    for (const PromptTemplate& each : all)
        if (each.chatTemplate == chat->chatTemplate && each.specialTokens == chat->specialTokens)
            return setCurrentTemplate(QString::fromStdString(each.name));
    const auto taken = [&](const std::string& name) {
        return std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
    };
    const std::string base = chat->name;
    for (int number = 2; taken(chat->name); ++number) chat->name = base + "-" + std::to_string(number);
    chat->title = tr("Chat of %1").arg(modelTitle(m_baseModel)).toStdString();
    saveTemplate(*chat);
}

// Models
// ------------------------------------------------------------------------------------------------------

QString ProjectSession::modelTitle(const fs::path& folder) {
    const fs::path embedded = embeddedModelFolder();
    return !embedded.empty() && sameFolder(folder, embedded) ? tr("Embedded base model")
                                                             : folderTitle(folder);
}

std::vector<ModelChoice> ProjectSession::models() const {
    std::vector<ModelChoice> choices;
    const fs::path embedded = embeddedModelFolder();
    if (!embedded.empty()) choices.push_back({modelTitle(embedded), embedded, ModelChoice::Kind::Embedded});
    const auto known = [&choices](const fs::path& folder) {
        return std::any_of(choices.begin(), choices.end(),
                           [&](const ModelChoice& choice) { return sameFolder(choice.folder, folder); });
    };
    for (const RunSummary& run : runs()) {
        if (!run.hasModel) continue;
        choices.push_back(
            {QString::fromStdString(run.name), RunFolder(run.folder).modelFolder(), ModelChoice::Kind::Run});
    }
    for (const fs::path& folder : knownFolders()) {
        if (known(folder)) continue;
        choices.push_back({folderTitle(folder), folder, ModelChoice::Kind::Folder});
    }
    if (!m_baseModel.empty() && !known(m_baseModel)) {
        choices.push_back({folderTitle(m_baseModel), m_baseModel, ModelChoice::Kind::Folder});
    }
    if (m_modelNames) {
        for (ModelChoice& choice : choices)
            if (const QString name = m_modelNames(choice.folder); !name.isEmpty()) choice.title = name;
    }
    return choices;
}

fs::path ProjectSession::storedBaseModel() const {
    if (const auto stored = m_project->setting(kBaseModelKey)) {
        const fs::path folder = modelFolderFromText(*stored, m_project->folder());
        if (!folder.empty()) return folder;
    }
    return embeddedModelFolder();
}

void ProjectSession::setBaseModel(const fs::path& folder) {
    if (sameFolder(folder, m_baseModel)) return;
    project().setSetting(kBaseModelKey, modelFolderToText(folder, project().folder()));
    m_baseModel = folder;
    const qint64 before = cutoff();
    readBaseModel();
    Q_EMIT modelChanged();
    if (cutoff() != before) Q_EMIT cutoffChanged(cutoff());
    Q_EMIT saved();
}

void ProjectSession::addModelFolder(const fs::path& folder) {
    std::vector<fs::path> folders = knownFolders();
    const bool known = std::any_of(folders.begin(), folders.end(),
                                   [&](const fs::path& other) { return sameFolder(other, folder); });
    if (known) return;
    folders.push_back(folder);
    storeModelFolders(folders);
}

bool ProjectSession::removeModelFolder(const fs::path& folder) {
    std::vector<fs::path> folders = knownFolders();
    const auto kept = std::remove_if(folders.begin(), folders.end(),
                                     [&](const fs::path& other) { return sameFolder(other, folder); });
    if (kept == folders.end()) return false;
    folders.erase(kept, folders.end());
    storeModelFolders(folders);
    return true;
}

void ProjectSession::storeModelFolders(const std::vector<fs::path>& folders) {
    OrderedJson list = OrderedJson::array();
    for (const fs::path& each : folders) list.push_back(modelFolderToText(each, project().folder()));
    project().setSetting(kModelFoldersKey, list.dump());
    Q_EMIT modelsChanged();
    Q_EMIT saved();
}

void ProjectSession::setModelNames(ModelNames names, AdapterBases bases) {
    m_modelNames = std::move(names);
    m_usersBases = std::move(bases);
    Q_EMIT modelsChanged();
}

std::vector<fs::path> ProjectSession::knownFolders() const {
    std::vector<fs::path> folders;
    if (!m_project) return folders;
    const auto stored = m_project->setting(kModelFoldersKey);
    if (!stored) return folders;
    for (const auto& entry : parseJson(*stored, kModelFoldersKey)) {
        if (!entry.is_string()) continue;
        const fs::path folder = modelFolderFromText(entry.get<std::string>(), m_project->folder());
        if (!folder.empty()) folders.push_back(folder);
    }
    return folders;
}

void ProjectSession::readBaseModel() {
    m_tokenizer.reset();
    m_tokenizerProblem.clear();
    m_modelContext = 0;
    m_modelHasChatTemplate = false;
    if (m_baseModel.empty()) {
        m_tokenizerProblem = tr("No base model is chosen. Choose a model folder on Train.");
        return;
    }
    m_modelContext = contextLength(m_baseModel);
    m_modelHasChatTemplate = hasChatTemplate(m_baseModel);
    try {
        m_tokenizer = loadTokenizer(m_baseModel);
    } catch (const Error& error) {
        m_tokenizerProblem = errorLine(error);
    }
}

// Cutoff, current row, runs
// ------------------------------------------------------------------------------------

qint64 ProjectSession::cutoff() const {
    if (!m_project) return kDefaultCutoff;
    const auto stored = m_project->setting(kCutoffKey);
    const qint64 tokens = stored ? QString::fromStdString(*stored).toLongLong() : 0;
    return cutoffInForce(tokens > 0 ? tokens : kDefaultCutoff, m_modelContext);
}

void ProjectSession::setCutoff(qint64 tokens) {
    if (tokens <= 0 || tokens == cutoff()) return;
    project().setSetting(kCutoffKey, std::to_string(tokens));
    Q_EMIT cutoffChanged(cutoff());
    Q_EMIT saved();
}

void ProjectSession::setCurrentRow(qint64 id) {
    if (id == m_currentRow) return;
    m_currentRow = id;
    try {
        if (m_project) m_project->setSetting(kCurrentRowKey, std::to_string(id));
    } catch (const Error&) {
        // It is only kept for the next start; the row is chosen all the same.
    }
    Q_EMIT currentRowChanged(id);
}

std::vector<RunSummary> ProjectSession::runs() const {
    return m_project ? listRuns(m_project->runsFolder()) : std::vector<RunSummary>();
}

// Records
// -----------------------------------------------------------------------------------------------------

void ProjectSession::announceChange(bool rowsMoved, qint64 editedRow) {
    // The selected row may just have been deleted (or its adding undone).
    if (m_currentRow != 0 && !m_project->record(m_currentRow)) setCurrentRow(0);
    if (rowsMoved)
        Q_EMIT recordsChanged();
    else
        Q_EMIT recordEdited(editedRow);
    Q_EMIT undoStateChanged();
    Q_EMIT saved();
}

void ProjectSession::updateRecord(const Record& record, bool coalesce) {
    project().update(record, coalesce);
    announceChange(false, record.id);
}

void ProjectSession::updateRecords(const std::vector<Record>& records, const QString& kind) {
    project().update(records, kind.toStdString());
    announceChange(true, 0);
}

std::vector<std::int64_t> ProjectSession::addRecords(const std::vector<Record>& records,
                                                     const QString& kind) {
    const std::vector<std::int64_t> ids = project().add(records, kind.toStdString());
    announceChange(true, 0);
    return ids;
}

void ProjectSession::removeRecords(const std::vector<std::int64_t>& ids) {
    project().remove(ids);
    announceChange(true, 0);
}

std::vector<std::int64_t> ProjectSession::duplicateRecords(const std::vector<std::int64_t>& ids) {
    const std::vector<std::int64_t> copies = project().duplicate(ids);
    announceChange(true, 0);
    return copies;
}

void ProjectSession::splitRecords(const SplitSettings& settings) {
    project().split(settings);
    announceChange(true, 0);
}

void ProjectSession::undo() {
    const auto info = project().undoInfo();
    if (!info || !project().undo()) return;
    const bool oneEdit = info->kind == "edit" && info->rows == 1;
    announceChange(!oneEdit, info->firstRow);
}

void ProjectSession::redo() {
    const auto info = project().redoInfo();
    if (!info || !project().redo()) return;
    const bool oneEdit = info->kind == "edit" && info->rows == 1;
    announceChange(!oneEdit, info->firstRow);
}

}  // namespace studio::ui
