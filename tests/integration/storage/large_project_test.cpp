// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <ctime>

#include "core/storage/project.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

constexpr int kRows = 100000;

std::vector<Record> manyRecords() {
    std::vector<Record> records(kRows);
    for (int i = 0; i < kRows; ++i) {
        Record& record = records[static_cast<std::size_t>(i)];
        record.instruction = "Question number " + std::to_string(i) + " about the weather in town";
        record.output = "It will be a fine day, with a little rain in the evening and wind from the west.";
    }
    return records;
}

/// Processor time of `work` in seconds: what a busy machine does not change.
template <typename Work>
double cpuSeconds(Work work) {
    const std::clock_t begin = std::clock();
    work();
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace

/// A project of 100,000 rows stays quick.
class LargeProjectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hundredThousandRows_everyOperation_quick() {
        const test::TemporaryFolder folder;
        auto project = Project::create(folder / "large.ftproj");
        const std::vector<Record> records = manyRecords();
        std::size_t all = 0, found = 0;
        RecordQuery words;
        words.search = "number 99";
        const double added = cpuSeconds([&] { project->add(records, "import"); });
        const double listed = cpuSeconds([&] { all = project->ids({}).size(); });
        const double searched = cpuSeconds([&] { found = project->ids(words).size(); });
        const double dealt = cpuSeconds([&] { project->split({}); });
        const double undone = cpuSeconds([&] { project->undo(); });
        project.reset();
        const double opened = cpuSeconds([&] { project = Project::open(folder / "large.ftproj"); });
        qInfo("add %.2f s, ids %.3f s, search %.3f s, split %.2f s, undo %.2f s, open %.2f s", added, listed,
              searched, dealt, undone, opened);
        QCOMPARE(all, std::size_t(kRows));
        QCOMPARE(found, std::size_t(1111));  // 99, 990 to 999, 9900 to 9999, 99000 to 99999
        QVERIFY(added < 10.0);
        QVERIFY(listed < 0.1);
        QVERIFY(searched < 0.1);
        QVERIFY(dealt < 10.0);
        QVERIFY(undone < 10.0);
        QVERIFY(opened < 2.0);
    }
};

STUDIO_TEST(LargeProjectTest)
#include "large_project_test.moc"
