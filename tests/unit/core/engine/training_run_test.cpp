// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_run.h"

#include <unistd.h>

#include <QTemporaryDir>
#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include "core/base/files.h"
#include "core/checkpoint/adapter_io.h"
#include "core/formats/json.h"
#include "core/formats/own_template.h"
#include "core/generate/generator.h"
#include "core/jobs/merged_card.h"
#include "core/jobs/preflight.h"
#include "core/jobs/training_size.h"
#include "core/storage/run_control.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"
#include "core/tensor/compute.h"
#include "core/text/chat_prompt.h"
#include "core/tokenizer/tokenizer.h"
#include "core/train/probe.h"
#include "core/train/resume.h"
#include "core/train/run_document.h"
#include "tests/support/error_of.h"
#include "tests/support/sanitizers.h"
#include "tests/support/small_runs.h"
#include "tests/support/studio_test.h"

using namespace studio;
using studio::test::kBaseModel;
using studio::test::recordsOf;
namespace fs = std::filesystem;

namespace {

std::uint64_t bytesIn(const fs::path& folder) {
    std::uint64_t bytes = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored)) bytes += entry->file_size(ignored);
    }
    return bytes;
}

}  // namespace

/// Whole runs of a small real model, as the programs start them.
class TrainingRunTest : public QObject, private test::SmallRuns {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        STUDIO_NEEDS_SENTENCEPIECE_BESIDE_TORCH();
        beginAnew();
    }

    void baseModel_stoppedWhileItIsRead_endsThere() {
        TrainJob job = jobOf("adapters");
        job.settings.method = "lora";
        runUntil(job, 3);
        std::stop_source stop;
        stop.request_stop();
        OrderedJson run = OrderedJson::object();
        QVERIFY_EXCEPTION_THROWN(describeBaseModel(run, job, stop.get_token()), Cancelled);
        QVERIFY_EXCEPTION_THROWN(baseFileHashes(kBaseModel, stop.get_token()), Cancelled);
        job.resume = true;
        QVERIFY_EXCEPTION_THROWN(resumedRun(job, stop.get_token()), Cancelled);
        QCOMPARE(resumedRun(job).job.runName, job.runName);
    }

    void lora_leavesAnAdapterThatGivesTheMergedModelBesideItsBase() {
        TrainJob job = jobOf("adapter");
        job.settings.method = "lora";
        job.settings.loraRankStabilized = true;
        job.settings.learningRate = 0.05;
        const TrainResult result = runTraining(job, m_heard, {});
        const RunFolder run(job.runFolder);
        const AdapterConfig config = readAdapterConfig(run.adapterFolder());
        QVERIFY(config.rankStabilized);
        QCOMPARE(config.rank, job.settings.loraRank);
        QCOMPARE(config.baseModel, job.modelFolder.string());
        QVERIFY(ownTemplate(run.adapterFolder()));
        const std::string card = readFile(run.adapterFolder() / "README.md");
        for (const char* words : {"library_name: peft\n", "base_model: \"base-model\"\n", kPeftSection,
                                  "PeftModel.from_pretrained", "as an adapter beside the base model"})
            QVERIFY2(card.find(words) != std::string::npos, words);
        for (const char* words : {"library_name: transformers", "merged"})
            QVERIFY2(card.find(words) == std::string::npos, words);
        const std::string whole = readFile(run.modelFolder() / "README.md");
        for (const char* words : {"library_name: transformers\n", "merged into the model"})
            QVERIFY2(whole.find(words) != std::string::npos, words);
        QVERIFY(whole.find(kPeftSection) == std::string::npos);
        // Merged once more, it is what the run saved.
        QCOMPARE(mergedCard({"again", run.adapterFolder(), job.modelFolder}), whole);
        const at::NoGradGuard noGrad;
        const Compute compute = chooseCompute("cpu", "float32", 1, 0);
        const auto base = loadModel(job.modelFolder, compute),
                   merged = loadModel(result.modelFolder, compute);
        const std::vector<std::int64_t> ids{1, 5, 9, 30, 2};
        const Tensor plain = logitsOf(*base, ids), expected = logitsOf(*merged, ids);
        AdapterSet adapters = loadAdapter(run.adapterFolder(), base->config(), compute);
        const AttachedAdapters attached(*base, nullptr, adapters);
        const Tensor given = logitsOf(*base, ids);
        QVERIFY(at::allclose(given, expected, 1e-4, 1e-4));
        QVERIFY(!at::allclose(given, plain, 1e-2, 1e-2));
    }

    void templateThatRefusesTheRows_leavesNoRun() {
        TrainJob job = jobOf("refused");
        job.promptTemplate = chatPromptTemplate("{{ raise_exception('No rows today') }}", {}, "2026-11-30");
        STUDIO_COMPARE_ERROR_TEXT(runTraining(job, m_heard, {}), ErrorCode::TemplateInvalid, "No rows today");
        QVERIFY(!fs::exists(job.runFolder));
    }

    void resume_sourcesOfAMixtureChanged_isRefused() {
        TrainJob job = jobOf("mixed");
        job.settings.mixture = "numbers.json=2";
        runUntil(job, 3);
        job.resume = true;
        TrainJob moved = job;
        moved.train = recordsOf(0, 24, "renamed.json");
        STUDIO_COMPARE_ERROR_TEXT(runTraining(moved, m_heard, {}), ErrorCode::InvalidArgument,
                                  "the sources of its train records, by which its mixture counts them, have "
                                  "changed since it began");
        const TrainResult result = runTraining(job, m_heard, {});
        QCOMPARE(result.steps, std::int64_t{6});
    }

    void resume_sourcesChangedWithoutAMixture_goesOn() {
        TrainJob job = jobOf("plain");
        runUntil(job, 3);
        job.resume = true;
        job.train = recordsOf(0, 24, "renamed.json");
        QCOMPARE(runTraining(job, m_heard, {}).steps, std::int64_t{6});
    }

    void resume_chosenPrompts_areAnsweredOn() {
        TrainJob job = jobOf("asked");
        job.settings.sampleEvery = 2;
        job.samplePrompts = {{7, "What is a stone", "Question: What is a stone"}, {0, "Hello", "Hello"}};
        std::multiset<std::string> prompts;
        const AnswerWith answer = [&](const Decoder&, const Tokenizer&, const std::string& prompt,
                                      const PromptForm&, const std::stop_token&) {
            prompts.insert(prompt);
            return std::string("An answer.");
        };
        runUntil(job, 3, answer);
        QCOMPARE(prompts.size(), std::size_t{4});  // before the first step, and after the second
        job.resume = true;
        job.samplePrompts.clear();  // whoever goes on does not know them
        runTraining(job, m_heard, {}, answer);
        QCOMPARE(prompts.count("Question: What is a stone"), std::size_t{4});
        QCOMPARE(prompts.count("Hello"), std::size_t{4});
        const std::vector<RunSample> samples = readRunSamples(job.runFolder);
        QCOMPARE(samples.size(), std::size_t{8});
        QVERIFY(samples.back() == (RunSample{6, 0, "Hello", "An answer."}));
        QVERIFY(samples[6] == (RunSample{6, 7, "What is a stone", "An answer."}));
    }

    void resume_chosenPromptsDamaged_isRefused() {
        TrainJob job = jobOf("damaged");
        job.samplePrompts = {{7, "What is a stone", "Question: What is a stone"}};
        runUntil(job, 3);
        const OrderedJson whole = runJson("damaged");
        job.resume = true;
        for (const char* prompts :
             {"7", "[7]", R"([{"row":7,"title":"a"}])", R"([{"row":"7","title":"a","prompt":"b"}])"}) {
            OrderedJson run = whole;
            run["sample_prompts"] = OrderedJson::parse(prompts);
            RunFolder(job.runFolder).writeRun(run);
            STUDIO_COMPARE_ERROR_TEXT(runTraining(job, m_heard, {}), ErrorCode::BadFormat,
                                      "has no usable sample_prompts");
        }
    }

    void resume_resultOfTheEarlierPart_isForgotten() {
        TrainJob job = jobOf("again");
        runUntil(job, 3);
        QCOMPARE(runJson("again")["result"]["steps"].get<int>(), 3);
        job.resume = true;
        bool sawResult = true;
        m_heard.onAny = [&](const JobEvent& event) {
            const auto* metrics = std::get_if<MetricsEvent>(&event);
            if (metrics && metrics->line.step == 5) sawResult = runJson("again").contains("result");
        };
        runTraining(job, m_heard, {});
        QVERIFY(!sawResult);
        QCOMPARE(runJson("again")["result"]["steps"].get<int>(), 6);
    }

    void resume_failingBeforeItsFirstStep_keepsItsDescription() {
        TrainJob job = jobOf("kept");
        runUntil(job, 3);
        const std::string before = readFile(job.runFolder / "run.json");
        QVERIFY(runJson("kept").contains("result"));
        job.resume = true;
        job.changes = {"learning_rate=1e-4"};
        m_heard.onAny = [](const JobEvent& event) {
            if (std::holds_alternative<TrainingStarted>(event))
                throw Error(ErrorCode::Internal, "It went wrong.", "Try again.");
        };
        STUDIO_COMPARE_ERROR(runTraining(job, m_heard, {}), ErrorCode::Internal);
        m_heard.onAny = {};
        QCOMPARE(readFile(job.runFolder / "run.json"), before);
        QCOMPARE(RunFolder(job.runFolder).readStatus().state, std::string("stopped"));
    }

    void resume_everyCheckpointDamaged_promisesNoOlderOne() {
        TrainJob job = jobOf("torn");
        runUntil(job, 5);
        std::vector<fs::path> checkpoints;
        for (const auto& entry : fs::directory_iterator(job.runFolder / "checkpoints"))
            if (entry.path().filename().string().starts_with("step-")) checkpoints.push_back(entry.path());
        QVERIFY(checkpoints.size() > 1);
        for (const fs::path& each : checkpoints) fs::resize_file(each / "tensors.safetensors", 100);
        job.resume = true;
        std::vector<std::string> rules;
        m_heard.onAny = [&](const JobEvent& event) {
            if (const auto* log = std::get_if<LogEvent>(&event)) rules.push_back(log->rule);
        };
        STUDIO_COMPARE_ERROR_TEXT(runTraining(job, m_heard, {}), ErrorCode::FileNotFound,
                                  "has no whole checkpoint to go on from. ");
        QVERIFY(std::find(rules.begin(), rules.end(), "checkpoint_skipped") == rules.end());
    }

    void resume_runAtWork_isRefusedForThatBeforeAllElse() {
        TrainJob job = jobOf("busy");
        makeFolders(job.runFolder);
        const RunLock lock(job.runFolder);
        job.resume = true;
        STUDIO_COMPARE_ERROR_TEXT(runTraining(job, m_heard, {}), ErrorCode::RunBusy,
                                  "is in the hands of process");
        RunFolder(job.runFolder).writeRun({{"kind", "train"}});  // and no checkpoint yet
        STUDIO_COMPARE_ERROR_TEXT(runTraining(job, m_heard, {}), ErrorCode::RunBusy,
                                  "is in the hands of process");
    }

    void discard_afterACheckpoint_leavesARecordThatCannotGoOn() {
        TrainJob job = jobOf("dropped");
        job.settings.keepBest = true;
        bool hadCheckpoint = false;
        m_heard.onAny = [&](const JobEvent& event) {
            const auto* metrics = std::get_if<MetricsEvent>(&event);
            if (!metrics || metrics->line.step != 3) return;
            hadCheckpoint = newestCheckpoint(job.runFolder) == 2;
            writeRunControl(job.runFolder, {false, {}, RunControl::Stop::Discard});
            std::this_thread::sleep_for(std::chrono::milliseconds(250));
        };
        QVERIFY_EXCEPTION_THROWN(runTraining(job, m_heard, {}), Cancelled);
        m_heard.onAny = {};
        QVERIFY(hadCheckpoint);
        QVERIFY(!fs::exists(job.runFolder / "checkpoints") && !fs::exists(job.runFolder / "model"));
        QCOMPARE(RunFolder(job.runFolder).readStatus().state, std::string("discarded"));
        QVERIFY(runJson("dropped")["result"]["discarded"].get<bool>());
        QCOMPARE(runJson("dropped")["result"]["steps"].get<int>(), 3);
        QCOMPARE(RunFolder(job.runFolder).readMetrics().size(), std::size_t{4});
        job.resume = true;
        STUDIO_COMPARE_ERROR_TEXT(runTraining(job, m_heard, {}), ErrorCode::InvalidArgument,
                                  "cannot go on: it was discarded");
    }

    void discard_ofARunThatGoesOn_removesItsEarlierCheckpoints_data() {
        QTest::addColumn<bool>("beforeAStep");
        QTest::newRow("while it loads") << true;
        QTest::newRow("after a step") << false;
    }

    void discard_ofARunThatGoesOn_removesItsEarlierCheckpoints() {
        QFETCH(bool, beforeAStep);
        TrainJob job = jobOf("again");
        runUntil(job, 3);
        QVERIFY(newestCheckpoint(job.runFolder) == 3);
        std::stop_source stop, discard;
        job.resume = true;
        job.discard = discard.get_token();
        m_heard.onAny = [&](const JobEvent& event) {
            const auto* stage = std::get_if<StageEvent>(&event);
            const auto* metrics = std::get_if<MetricsEvent>(&event);
            const bool now =
                beforeAStep ? stage && stage->stage == "tokenizing" : metrics && metrics->line.step == 4;
            if (now) discard.request_stop(), stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(runTraining(job, m_heard, stop.get_token()), Cancelled);
        QVERIFY(!fs::exists(job.runFolder / "checkpoints"));
        QCOMPARE(RunFolder(job.runFolder).readStatus().state, std::string("discarded"));
        QVERIFY(fs::exists(job.runFolder / "model"));  // saved by the earlier stop
        const OrderedJson described = RunFolder(job.runFolder).readRun();
        QVERIFY(described["result"]["discarded"].get<bool>());
        QVERIFY(described["result_before"].contains("last_loss"));  // which it describes
        STUDIO_COMPARE_ERROR_TEXT(runTraining(job, m_heard, {}), ErrorCode::InvalidArgument,
                                  "only the model that an earlier stop saved was kept");
    }

    void refused_beforeItsFirstStep_itsNameIsFreeAgain() {
        TrainJob job = jobOf("named");
        job.runFolder = runs() / "runs" / "named";
        writeFileAtomically(runs() / "project.sqlite", "");  // only projects have a trash for the old one
        const auto good = job.train;
        auto blank = std::make_shared<std::vector<Record>>(*good);
        for (Record& record : *blank) record.output.clear();
        job.train = blank;
        STUDIO_COMPARE_ERROR(runTraining(job, m_heard, {}), ErrorCode::NoTrainingRows);
        QCOMPARE(RunFolder(job.runFolder).readStatus().state, std::string("failed"));
        job.train = good;
        QCOMPARE(runTraining(job, m_heard, {}).steps, std::int64_t{6});
        STUDIO_COMPARE_ERROR(runTraining(job, m_heard, {}), ErrorCode::RunExists);
    }

    void disk_ofARunWithEverything_isForeseen_data() {
        QTest::addColumn<bool>("lora");
        QTest::newRow("full") << false;
        QTest::newRow("LoRA") << true;
    }

    void disk_ofARunWithEverything_isForeseen() {
        QFETCH(bool, lora);
        TrainJob job = jobOf("disk");
        job.settings.keepBest = true;
        job.settings.keepCheckpoints = 3;
        job.settings.maxSteps = 12;
        if (lora) job.settings.method = "lora";
        const Preflight found =
            computePreflight(job, *loadTokenizer(kBaseModel), readModelConfig(kBaseModel), {});
        std::uint64_t most = 0;
        m_heard.onAny = [&](const JobEvent&) { most = std::max(most, bytesIn(job.runFolder)); };
        runTraining(job, m_heard, {});
        most = std::max(most, bytesIn(job.runFolder));
        // What stands there between two events is less than the moment when another one is written.
        QVERIFY2(most <= found.diskBytes, qPrintable(QString("%1 of %2").arg(most).arg(found.diskBytes)));
        QVERIFY2(most > found.diskBytes / 2, qPrintable(QString("%1 of %2").arg(most).arg(found.diskBytes)));
    }

    void probe_anyTraining_measuresItsPartsAndLeavesNothing_data() {
        QTest::addColumn<QString>("method");
        QTest::newRow("full") << "full";
        QTest::newRow("LoRA") << "lora";
    }

    void probe_anyTraining_measuresItsPartsAndLeavesNothing() {
        QFETCH(QString, method);
        ProbeJob job{jobOf("never"), 0.2};
        job.training.settings.method = method.toStdString();
        job.training.settings.sampleEvery = 3;
        int asked = 0;
        const ProbeResult result = runProbe(
            job, m_heard, {},
            [&](const Decoder&, const Tokenizer&, const std::string&, const PromptForm&, const auto&) {
                ++asked;
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
                return std::string("An answer.");
            });
        QVERIFY(result.steps >= 2 && result.secondsPerStep > 0.0 && result.tokensPerSecond > 0.0);
        QVERIFY(result.evaluationTokensPerSecond > 0.0 && result.loadSeconds > 0.0);
        QVERIFY(result.checkpointSeconds > 0.0);
        QCOMPARE(asked, 3);
        QVERIFY(result.sampleSeconds >= 0.06 && result.sampleSeconds < 1.0);
        QVERIFY(result.peakMemoryBytes > 20'000'000);
        QCOMPARE(result.precision, std::string("float32"));
        QVERIFY(fs::is_empty(runs()));
    }

    void probe_stopped_leavesNothing() {
        std::stop_source stop;
        m_heard.onAny = [&](const JobEvent& event) {
            const auto* stage = std::get_if<StageEvent>(&event);
            if (stage && stage->stage == "training") stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(runProbe({jobOf("never"), 60.0}, m_heard, stop.get_token()), Cancelled);
        QVERIFY(fs::is_empty(runs()));
    }

    void probe_leftoversOfKilledOnes_areRemoved() {
        if (!lockDecides(runs())) QSKIP("the temporary folder is on a network file system");
        const std::string own = ".probe-" + std::to_string(::getpid());
        const std::string gone = ".probe-2147483600";  // more than a process can have
        for (const std::string& name : {own, gone}) makeFolders(runs() / name / "step-1");
        for (const char* name : {".probe-1", ".probe-", ".probe-1x", "probe-2147483600"})
            makeFolders(runs() / name);
        QVERIFY(runProbe({jobOf("never"), 0.1}, m_heard, {}).checkpointSeconds > 0.0);
        QVERIFY(!fs::exists(runs() / own) && !fs::exists(runs() / gone));
        for (const char* name : {".probe-1", ".probe-", ".probe-1x", "probe-2147483600"})
            QVERIFY2(fs::exists(runs() / name), name);
    }

    void probe_thenTheRun_takesAboutThatLong() {
        TrainJob job = jobOf("timed");
        job.settings.maxSteps = 150;
        job.settings.evaluateEvery = 25;
        job.settings.checkpointEvery = 50;
        PreflightMachine machine;
        machine.probe = runProbe({job, 1.0}, m_heard, {});
        const Preflight found =
            computePreflight(job, *loadTokenizer(kBaseModel), readModelConfig(kBaseModel), machine);
        QVERIFY(found.secondsProbed);
        QCOMPARE(found.probedPeakBytes, machine.probe->peakMemoryBytes);
        const TrainResult result = runTraining(job, m_heard, {});
        // Wide: other programs may share the processor. Something forgotten would be further off.
        const QString text = QString("%1 s foreseen, %2 s taken").arg(found.seconds).arg(result.seconds);
        QVERIFY2(found.seconds > 0.4 * result.seconds && found.seconds < 2.5 * result.seconds + 1.0,
                 qPrintable(text));
    }

    void bfloat16_whereItIsTaken_isWhatThePreflightSays() {
        ModelConfig model;
        for (const std::int64_t hidden : {64, 255, 256, 1024}) {
            model.hiddenSize = hidden;
            for (const char* precision : {"auto", "float32", "bfloat16"}) {
                TrainSettings settings;
                settings.device = "cpu";
                settings.precision = precision;
                const bool taken = chooseCompute("cpu", precision, 2, hidden).matmulType == at::kBFloat16;
                QCOMPARE(trainsInBfloat16(model, settings), taken);
            }
        }
    }

    void compute_whatIsChosen_isWhatThePreflightNames() {
        ModelConfig model;
        for (const std::int64_t hidden : {64, 1024}) {
            model.hiddenSize = hidden;
            for (const char* device : {"auto", "cpu"}) {
                TrainSettings settings;
                settings.device = device;
                const Compute compute = chooseCompute(device, "auto", 2, hidden);
                const ComputeNames names = computeNames(model, settings);
                QCOMPARE(names.device, compute.deviceName());
                QCOMPARE(names.precision, compute.precisionName());
            }
        }
    }
};

STUDIO_TEST(TrainingRunTest)
#include "training_run_test.moc"
