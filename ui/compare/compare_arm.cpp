// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_arm.h"

#include <QThread>
#include <algorithm>

#include "core/formats/adapter_files.h"
#include "core/formats/model_config.h"
#include "core/formats/other_base.h"
#include "core/formats/own_template.h"
#include "ui/session/model_paths.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

// The runner hears of an end ten times a second: with a few jobs handed over beforehand, short answers do not
// wait for that, while a prompt of the user's own still comes soon.
constexpr int kAhead = 8;

struct Identity {
    std::string hash;
    std::optional<ExportNote> otherBase;
};

Identity identityOf(const ModelChoice& model, const std::stop_token& stopped) {
    const std::string hash = modelHash(model.folder, stopped);
    if (model.adapter.empty()) return {hash, {}};
    return {adaptedModelHash(hash, model.adapter, stopped),
            otherBaseNote(model.adapter, model.folder, hash, stopped)};
}

}  // namespace

bool sameModel(const ModelChoice& one, const ModelChoice& other) {
    return sameFolder(one.folder, other.folder) && sameFolder(one.adapter, other.adapter);
}

TrainedTemplate trainedTemplate(const fs::path& modelFolder) {
    TrainedTemplate result;
    try {
        const std::optional<PromptTemplate> own = ownTemplate(modelFolder);
        if (!own) return result;
        result.promptTemplate = *own;
        result.state = TrainedTemplate::State::Known;
    } catch (const Error& error) {
        result.state = TrainedTemplate::State::Unreadable;
        result.problem = errorLine(error);
    }
    return result;
}

CompareArm::CompareArm(int number, EngineFactory factory, QObject* parent)
    : QObject(parent), m_number(number), m_runner(std::move(factory)) {
    connect(&m_runner, &JobRunner::stageChanged, this, &CompareArm::setStage);
    connect(&m_runner, &JobRunner::textArrived, this, &CompareArm::takeText);
    connect(&m_runner, &JobRunner::finished, this, &CompareArm::takeOutcome);
}

void CompareArm::setModel(const std::optional<ModelChoice>& model) {
    const bool same = m_model && model && sameModel(*m_model, *model);
    if (same || (!m_model && !model)) {
        m_model = model;  // its title may be another
        Q_EMIT identityChanged();
        return;
    }
    stop();
    // What is still under way ends unheard: it belongs to the other model.
    for (const QByteArray& key : std::as_const(m_running)) store().remove(key);
    m_running.clear();
    m_model = model;
    m_weightsHash.clear();
    m_weightsProblem.clear();
    m_otherBase.reset();
    m_trained = {};
    m_hasher.cancel();
    if (m_model) {
        m_trained = ui::trainedTemplate(m_model->place());
        m_hasher.run<Identity>(
            [chosen = *m_model](const std::stop_token& stopped) { return identityOf(chosen, stopped); },
            [this](const Identity& identity) {
                m_weightsHash = identity.hash;
                m_otherBase = identity.otherBase;
                Q_EMIT identityChanged();
            },
            [this](const Error& error) {
                m_weightsProblem = errorLine(error);
                Q_EMIT identityChanged();
            });
    }
    Q_EMIT identityChanged();
}

QString CompareArm::storeKey() const {
    return m_model ? QString::fromStdString(m_model->folder.string() + '\n' + m_model->adapter.string())
                   : QString();
}

CompareArm::Store& CompareArm::store() {
    return m_stores[storeKey()];
}

const Answer* CompareArm::answer(const QByteArray& key) const {
    if (!m_model || key.isEmpty()) return nullptr;
    const auto answers = m_stores.constFind(storeKey());
    if (answers == m_stores.constEnd()) return nullptr;
    const auto it = answers->constFind(key);
    return it == answers->constEnd() ? nullptr : &*it;
}

