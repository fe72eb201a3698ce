// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <deque>
#include <optional>

#include "core/formats/export_note.h"
#include "ui/compare/answer.h"
#include "ui/jobs/job_runner.h"
#include "ui/jobs/task_runner.h"
#include "ui/session/project_session.h"

namespace studio::ui {

/// The template that a model was trained with, as its folder says.
struct TrainedTemplate {
    enum class State { None, Known, Unreadable } state = State::None;
    PromptTemplate promptTemplate;
    QString problem;  ///< for Unreadable
};
TrainedTemplate trainedTemplate(const std::filesystem::path& modelFolder);

/// Whether two choices are the same weights: one model, with the same adapter beside it or none.
bool sameModel(const ModelChoice& one, const ModelChoice& other);

/// One side of a comparison: a model or a base with an adapter, the thread that runs it, and its answers so
/// far. GUI thread. Answers
/// stay while models, templates and settings change, since each is found by what produced it.
class CompareArm : public QObject {
    Q_OBJECT

public:
    CompareArm(int number, EngineFactory factory, QObject* parent = nullptr);

    /// Stops what runs; the weights' hash is computed in the background.
    void setModel(const std::optional<ModelChoice>& model);
    const std::optional<ModelChoice>& model() const { return m_model; }
    /// As GenerateResult has it; empty until it is known.
    const std::string& weightsHash() const { return m_weightsHash; }
    const QString& weightsProblem() const { return m_weightsProblem; }
    /// That the adapter was made for another base, once the hash is known.
    const std::optional<ExportNote>& otherBase() const { return m_otherBase; }
    const TrainedTemplate& trainedTemplate() const { return m_trained; }

    /// Asks for one answer; one that is there already (or under way) is kept unless `again`. `first`: before
    /// those that wait. Throws TemplateInvalid.
    void ask(const CompareSetup& setup, const ComparePrompt& prompt, bool first, bool again);
    /// Null where nothing was asked under this key.
    const Answer* answer(const QByteArray& key) const;
    /// Ends the answer under way and forgets those that wait.
    void stop();
    bool isBusy() const { return !m_waiting.empty() || !m_running.isEmpty(); }
    /// Frees the loaded weights unless an answer is under way.
    void releaseModels();

Q_SIGNALS:
    /// Another model, or something more is known about it.
    void identityChanged();
    void answerChanged(const QByteArray& key);
    /// The last answer has ended.
    void idle();

private:
    struct Request {
        QByteArray key;
        GenerateJob job;
    };
    using Store = QHash<QByteArray, Answer>;

    void feed();
    void takeText(quint64 job, const TextEvent& event);
    void takeOutcome(quint64 job, const JobOutcome& outcome);
    void setStage(quint64 job, const StageEvent& stage);
    QString storeKey() const;
    Store& store();

    int m_number;
    std::optional<ModelChoice> m_model;
    std::string m_weightsHash;
    QString m_weightsProblem;
    std::optional<ExportNote> m_otherBase;
    TrainedTemplate m_trained;
    QHash<QString, Store> m_stores;  ///< by storeKey()
    std::deque<Request> m_waiting;
    QHash<quint64, QByteArray> m_running;  ///< handed to the runner, by its job number
    TaskRunner m_hasher;
    JobRunner m_runner;
};

}  // namespace studio::ui
