// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>

#include "core/base/files.h"
#include "core/formats/adapter_files.h"
#include "core/formats/model_config.h"
#include "core/storage/run_folder.h"
#include "tests/support/assets.h"
#include "tests/support/fake_engine.h"
#include "tests/support/scripted_dialogs.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_adapter.h"
#include "ui/compare/compare_page.h"
#include "ui/session/project_session.h"

namespace studio::test {

/// A base model that answers with more questions and a fine-tuned one that knows the cities. Both stream a
/// word at a time; while `gate` is closed they wait before the fourth word.
struct CompareFixture {
    explicit CompareFixture(int testRows, bool withRun = true) {
        session.createProject(folder / "Compare.ftproj");
        std::vector<Record> records;
        for (int i = 1; i <= testRows; ++i) {
            Record record;
            record.instruction = "What is the capital of country " + std::to_string(i) + "?";
            record.output = i == 1 ? "Mexico City" : "City " + std::to_string(i);
            record.split = Split::Test;
            records.push_back(record);
        }
        if (!records.empty()) session.addRecords(records, QStringLiteral("add"));
        makeModel(folder / "pilot-base", "base weights");
        session.setBaseModel(folder / "pilot-base");
        if (withRun) makeRun("round-1");
        page = std::make_unique<ui::ComparePage>(session, dialogs, [this] {
            return std::make_unique<FakeEngine>(
                [this](const Job& job, JobObserver& observer, std::stop_token stop) {
                    return answer(std::get<GenerateJob>(job), observer, stop);
                });
        });
        page->resize(1104, 748);
        page->show();
        page->activated();
    }

    static void makeModel(const std::filesystem::path& path, const std::string& weights) {
        std::filesystem::create_directories(path);
        writeFileAtomically(path / "config.json", "{}");
        writeFileAtomically(path / "model.safetensors", weights);
    }

    void makeRun(const std::string& name) {
        const std::filesystem::path run = session.project().runsFolder() / name;
        makeModel(run / "model", "weights of " + name);
        writeFileAtomically(run / "model" / kPromptTemplateFile,
                            promptTemplateJson(builtInTemplates().front()));
        RunFolder(run).writeRun({{"name", name}, {"template", {{"name", "alpaca"}}}});
        session.notifyRunsChanged();
    }

    /// A LoRA run over the base, which leaves an adapter beside the merged model.
    void makeLoraRun(const std::string& name) {
        const std::filesystem::path run = session.project().runsFolder() / name;
        const std::filesystem::path base = folder / "pilot-base";
        writeSmallModel(base);
        writeAdapter(run / "adapter", readModelConfig(base), {.base = base.string()});
        writeFileAtomically(run / "adapter" / kPromptTemplateFile,
                            promptTemplateJson(builtInTemplates().front()));
        makeRun(name);
    }

    JobOutcome answer(const GenerateJob& job, JobObserver& observer, const std::stop_token& stop) {
        const bool tuned =
            !job.adapterFolder.empty() || job.modelFolder.string().find("round-") != std::string::npos;
        ++jobs;
        JobOutcome outcome;
        if (broken && !tuned) {
            outcome.kind = JobOutcome::Kind::Failed;
            outcome.code = ErrorCode::WeightsInvalid;
            outcome.cause = "The weights are damaged.";
            outcome.nextStep = "Copy them again.";
            return outcome;
        }
        observer.onEvent(StageEvent{"generating", 0, 0});
        const QString prompt = QString::fromStdString(job.prompt);
        static const QRegularExpression s_number(QStringLiteral("country (\\d+)\\?"));
        const QString number = s_number.match(prompt).captured(1);
        const QString text =
            !tuned || sameAnswers
                ? QStringLiteral("What is the capital of Hungary? What is the capital of Poland?")
            : number == QStringLiteral("1") ? QStringLiteral("Mexico City")
            : number == QStringLiteral("2") ? QStringLiteral("The city is City 2.")
                                            : QStringLiteral("City ") + number;
        GenerateResult result;
        result.arm = job.arm;
        result.stopReason = "end_token";
        for (const QString& word : text.split(u' ')) {
            while (!gate && result.ids.size() == 3 && !stop.stop_requested())
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            if (stop.stop_requested()) {
                result.stopReason = "cancelled";
                break;
            }
            const std::string piece =
                ((result.ids.empty() ? QString() : QStringLiteral(" ")) + word).toStdString();
            result.text += piece;
            result.ids.push_back(static_cast<std::int64_t>(qHash(word)));
            observer.onEvent(TextEvent{job.arm, piece, static_cast<std::int64_t>(result.ids.size()), 61.0});
        }
        result.tokensPerSecond = 63.0;
        result.weightsHash = modelHash(job.modelFolder);
        if (!job.adapterFolder.empty())
            result.weightsHash = adaptedModelHash(result.weightsHash, job.adapterFolder);
        outcome.kind =
            result.stopReason == "cancelled" ? JobOutcome::Kind::Cancelled : JobOutcome::Kind::Finished;
        outcome.value = result;
        const std::lock_guard lock(mutex);
        prompts.push_back(job);
        return outcome;
    }

    TemporaryFolder folder;
    ui::ProjectSession session;
    ScriptedDialogs dialogs;
    std::atomic<bool> gate{true};
    std::atomic<bool> broken{false};
    std::atomic<bool> sameAnswers{false};
    std::atomic<int> jobs{0};
    std::mutex mutex;
    std::vector<GenerateJob> prompts;       // guarded by mutex
    std::unique_ptr<ui::ComparePage> page;  // last: its threads use all of the above
};

}  // namespace studio::test
