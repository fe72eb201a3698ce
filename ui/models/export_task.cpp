// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/export_task.h"

#include <QMetaObject>
#include <functional>
#include <memory>
#include <utility>

#include "core/formats/model_config.h"
#include "core/hub/transfer_rate.h"
#include "core/jobs/export_leftovers.h"
#include "ui/jobs/either_stop.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

/// Hears the engine's job: what it loads.
class StepObserver : public JobObserver {
public:
    explicit StepObserver(std::function<void(const ExportStep&)> tell) : m_tell(std::move(tell)) {}

    void onEvent(const JobEvent& event) override {
        const auto* stage = std::get_if<StageEvent>(&event);
        if (stage) m_tell({ExportStep::Stage::Loading, stage->done, stage->total});
    }

private:
    std::function<void(const ExportStep&)> m_tell;
};

ExportStep writingStep(const Progress& progress, TransferRate& rate) {
    rate.add(TransferRate::Clock::now(), progress.done);
    ExportStep step{ExportStep::Stage::Writing, progress.done, progress.total};
    step.bytesPerSecond = rate.bytesPerSecond();
    step.secondsLeft = rate.secondsFor(progress.total - progress.done);
    return step;
}

ExportFacts factsOf(const fs::path& model) {
    ExportFacts facts;
    facts.stored = summarizeModel(model).storedType;
    if (const std::optional<Error> why = whyNotGguf(model)) {
        const ErrorText text = errorText(*why);
        facts.notGguf = text.cause;
        facts.notGgufDetails = QString::fromUtf8(why->what());
    }
    return facts;
}

ExportNeed needOf(const ModelExport& request, const FreeBytes& freeBytes) {
    ExportNeed need;
    std::error_code ignored;
    need.isThere = fs::exists(request.out, ignored);
    try {
        need.size = exportSize(request);
        // What a killed export left would otherwise keep from beginning the one that removes it.
        removeLeftoversBeside(request.out);
        need.freeBytes = freeBytes(request.out);
    } catch (const Error& error) {
        need.problem = errorLine(error);
    }
    return need;
}

}  // namespace

ExportTask::ExportTask(const ModelTools& tools, QObject* parent) : QObject(parent), m_tools(tools) {}

void ExportTask::stop() {
    m_stop.request_stop();
}

void ExportTask::fail(const Error& error) {
    m_exporting = false;
    const ErrorText text = errorText(error);
    Q_EMIT failed(sentences(text.cause, text.nextStep), text.details);
}

// Called on the thread, which ends before the object does; so it is posted.
void ExportTask::tell(const ExportStep& step) {
    if (!m_step.put(step)) return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (const auto newest = m_step.take()) Q_EMIT progressed(*newest);
        },
        Qt::QueuedConnection);
}

void ExportTask::inspect(const fs::path& model) {
    m_tasks.run<ExportFacts>([model](const std::stop_token&) { return factsOf(model); },
                             [this](const ExportFacts& facts) { Q_EMIT inspected(facts); },
                             [this](const Error& error) { fail(error); });
}

void ExportTask::measure(const ModelExport& request) {
    m_measuring.run<ExportNeed>(
        [request, free = m_tools.freeBytes](const std::stop_token&) { return needOf(request, free); },
        [this](const ExportNeed& need) { Q_EMIT measured(need); },
        [this](const Error& error) {
            Q_EMIT measured({{}, 0, false, errorLine(error)});
        });
}

void ExportTask::run(const ModelExport& request) {
    m_exporting = true;
    m_stop = std::stop_source();
    m_tasks.run<std::optional<ExportResult>>(
        [this, request, tools = m_tools,
         mine = m_stop.get_token()](const std::stop_token& runners) -> std::optional<ExportResult> {
            const EitherStop stop(mine, runners);
            const auto runJob = [&](const ExportModelJob& job) {
                const std::unique_ptr<Engine> engine = tools.engine();
                StepObserver observer([this](const ExportStep& step) { tell(step); });
                return std::get<ExportModelResult>(runOrThrow(*engine, job, observer, stop.token()));
            };
            TransferRate rate;
            const auto progress = [&](const Progress& done) { tell(writingStep(done, rate)); };
            try {
                return performExport(request, runJob, progress, stop.token());
            } catch (const Cancelled&) {
                return std::nullopt;
            }
        },
        [this](const std::optional<ExportResult>& result) {
            m_exporting = false;
            if (result)
                Q_EMIT exported(*result);
            else
                Q_EMIT stopped();
        },
        [this](const Error& error) { fail(error); });
}

}  // namespace studio::ui
