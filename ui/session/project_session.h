// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/storage/project.h"
#include "core/storage/run_folder.h"
#include "core/text/prompt_template.h"
#include "core/tokenizer/tokenizer.h"

namespace studio::ui {

/// A model that can be chosen on Train and Compare; on Compare also a base model with an adapter beside it.
struct ModelChoice {
    QString title;  ///< "Embedded base model", the run's name, or the folder's name
    std::filesystem::path folder;
    enum class Kind { Embedded, Run, Folder } kind = Kind::Folder;
    std::filesystem::path adapter{};  ///< a LoRA adapter beside the model of `folder`; empty: none

    /// The folder that tells it from all others: the adapter's, where there is one.
    const std::filesystem::path& place() const { return adapter.empty() ? folder : adapter; }
};

/// What all pages share: the open project, the chosen template and base model, the selected record. GUI
/// thread only; owns the Project. Pages hold it by reference and talk to each other through its signals
/// alone. Functions that touch the project throw studio::Error; pages show it in a NoteBar.
class ProjectSession : public QObject {
    Q_OBJECT

public:
    explicit ProjectSession(QObject* parent = nullptr);
    ~ProjectSession() override;

    bool isOpen() const { return m_project != nullptr; }
    Project& project();
    const Project& project() const;
    void openProject(const std::filesystem::path& folder);
    void createProject(const std::filesystem::path& folder);
    void closeProject();

    // Template (by name; the choice is kept in the project)
    std::vector<PromptTemplate> templates() const;
    PromptTemplate currentTemplate() const;
    void setCurrentTemplate(const QString& name);
    /// Stores a project template (a new or changed one) and makes it the current one.
    void saveTemplate(const PromptTemplate& promptTemplate);
    /// Whether the base model brings a chat template of its own.
    bool modelHasChatTemplate() const { return m_modelHasChatTemplate; }
    /// Makes it the current template, as one of the project's. Throws where it cannot be carried out.
    void useChatTemplate();

    // Base model and its tokenizer (the choice is kept in the project; the embedded model by default)
    std::vector<ModelChoice> models() const;
    /// What can answer on Compare: models(), adapters of LoRA runs over their bases (each before the model
    /// that it is merged into), and opened adapters. An adapter whose base is not known is not among them.
    std::vector<ModelChoice> answerers() const;
    /// What a model is called wherever its name stands alone.
    static QString modelTitle(const std::filesystem::path& folder);
    std::filesystem::path baseModel() const { return m_baseModel; }
    void setBaseModel(const std::filesystem::path& folder);
    /// Adds a folder to the list of known models of this project.
    void addModelFolder(const std::filesystem::path& folder);
    /// Takes a folder off that list; the folder stays as it is. False where it was not on it.
    bool removeModelFolder(const std::filesystem::path& folder);
    /// Adapters that were opened in this project, with the models that they stand beside.
    std::map<std::filesystem::path, std::filesystem::path> adapters() const;
    /// Adds an adapter, or gives it another base.
    void addAdapter(const std::filesystem::path& adapter, const std::filesystem::path& base);
    /// Takes an adapter off; its folder stays. False where it was not there.
    bool removeAdapter(const std::filesystem::path& adapter);
    /// How the user calls models: models() then says so. An empty text stands for the model's own name.
    using ModelNames = std::function<QString(const std::filesystem::path& folder)>;
    /// `bases`: which base the user has chosen for an adapter, for answerers(); an empty path for none.
    using AdapterBases = std::function<std::filesystem::path(const std::filesystem::path& adapter)>;
    void setModelNames(ModelNames names, AdapterBases bases = {});
    /// Tokenizer of the base model; null when it could not be loaded, then tokenizerProblem() says why.
    std::shared_ptr<const Tokenizer> tokenizer() const { return m_tokenizer; }
    QString tokenizerProblem() const { return m_tokenizerProblem; }

    /// Longest row that the base model can hold, in tokens; 0 where that is not known.
    qint64 modelContext() const { return m_modelContext; }

    // Longest row in tokens, shared by Prompts and Train (kept in the project). Never beyond modelContext():
    // the training would not use more. What the project keeps comes back with a model that holds it.
    qint64 cutoff() const;
    void setCutoff(qint64 tokens);

    // The record that Data and Prompts look at
    qint64 currentRow() const { return m_currentRow; }
    void setCurrentRow(qint64 id);

    // Runs
    std::vector<RunSummary> runs() const;
    /// A run was added or has ended: its model can be chosen from now on.
    void notifyRunsChanged() {
        Q_EMIT runsChanged();
        Q_EMIT modelsChanged();
    }

    // Changes to records go through here, so that every page hears of them
    void updateRecord(const Record& record, bool coalesce);
    void updateRecords(const std::vector<Record>& records, const QString& kind);
    std::vector<std::int64_t> addRecords(const std::vector<Record>& records, const QString& kind);
    void removeRecords(const std::vector<std::int64_t>& ids);
    std::vector<std::int64_t> duplicateRecords(const std::vector<std::int64_t>& ids);
    void splitRecords(const SplitSettings& settings);
    void undo();
    void redo();

Q_SIGNALS:
    void projectChanged();  ///< another project is open (or none)
    void recordsChanged();  ///< rows were added, removed, reordered or dealt: reload
    void recordEdited(qint64 id);
    void templateChanged();
    void modelChanged();   ///< base model or its tokenizer
    void modelsChanged();  ///< the list of known models
    void cutoffChanged(qint64 tokens);
    void currentRowChanged(qint64 id);
    void runsChanged();
    void undoStateChanged();
    void saved();  ///< something was made durable just now

private:
    void readBaseModel();
    void adoptProject(std::unique_ptr<Project> project);
    std::filesystem::path storedBaseModel() const;
    std::vector<std::filesystem::path> knownFolders() const;
    void storeModelFolders(const std::vector<std::filesystem::path>& folders);
    void storeAdapters(const std::map<std::filesystem::path, std::filesystem::path>& adapters);
    void announceChange(bool rowsMoved, qint64 editedRow);

    std::unique_ptr<Project> m_project;
    std::filesystem::path m_baseModel;
    ModelNames m_modelNames;
    AdapterBases m_usersBases;
    std::shared_ptr<const Tokenizer> m_tokenizer;
    QString m_tokenizerProblem;
    bool m_modelHasChatTemplate = false;
    qint64 m_modelContext = 0;
    qint64 m_currentRow = 0;
};

}  // namespace studio::ui
