// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <cmath>
#include <fstream>
#include <limits>

#include "core/storage/row_losses.h"
#include "core/storage/run_control.h"
#include "core/storage/run_samples.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

void append(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary | std::ios::app) << text;
}

}  // namespace

/// The small files of a run folder: what is asked of a run, its rows' losses, its samples.
class RunFilesTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    fs::path folder() const { return m_folder.path().toStdString(); }

private Q_SLOTS:
    void control_written_isReadBackAndCleared() {
        QVERIFY(readRunControl(folder()) == RunControl{});
        const RunControl asked{true, 2.5e-5, RunControl::Stop::Discard};
        writeRunControl(folder(), asked);
        QVERIFY(readRunControl(folder()) == asked);
        clearRunControl(folder());
        QVERIFY(readRunControl(folder()) == RunControl{});
    }

    void control_notReadable_givesNoAnswer() {
        for (const char* text : {"", "[]", "{", "{\"paused\":1}"}) {
            clearRunControl(folder());
            append(folder() / "control.json", text);
            QVERIFY2(!readRunControl(folder()), text);
        }
        clearRunControl(folder());
        append(folder() / "control.json", R"({"learning_rate":1e300,"stop":"maybe"})");
        QVERIFY(readRunControl(folder()) == RunControl{});
        clearRunControl(folder());
    }

    void stepRows_resumedStep_givesTheNewestWholeLine() {
        const StepRows first{7, {{11, 0.25, 3}, {12, 1.5, 4}}}, other{8, {{13, 0.125, 1}}};
        const StepRows again{7, {{12, 1.25, 4}}};
        for (const StepRows& rows : {first, other, again})
            append(batchesFile(folder()), stepRowsLine(rows) + "\n");
        append(batchesFile(folder()), stepRowsLine(first).substr(0, 12));
        QVERIFY(readStepRows(folder(), 7) == again);
        QVERIFY(readStepRows(folder(), 8) == other);
        QVERIFY(!readStepRows(folder(), 70));
    }

    void evaluationRows_written_areReadBack() {
        QVERIFY(!readEvaluationRows(folder()));
        const StepRows rows{40, {{1, 0.5, 2}, {2, 0.75, 9}}};
        writeEvaluationRows(folder(), rows);
        QVERIFY(readEvaluationRows(folder()) == rows);
        writeEvaluationRows(folder(), {41, {{1, std::numeric_limits<double>::quiet_NaN(), 2}}});
        QVERIFY(std::isnan(readEvaluationRows(folder())->rows.at(0).loss));
        append(folder() / "eval_rows.json", "x");
        QVERIFY(!readEvaluationRows(folder()));
    }

    void samples_anyText_comeBackInOrder() {
        const RunSample plain{0, 5, "What is\nthis?", "línea 1\n\"二\""}, later{20, 5, "", "\xff broken"};
        append(samplesFile(folder()),
               runSampleLine(plain) + "\nnonsense\n" + runSampleLine(later) + "\n{\"step\":");
        const auto read = readRunSamples(folder());
        QCOMPARE(read.size(), std::size_t{2});
        QVERIFY(read[0] == plain);
        QCOMPARE(read[1].step, std::int64_t{20});
        QVERIFY(QString::fromStdString(read[1].text).contains("broken"));
    }
};

STUDIO_TEST(RunFilesTest)
#include "run_files_test.moc"
