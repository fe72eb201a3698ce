// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/measured_speed.h"

#include "tests/support/assets.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_run.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

/// A finished run of ten steps: a slow first one, then `rate` tokens a second.
void writeRun(const fs::path& runs, const std::string& name, double rate, const TrainSettings& settings,
              const fs::path& model, double seconds = 30.0) {
    test::WrittenRun run(runs / name, 10);
    RunFolder(run.path())
        .writeRun({{"created", 1000 + static_cast<std::int64_t>(rate)},
                   {"base_model", {{"path", model.string()}}},
                   {"settings", toJson(settings)}});
    for (std::int64_t step = 1; step <= 10; ++step) {
        MetricsLine line;
        line.step = step;
        line.tokens = 100 * step;
        line.tokensPerSecond = step == 1 ? rate / 20 : rate;
        line.seconds = seconds * static_cast<double>(step) / 10.0;
        run.add(line);
    }
    run.finish();
}

}  // namespace

class MeasuredSpeedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuredSpeed_newestRunOfTheModel_isItsSteadyRate() {
        const test::TemporaryFolder folder;
        TrainJob job;
        job.modelFolder = folder / "model";
        fs::create_directories(job.modelFolder);
        QVERIFY(!measuredSpeed(folder / "runs", job));
        writeRun(folder / "runs", "older", 500.0, {}, job.modelFolder);
        writeRun(folder / "runs", "newer", 800.0, {}, job.modelFolder / "." / "");
        writeRun(folder / "runs", "other-model", 9000.0, {}, folder / "other");
        writeRun(folder / "runs", "too-short", 9500.0, {}, job.modelFolder, 1.0);
        const auto found = measuredSpeed(folder / "runs", job);
        QVERIFY(found.has_value());
        QCOMPARE(found->run, std::string("newer"));
        QCOMPARE(found->tokensPerSecond, 800.0);
    }

    void machineFor_earlierRun_isNamed() {
        const test::TemporaryFolder folder;
        TrainJob job;
        job.modelFolder = folder / "model";
        job.runFolder = folder.path() / "runs" / "next";
        job.settings.threads = 3;
        QVERIFY(!machineFor(job).measuredTokensPerSecond);
        job.settings.threads = 0;
        writeRun(folder / "runs", "before", 500.0, {}, job.modelFolder);
        const PreflightMachine machine = machineFor(job);
        QVERIFY(machine.threads > 0 && !machine.probe);
        QCOMPARE(machine.measuredTokensPerSecond.value_or(0.0), 500.0);
        QCOMPARE(machine.measuredRun, std::string("before"));
    }

    void measuredSpeed_olderRunOfTheSameMethod_comesFirst() {
        const test::TemporaryFolder folder;
        TrainJob job;
        job.modelFolder = folder / "model";
        job.settings.method = "lora";
        writeRun(folder / "runs", "adapters", 500.0, job.settings, job.modelFolder);
        writeRun(folder / "runs", "all", 600.0, {}, job.modelFolder);
        const auto found = measuredSpeed(folder / "runs", job);
        QCOMPARE(found->run, std::string("adapters"));
        QCOMPARE(found->tokensPerSecond, 500.0);
    }

    void measuredSpeed_otherPartsOfAStep_areConverted() {
        const test::TemporaryFolder folder;
        TrainJob job;
        job.modelFolder = folder / "model";
        writeRun(folder / "runs", "full", 600.0, {}, job.modelFolder);
        job.settings.method = "lora";
        QCOMPARE(measuredSpeed(folder / "runs", job)->tokensPerSecond, 900.0);
        job.settings.gradientCheckpointing = true;
        QCOMPARE(measuredSpeed(folder / "runs", job)->tokensPerSecond, 600.0);
    }

    void measuredSpeed_whatAutoWas_isCompared() {
        const test::TemporaryFolder folder;
        TrainJob job;
        job.modelFolder = STUDIO_SOURCE_DIR "/resources/embedded/base-model";
        job.settings.device = "cpu";  // and there this small model computes in float32, on each processor
        writeRun(folder / "runs", "automatic", 600.0, {}, job.modelFolder);
        QVERIFY(!measuredSpeed(folder / "runs", job));  // it does not say what it was
        const RunFolder run(folder.path() / "runs" / "automatic");
        const auto record = [&](const char* device, const char* precision) {
            OrderedJson document = run.readRun();
            document["environment"] = {{"device", device}, {"precision", precision}};
            run.writeRun(document);
        };
        record("cpu", "float32");
        for (const char* same : {"precision=auto", "precision=float32"}) {
            applyAssignment(job.settings, same);
            QVERIFY2(measuredSpeed(folder / "runs", job).has_value(), same);
        }
        applyAssignment(job.settings, "precision=bfloat16");
        QVERIFY(!measuredSpeed(folder / "runs", job));
        record("cuda:0", "float32");
        applyAssignment(job.settings, "precision=float32");
        QVERIFY(!measuredSpeed(folder / "runs", job));
        record("cuda:1", "float32");
        applyAssignment(job.settings, "device=cuda:1");
        QVERIFY(measuredSpeed(folder / "runs", job).has_value());
    }

    void measuredSpeed_otherDeviceThreadsOrHost_saysNothing() {
        const test::TemporaryFolder folder;
        TrainJob job;
        job.modelFolder = folder / "model";
        writeRun(folder / "runs", "run", 600.0, {}, job.modelFolder);
        for (const char* other : {"device=cuda", "threads=1", "precision=float32"}) {
            TrainJob changed = job;
            applyAssignment(changed.settings, other);
            QVERIFY2(!measuredSpeed(folder / "runs", changed), other);
        }
        const RunFolder run(folder.path() / "runs" / "run");
        RunStatus status = run.readStatus();
        status.processMark = "elsewhere 0123 456";
        run.writeStatus(status);
        QVERIFY(!measuredSpeed(folder / "runs", job));
    }
};

STUDIO_TEST(MeasuredSpeedTest)
#include "measured_speed_test.moc"
