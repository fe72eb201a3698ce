// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <atomic>
#include <mutex>

#include "tests/support/error_of.h"
#include "tests/support/obedient_training.h"
#include "tests/support/written_run.h"
#include "tests/ui/train/train_fixture.h"
#include "ui/train/field_editor.h"
#include "ui/train/queue_model.h"
#include "ui/train/queue_panel.h"
#include "ui/train/run_view.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"

using namespace studio;
using namespace studio::ui;
using studio::test::ObedientTraining;
using studio::test::TrainFixture;
using studio::test::WrittenRun;
using namespace std::chrono_literals;

namespace {

QStringList namesOf(TrainFixture& fixture) {
    QStringList names;
    for (const QueuedRun& run : fixture.page->queue().runs()) names << QString::fromStdString(run.name);
    return names;
}

/// Trains when it is let, and keeps the names of what it trained.
struct Gate {
    std::atomic<bool> open{false};
    QStringList names() {
        const std::lock_guard lock(m_mutex);
        return m_trained;
    }
    std::vector<TrainSettings> settings;  // read when nothing trains

    test::FakeEngine::Run run() {
        return [this](const Job& job, JobObserver& observer, std::stop_token stop) {
            const auto& train = std::get<TrainJob>(job);
            std::filesystem::create_directories(train.runFolder);
            {
                const std::lock_guard lock(m_mutex);
                m_trained << QString::fromStdString(train.runName);
                settings.push_back(train.settings);
            }
            while (!open && !stop.stop_requested()) std::this_thread::sleep_for(2ms);
            if (train.runName == "bad") throw Error(ErrorCode::Internal, "It breaks.", "Mend it.");
            return ObedientTraining(train, observer, std::move(stop)).run(5, 0us);
        };
    }

private:
    std::mutex m_mutex;
    QStringList m_trained;
};

void startFirst(TrainFixture& fixture) {
    QVERIFY(fixture.start());
    QVERIFY(fixture.page->isRunning());
}

void queue(TrainFixture& fixture, const QString& name) {
    if (!fixture.page->isSetupShown()) fixture.page->newRunButton()->click();
    QVERIFY(fixture.page->isSetupShown());
    fixture.page->setup().form().setRunName(name);
    QPushButton* add = fixture.page->setup().startButton();
    QCOMPARE(add->text(), QStringLiteral("Add to queue"));
    QTRY_VERIFY(add->isEnabled());
    add->click();
}

QueuedRun waitingRun(const char* name, const std::filesystem::path& model) {
    QueuedRun run;
    run.name = name;
    run.modelFolder = model;
    run.promptTemplate = builtInTemplates().front();
    return run;
}

}  // namespace

class RunQueuePageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void queue_whileARunGoesOn_startsOneAfterAnother() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Gate gate;
        TrainFixture fixture(model, 40, gate.run());
        new QAbstractItemModelTester(&fixture.page->queue(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     fixture.page.get());
        TrainPage& page = *fixture.page;
        QVERIFY(page.queuePanel().isHidden());
        startFirst(fixture);
        for (const char* name : {"second", "bad", "third"}) {
            if (!page.isSetupShown()) page.newRunButton()->click();
            auto* rate = page.setup().form().editor("batch_rows")->findChild<QLineEdit*>();
            rate->selectAll();
            QTest::keyClicks(rate, QString::number(4 + page.queue().rowCount()));
            queue(fixture, QLatin1String(name));
            if (QTest::currentTestFailed()) return;
        }
        QCOMPARE(namesOf(fixture), (QStringList{"second", "bad", "third"}));
        QVERIFY(!page.queuePanel().isHidden());
        QVERIFY(page.showRunButton()->isVisible());
        QVERIFY(!page.queuePanel().startButton()->isVisible());  // it goes by itself
        QVERIFY(page.setup().form().runName() != QStringLiteral("third"));
        page.queuePanel().list()->setCurrentIndex(page.queue().index(2));
        page.queuePanel().upButton()->click();
        QCOMPARE(namesOf(fixture), (QStringList{"second", "third", "bad"}));
        page.queuePanel().downButton()->click();
        QCOMPARE(namesOf(fixture), (QStringList{"second", "bad", "third"}));
        page.showRunButton()->click();
        QVERIFY(!page.isSetupShown());
        QSignalSpy ended(&page, &TrainPage::runEnded);
        gate.open = true;
        QTRY_COMPARE(ended.count(), 4);
        QTRY_VERIFY(!page.isRunning());
        QCOMPARE(gate.names().mid(1), (QStringList{"second", "bad", "third"}));
        QCOMPARE(ended.at(2).at(2).toBool(), true);  // said, and the next one has begun all the same
        QCOMPARE(gate.settings.at(1).batchRows, std::int64_t{4});
        QCOMPARE(gate.settings.at(3).batchRows, std::int64_t{6});
        QVERIFY(page.queuePanel().isHidden());
        QVERIFY(!std::filesystem::exists(fixture.session.project().runsFolder() / "queue.json"));
    }

    void queue_nameTaken_isRefused() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Gate gate;
        TrainFixture fixture(model, 40, gate.run());
        startFirst(fixture);
        queue(fixture, QStringLiteral("second"));
        queue(fixture, QStringLiteral("second"));
        if (QTest::currentTestFailed()) return;
        QCOMPARE(namesOf(fixture), QStringList{"second"});
        QCOMPARE(fixture.dialogs.errors.size(), 1);
        fixture.page->queuePanel().list()->setCurrentIndex(fixture.page->queue().index(0));
        fixture.page->queuePanel().removeButton()->click();
        QCOMPARE(fixture.page->queue().rowCount(), 0);
        gate.open = true;
        QTRY_VERIFY(!fixture.page->isRunning());
    }

    void queue_firstRunComes_startStaysWhereItIs() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Gate gate;
        TrainFixture fixture(model, 40, gate.run());
        TrainPage& page = *fixture.page;
        startFirst(fixture);
        page.newRunButton()->click();
        QPushButton* start = page.setup().startButton();
        QTRY_VERIFY(start->isEnabled());
        QTest::qWait(50);
        const QRect before(start->mapTo(&page, QPoint()), start->size());
        for (const char* name : {"second", "third"}) {
            queue(fixture, QLatin1String(name));
            if (QTest::currentTestFailed()) return;
            QTRY_VERIFY(start->isEnabled());
            QTest::qWait(50);
            QVERIFY(page.queuePanel().isVisible());
            QCOMPARE(QRect(start->mapTo(&page, QPoint()), start->size()), before);
        }
        gate.open = true;
        QTRY_VERIFY(!page.isRunning());
    }

    void queue_f2_renamesWithinWhatIsAName() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Gate gate;
        TrainFixture fixture(model, 40, gate.run());
        TrainPage& page = *fixture.page;
        const auto runs = fixture.session.project().runsFolder();
        startFirst(fixture);
        for (const char* name : {"second", "third"}) queue(fixture, QLatin1String(name));
        if (QTest::currentTestFailed()) return;
        std::filesystem::create_directories(runs / "there");
        QListView* list = page.queuePanel().list();
        QVERIFY(!page.queuePanel().renameButton()->isEnabled());  // none is chosen
        list->setCurrentIndex(page.queue().index(1));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_F2);
        auto* line = list->findChild<QLineEdit*>();
        QVERIFY(line);
        QCOMPARE(line->text(), QStringLiteral("third"));
        for (const char* wrong : {"second", "there", "a b", ".hidden", ""}) {
            line->setText(QLatin1String(wrong));
            QVERIFY2(line->property("bad").toBool(), wrong);
            QTest::keyClick(line, Qt::Key_Return);
            QTest::qWait(1);  // what is accepted is taken later
            QVERIFY2(line->isVisible(), wrong);
            QCOMPARE(namesOf(fixture), (QStringList{"second", "third"}));
        }
        line->setText(QStringLiteral("round-5"));
        QVERIFY(!line->property("bad").toBool());
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE(namesOf(fixture), (QStringList{"second", "round-5"}));
        QCOMPARE(readRunQueue(runs).back().name, std::string("round-5"));
        QVERIFY(page.queue().index(1).data().toString().startsWith(QStringLiteral("round-5")));
        QCOMPARE(fixture.dialogs.errors, QStringList());
        gate.open = true;
        QTRY_COMPARE(gate.names().mid(1), (QStringList{"second", "round-5"}));
        QTRY_VERIFY(!page.isRunning());
    }

    void rename_nameOfTheRunThatIsPrepared_isTaken() {
        test::TemporaryFolder folder;
        QueueModel queue;
        queue.open(folder.path());
        queue.add(waitingRun("one", "/model"));
        queue.add(waitingRun("two", "/model"));
        QCOMPARE(queue.takeNext()->name, std::string("one"));
        STUDIO_COMPARE_ERROR(queue.rename(0, "one"), ErrorCode::RunExists);
        STUDIO_COMPARE_ERROR(queue.rename(0, "a/b"), ErrorCode::InvalidArgument);
        QCOMPARE(queue.runs().front().name, std::string("two"));
        queue.putBack({});
        QVERIFY(!queue.taken());
        queue.rename(1, "three");
        QCOMPARE(queue.takeNext()->name, std::string("one"));
        queue.forgetTaken();
        queue.rename(0, "one");
        QCOMPARE(readRunQueue(folder.path()).front().name, std::string("one"));
    }

    void rename_runThatCouldNotStart_mayBeTriedAgain() {
        test::TemporaryFolder folder;
        QueueModel queue;
        queue.open(folder.path());
        QueuedRun refused = waitingRun("one", "/model");
        refused.problem = "There is a run of that name.";
        queue.add(refused);
        QCOMPARE(queue.ready(), 0);
        queue.rename(0, "two");
        QCOMPARE(queue.ready(), 1);
        QVERIFY(readRunQueue(folder.path()).front().problem.empty());
    }

    void putBack_fileCannotBeWritten_losesNothing() {
        test::TemporaryFolder folder;
        QueueModel queue;
        queue.open(folder.path());
        queue.add(waitingRun("one", "/model"));
        QVERIFY(queue.takeNext());
        const auto inTheWay = folder.path() / "queue.json";
        std::filesystem::remove(inTheWay);
        std::filesystem::create_directories(inTheWay / "folder");
        QVERIFY(test::errorOf([&] { queue.putBack("It broke."); }));
        QVERIFY(queue.taken() && queue.rowCount() == 0);
        std::filesystem::remove_all(inTheWay);
        QVERIFY(!queue.takeNext());  // it is put back first, with its problem
        QVERIFY(!queue.taken());
        QCOMPARE(readRunQueue(folder.path()).front().problem, std::string("It broke."));
    }

    void queue_nameTakenWhileItsRowsAreRead_waitsOn() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Gate gate;
        TrainFixture fixture(model, 40, gate.run());
        TrainPage& page = *fixture.page;
        const auto project = fixture.session.project().folder();
        const auto runs = fixture.session.project().runsFolder();
        writeRunQueue(runs, {waitingRun("waiting", model)});
        fixture.session.closeProject();
        fixture.session.openProject(project);
        page.queuePanel().startButton()->click();
        QVERIFY(page.isPreparing());
        std::this_thread::sleep_for(500ms);  // the rows are read; nobody has heard of it yet
        std::filesystem::create_directories(runs / "waiting/model");
        RunFolder(runs / "waiting").writeRun({{"method", "full"}});
        QTRY_VERIFY(!page.isRunning());
        QTRY_COMPARE(page.state(), TrainPage::State::Setup);
        QCOMPARE(namesOf(fixture), QStringList{"waiting"});
        QVERIFY(!page.queue().runs().front().problem.empty());
        QVERIFY(!page.queue().taken());
        QVERIFY(gate.names().isEmpty());
        QVERIFY(std::filesystem::exists(runs / "waiting/model"));
    }

    void queue_projectOpenedAgain_waitsForTheUser() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Gate gate;
        gate.open = true;
        TrainFixture fixture(model, 40, gate.run());
        const auto project = fixture.session.project().folder();
        const QueuedRun run = waitingRun("waiting", model);
        const QueuedRun lost = waitingRun("lost", fixture.folder / "nowhere");
        writeRunQueue(fixture.session.project().runsFolder(), {lost, run});
        fixture.session.closeProject();
        QVERIFY(fixture.page->queuePanel().isHidden());
        fixture.session.openProject(project);
        QCOMPARE(namesOf(fixture), (QStringList{"lost", "waiting"}));
        QTest::qWait(300);
        QVERIFY(!fixture.page->isRunning() && gate.names().isEmpty());
        QVERIFY(!fixture.page->queuePanel().startButton()->isHidden());
        fixture.page->queuePanel().startButton()->click();
        QTRY_COMPARE(gate.names(), QStringList{"waiting"});
        QTRY_VERIFY(!fixture.page->isRunning());
        // What could not be started is still there, with the reason.
        QCOMPARE(namesOf(fixture), QStringList{"lost"});
        QVERIFY(!fixture.page->queue().runs().front().problem.empty());
        QVERIFY(fixture.page->queue().index(0).data().toString().contains(QStringLiteral("not started")));
    }

    void queue_projectChangedWhileARunIsPrepared_waitsInItsOwnProject() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Gate gate;
        TrainFixture fixture(model, 40, gate.run());
        const auto project = fixture.session.project().folder();
        const auto runs = fixture.session.project().runsFolder();
        writeRunQueue(runs, {waitingRun("waiting", model)});
        fixture.session.closeProject();
        fixture.session.openProject(project);
        fixture.page->queuePanel().startButton()->click();
        QVERIFY(fixture.page->isPreparing());
        QCOMPARE(fixture.page->queue().rowCount(), 0);
        fixture.session.createProject(fixture.folder / "other.ftproj");
        QVERIFY(!fixture.page->isRunning());
        QCOMPARE(fixture.page->queue().rowCount(), 0);
        QCOMPARE(readRunQueue(runs).size(), std::size_t{1});
        QVERIFY(readRunQueue(runs).front().problem.empty());
        fixture.session.openProject(project);
        QCOMPARE(namesOf(fixture), QStringList{"waiting"});
        QVERIFY(gate.names().isEmpty());
    }

    void queue_namesOfWaitingRuns_areTaken() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Gate gate;
        TrainFixture fixture(model, 40, gate.run());
        const auto project = fixture.session.project().folder();
        writeRunQueue(fixture.session.project().runsFolder(), {waitingRun("run-1", model)});
        fixture.session.closeProject();
        fixture.session.openProject(project);
        TrainPage& page = *fixture.page;
        QCOMPARE(page.setup().form().runName(), QStringLiteral("run-2"));
        page.setup().form().setRunName(QStringLiteral("run-1"));
        QTRY_VERIFY(page.setup().startButton()->isEnabled());
        page.setup().startButton()->click();
        QVERIFY(!page.isRunning());
        QCOMPARE(fixture.dialogs.errors.size(), 1);
        QCOMPARE(namesOf(fixture), QStringList{"run-1"});
    }

    void queue_followedRunEnds_nextStarts() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Gate gate;
        gate.open = true;
        TrainFixture fixture(model, 40, gate.run());
        WrittenRun run(fixture.session.project().runsFolder() / "elsewhere", 100);
        run.setState("training", 20);
        fixture.page->attach();
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Training);
        queue(fixture, QStringLiteral("after"));
        if (QTest::currentTestFailed()) return;
        QVERIFY(gate.names().isEmpty());
        run.finish();
        QTRY_COMPARE(gate.names(), QStringList{"after"});
        QTRY_VERIFY(!fixture.page->isRunning());
        QVERIFY(fixture.page->isSetupShown());  // where the user was
    }
};

STUDIO_TEST(RunQueuePageTest)
#include "run_queue_page_test.moc"
