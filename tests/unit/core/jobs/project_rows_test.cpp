// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/project_rows.h"

#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

Record rowOf(const std::string& text, Split split) {
    Record record;
    record.instruction = text;
    record.output = text + "!";
    record.status = RecordStatus::Accepted;
    record.split = split;
    return record;
}

}  // namespace

class ProjectRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takeProjectRows_everySplit_isASnapshotWithItsHash() {
        const test::TemporaryFolder folder;
        const auto project = Project::create(folder / "Rows.ftproj");
        const auto ids =
            project->add({rowOf("a", Split::Train), rowOf("b", Split::Train), rowOf("c", Split::Validation),
                          rowOf("d", Split::Test), rowOf("e", Split::None)});
        TrainJob job;
        job.runName = "first";
        QCOMPARE(takeProjectRows(*project, job), std::vector<std::int64_t>{ids[4]});
        QCOMPARE(job.runFolder, folder.path() / "Rows.ftproj" / "runs" / "first");
        QCOMPARE(job.projectName, std::string("Rows"));
        QCOMPARE(job.train->size(), std::size_t{2});
        QCOMPARE(job.validation->size(), std::size_t{1});
        QVERIFY(!job.validationTakenFromTrain);
        QCOMPARE(job.dataHash, Project::snapshotHash(project->recordsById({ids[0], ids[1], ids[2]})));
        // What is not trained on is no part of it; what is, is.
        const std::string before = job.dataHash;
        project->remove({ids[3]});
        takeProjectRows(*project, job);
        QCOMPARE(job.dataHash, before);
        project->remove({ids[0]});
        takeProjectRows(*project, job);
        QVERIFY(job.dataHash != before);
    }

    void takeProjectRows_stopped_throwsCancelled() {
        const test::TemporaryFolder folder;
        const auto project = Project::create(folder / "Rows.ftproj");
        std::stop_source stop;
        stop.request_stop();
        TrainJob job;
        QVERIFY_EXCEPTION_THROWN(takeProjectRows(*project, job, stop.get_token()), Cancelled);
    }
};

STUDIO_TEST(ProjectRowsTest)
#include "project_rows_test.moc"
