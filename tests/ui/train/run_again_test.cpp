// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_again.h"

#include <QPushButton>
#include <fstream>

#include "core/storage/run_samples.h"
#include "tests/support/made_runs.h"
#include "tests/ui/train/train_fixture.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/train/queue_model.h"
#include "ui/train/run_view.h"
#include "ui/train/sample_model.h"
#include "ui/train/sample_panel.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"

using namespace studio;
using namespace studio::ui;
using studio::test::MadeRun;
using studio::test::TrainFixture;

namespace {

MadeRun pastRun(const std::filesystem::path& base) {
    MadeRun made{.name = "past"};
    made.settings.learningRate = 3e-5;
    made.settings.epochs = 2.0;
    made.settings.cutoff = 96;
    made.base = base;
    made.state = "stopped";
    made.hasCheckpoint = true;
    return made;
}

}  // namespace

class RunAgainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void repeat_fillsTheFormUnderANewName() {
        TrainFixture fixture({}, 20, {});
        const std::filesystem::path base = fixture.folder / "other-base";
        makeFolders(base);
        writeFileAtomically(base / "config.json", "{}");
        const auto runs = fixture.session.project().runsFolder();
        const RunFolder folder = test::makeRun(runs, pastRun(base));
        fixture.page->repeatRun(folder.summary());
        SettingsForm& form = fixture.page->setup().form();
        QTRY_COMPARE(form.settings().learningRate, 3e-5);
        QCOMPARE(form.settings().epochs, 2.0);
        QCOMPARE(form.settings().cutoff, 96);
        QCOMPARE(form.runName(), QStringLiteral("past-1"));
        QCOMPARE(fixture.session.baseModel(), base);
        QCOMPARE(fixture.page->state(), TrainPage::State::Setup);
        // The template of the run is not the project's: it is stored beside the others, and chosen.
        const PromptTemplate used = fixture.session.currentTemplate();
        QCOMPARE(used.name, std::string("alpaca-past"));
        QVERIFY(used.withInput.find("Alpaca text") != std::string::npos);
        QVERIFY(form.canTakeBackReset());
        QCOMPARE(fixture.page->resetButton()->text(), QStringLiteral("Take back the settings"));
        form.takeBackReset();
        QTRY_COMPARE(form.settings().learningRate, TrainSettings().learningRate);
        QCOMPARE(fixture.dialogs.errors, QStringList());
    }

    void repeat_nameOfAWaitingRun_isNotOffered() {
        TrainFixture fixture({}, 20, {});
        const RunFolder folder = test::makeRun(fixture.session.project().runsFolder(), pastRun({}));
        QueuedRun waiting;
        waiting.name = "past-1";
        waiting.promptTemplate = builtInTemplates().front();
        fixture.page->queue().add(waiting);
        fixture.page->repeatRun(folder.summary());
        QCOMPARE(fixture.page->setup().form().runName(), QStringLiteral("past-2"));
    }

    void repeat_knownTemplate_isChosenAndNotCopied() {
        TrainFixture fixture({}, 20, {});
        const auto runs = fixture.session.project().runsFolder();
        const RunFolder folder = test::makeRun(runs, pastRun({}));
        OrderedJson document = folder.readRun();
        const PromptTemplate chat = builtInTemplates().back();
        document["template"] = OrderedJson::parse(promptTemplateJson(chat));
        folder.writeRun(document);
        const std::size_t count = fixture.session.templates().size();
        fixture.page->repeatRun(folder.summary());
        QCOMPARE(fixture.session.currentTemplate().name, chat.name);
        QCOMPARE(fixture.session.templates().size(), count);
    }

    void repeat_damagedRun_saysSo() {
        TrainFixture fixture({}, 20, {});
        const RunFolder folder = test::makeRun(fixture.session.project().runsFolder(), pastRun({}));
        const RunSummary summary = folder.summary();
        writeFileAtomically(folder.path() / "run.json", "{}");
        fixture.page->repeatRun(summary);
        QCOMPARE(fixture.dialogs.errors.size(), 1);
    }

    void resume_startsTheJobOfThatRunWithItsChanges() {
        std::atomic<bool> seen{false};
        TrainJob asked;
        TrainFixture fixture({}, 20, [&](const Job& job, JobObserver& observer, std::stop_token stop) {
            asked = std::get<TrainJob>(job);
            seen = true;
            // From step 30 on, as an engine goes on from its checkpoint.
            TrainingStarted started;
            started.totalSteps = 60;
            observer.onEvent(started);
            observer.onEvent(StageEvent{"training", 30, 60});
            for (std::int64_t step = 31; step <= 60; ++step)
                observer.onEvent(MetricsEvent{test::fakeLine(step, 60), 1.0});
            (void)stop;
            JobOutcome outcome;
            outcome.value = TrainResult{};
            return outcome;
        });
        MadeRun made = pastRun({});
        made.steps = 30;
        made.totalSteps = 60;
        const RunFolder folder = test::makeRun(fixture.session.project().runsFolder(), made);
        std::ofstream(samplesFile(folder.path()))
            << runSampleLine({10, 1, "Which sea?", "None."}) << '\n'
            << runSampleLine({20, 1, "Which sea?", "The Baltic."}) << '\n'
            << runSampleLine({40, 1, "Which sea?", "After the checkpoint."}) << '\n';
        fixture.page->resumeRun(folder.summary(), {"learning_rate=1e-5"});
        QTRY_VERIFY(seen);
        QTRY_VERIFY(!fixture.page->isRunning());
        QVERIFY(asked.resume);
        QCOMPARE(asked.runName, std::string("past"));
        QCOMPARE(asked.runFolder, folder.path());
        QCOMPARE(asked.changes, std::vector<std::string>{"learning_rate=1e-5"});
        QCOMPARE(asked.train->size() + asked.validation->size(), 20U);
        QVERIFY(!asked.dataHash.empty());
        // What it measured before is on the chart, too.
        QCOMPARE(fixture.page->runView().chart().plot().trainLoss().size(), 60);
        const SampleModel& answers = fixture.page->runView().samples().model();
        QCOMPARE(answers.promptCount(), 1);
        QCOMPARE(answers.lastStep(), 20);
    }

    void resume_whileAnotherRunIsAtWork_saysWhyNot() {
        TrainFixture fixture({}, 20, [](const Job&, JobObserver&, const std::stop_token& stop) {
            while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
            JobOutcome outcome;
            outcome.kind = JobOutcome::Kind::Cancelled;
            return outcome;
        });
        const RunFolder folder = test::makeRun(fixture.session.project().runsFolder(), pastRun({}));
        fixture.page->resumeRun(folder.summary());
        QVERIFY(fixture.page->isRunning());
        QSignalSpy said(fixture.page.get(), &Page::statusMessage);
        fixture.page->resumeRun(folder.summary());
        QCOMPARE(said.count(), 1);
        QVERIFY(said.front().front().toString().startsWith(QStringLiteral("past was not resumed")));
        fixture.page->stopAndKeep();
        QTRY_VERIFY(!fixture.page->isRunning());
    }

    void resume_stoppedBeforeAStep_neverRemovesTheRun() {
        TrainFixture fixture({}, 20, [](const Job&, JobObserver& observer, const std::stop_token& stop) {
            observer.onEvent(StageEvent{"loading", 0, 0});
            while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
            JobOutcome outcome;
            outcome.kind = JobOutcome::Kind::Cancelled;
            return outcome;
        });
        const RunFolder folder = test::makeRun(fixture.session.project().runsFolder(), pastRun({}));
        for (const bool discard : {false, true}) {
            fixture.page->resumeRun(folder.summary());
            QTRY_VERIFY(fixture.page->isRunning());
            discard ? fixture.page->stopAndDiscard() : fixture.page->stopAndKeep();
            QTRY_VERIFY(!fixture.page->isRunning());
            QVERIFY(std::filesystem::exists(folder.path() / "run.json"));
            QVERIFY(std::filesystem::exists(folder.checkpointsFolder() / "step-40"));
        }
    }
};

STUDIO_TEST(RunAgainTest)
#include "run_again_test.moc"