void CompareArm::ask(const CompareSetup& setup, const ComparePrompt& prompt, bool first, bool again) {
    if (!m_model) return;
    GenerateJob job;
    job.modelFolder = m_model->folder;
    job.adapterFolder = m_model->adapter;
    job.prompt = promptText(setup, prompt);
    job.form = promptForm(setup.promptTemplate);
    job.settings = setup.settings;
    // Both arms at once, and both the same, so that their speeds can be compared.
    job.threads = std::max(1, QThread::idealThreadCount() / 2);
    job.arm = m_number;
    const QByteArray key = answerKey(setup, prompt);
    const Answer* known = answer(key);
    if (known && (known->isBusy() || (known->isComplete() && !again))) {
        const auto waits = std::find_if(m_waiting.begin(), m_waiting.end(),
                                        [&](const Request& request) { return request.key == key; });
        if (first && waits != m_waiting.end()) {
            std::rotate(m_waiting.begin(), waits, waits + 1);
        }
        return;
    }
    store()[key] = Answer();
    if (first)
        m_waiting.push_front({key, std::move(job)});
    else
        m_waiting.push_back({key, std::move(job)});
    Q_EMIT answerChanged(key);
    feed();
}

void CompareArm::feed() {
    while (m_running.size() < kAhead && !m_waiting.empty()) {
        Request request = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_running.insert(m_runner.start(std::move(request.job)), request.key);
    }
}

void CompareArm::stop() {
    std::deque<Request> dropped;
    dropped.swap(m_waiting);
    for (const Request& request : dropped) {
        store().remove(request.key);
        Q_EMIT answerChanged(request.key);
    }
    m_runner.stop();
}

void CompareArm::releaseModels() {
    if (!isBusy()) m_runner.releaseModels();
}

void CompareArm::setStage(quint64 job, const StageEvent& stage) {
    const auto it = m_running.constFind(job);
    if (it == m_running.constEnd()) return;
    const QByteArray key = *it;
    Answer& answer = store()[key];
    if (answer.state != Answer::State::Waiting && answer.state != Answer::State::Loading) return;
    answer.state = stage.stage == "generating" ? Answer::State::Writing : Answer::State::Loading;
    Q_EMIT answerChanged(key);
}

void CompareArm::takeText(quint64 job, const TextEvent& event) {
    const auto it = m_running.constFind(job);
    if (it == m_running.constEnd()) return;
    const QByteArray key = *it;
    Answer& answer = store()[key];
    answer.state = Answer::State::Writing;
    answer.text += QString::fromStdString(event.text);
    answer.tokens = event.tokens;
    answer.tokensPerSecond = event.tokensPerSecond;
    Q_EMIT answerChanged(key);
}

void CompareArm::takeOutcome(quint64 job, const JobOutcome& outcome) {
    const auto it = m_running.constFind(job);
    if (it == m_running.constEnd()) return;
    const QByteArray key = *it;
    m_running.erase(it);
    const auto* result = std::get_if<GenerateResult>(&outcome.value);
    if (outcome.kind == JobOutcome::Kind::Failed) {
        Answer& answer = store()[key];
        const ErrorText text = errorText(outcome);
        answer.state = Answer::State::Failed;
        answer.problem = sentences(text.cause, text.nextStep);
        answer.details = text.details;
    } else if (result) {
        Answer& answer = store()[key];
        const bool whole = outcome.kind == JobOutcome::Kind::Finished && result->stopReason != "cancelled";
        answer.state = whole ? Answer::State::Finished : Answer::State::Stopped;
        answer.text = QString::fromStdString(result->text);
        answer.tokens = static_cast<qint64>(result->ids.size());
        answer.tokensPerSecond = result->tokensPerSecond;
        answer.stopReason = result->stopReason;
        answer.ids = result->ids;
        answer.weightsHash = result->weightsHash;
    } else if (store().value(key).tokens > 0) {
        store()[key].state = Answer::State::Stopped;
    } else {
        store().remove(key);  // dropped before its first token: as if it had not been asked
    }
    Q_EMIT answerChanged(key);
    feed();
    if (!isBusy()) Q_EMIT idle();
}

}  // namespace studio::ui
