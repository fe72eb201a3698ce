// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/model_export.h"

#include <algorithm>

#include "core/formats/gguf_file.h"
#include "core/storage/run_lock.h"
#include "core/text/prompt_jinja.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/fake_engine.h"
#include "tests/support/other_process.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_model.h"
#include "tests/unit/core/jobs/export_shelf.h"
#include "tests/unit/core/tokenizer/small_tokenizer.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

using Shelf = test::ExportShelf;
using test::FakeJobs;
using test::isNoted;
using test::noJob;

std::string chatTemplateIn(const fs::path& file) {
    const GgufFile gguf(file);
    const GgufValue* value = gguf.find("tokenizer.chat_template");
    return value ? std::get<std::string>(*value) : std::string();
}

std::string nameIn(const fs::path& file) {
    const GgufFile gguf(file);
    const GgufValue* value = gguf.find("general.name");
    return value ? std::get<std::string>(*value) : std::string();
}

}  // namespace

class ModelExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void types_ofEachFormat_beginWithTheUsualOne() {
        using enum GgufType;
        QCOMPARE(exportTypes(ExportFormat::Gguf, TensorType::BFloat16),
                 (std::vector{Float16, BFloat16, Float32, Q8_0}));
        QCOMPARE(exportTypes(ExportFormat::Folder, TensorType::BFloat16).front(), BFloat16);
        QCOMPARE(exportTypes(ExportFormat::Folder, TensorType::Float32).front(), Float32);
        QCOMPARE(exportTypes(ExportFormat::Folder, TensorType::Float16).size(), std::size_t{3});
        QVERIFY(exportTypes(ExportFormat::Adapter, TensorType::Float16).empty());
    }

    void name_ofRunAndFolder_isWhatAPersonSays_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("adapter");
        QTest::addColumn<QString>("name");
        QTest::newRow("folder") << "tiny"
                                << ""
                                << "tiny";
        QTest::newRow("slash") << "tiny/"
                               << ""
                               << "tiny";
        QTest::newRow("run") << "round-1/model"
                             << ""
                             << "round-1";
        QTest::newRow("run's adapter") << "tiny"
                                       << "round-1/adapter"
                                       << "round-1";
        QTest::newRow("folder called model") << "other/model"
                                             << ""
                                             << "model";
        QTest::newRow("adapter") << "tiny"
                                 << "tuned"
                                 << "tuned";
    }
    void name_ofRunAndFolder_isWhatAPersonSays() {
        const Shelf shelf;
        makeFolders(shelf.folder / "round-1");
        writeFileAtomically(shelf.folder / "round-1" / "run.json", "{}");
        QFETCH(QString, model);
        QFETCH(QString, adapter);
        ModelExport request;
        request.model = shelf.folder / model.toStdString();
        if (!adapter.isEmpty()) request.adapter = shelf.folder / adapter.toStdString();
        QTEST(QString::fromStdString(exportName(request)), "name");
    }

    void size_gguf_isThatOfTheFile() {
        const Shelf shelf;
        const ModelExport request = shelf.request(ExportFormat::Gguf, "out.gguf");
        const ExportSize size = exportSize(request);
        QCOMPARE(size.passingBytes, std::uint64_t{0});
        const ExportResult result = performExport(request, noJob);
        QCOMPARE(result.bytes, fs::file_size(request.out));
        // The tensors exactly, the tokenizer about.
        const auto over = static_cast<std::int64_t>(result.bytes) - static_cast<std::int64_t>(size.bytes);
        QVERIFY2(std::abs(over) < 4096, qPrintable(QString::number(over)));
    }

    void size_mergedGguf_countsTheWeightsInBetween() {
        const Shelf shelf;
        ModelExport request = shelf.request(ExportFormat::Gguf, "out.gguf");
        request.type = GgufType::Q8_0;
        const std::uint64_t plain = exportSize(request).peak();
        request.adapter = shelf.adapter();
        const ExportSize size = exportSize(request);
        QCOMPARE(size.bytes, plain);
        QVERIFY(size.passingBytes >= fs::file_size(shelf.model() / "model.safetensors") * 9 / 10);
        QCOMPARE(size.peak(), size.bytes + size.passingBytes);
    }

    void check_whatCannotBe_isRefusedBeforeAnything() {
        const Shelf shelf;
        makeFolders(shelf.folder / "there");
        const auto plenty = [](const fs::path&) { return std::uint64_t{1} << 40U; };
        for (const ExportFormat format : {ExportFormat::Folder, ExportFormat::Adapter})
            STUDIO_COMPARE_ERROR_TEXT(checkExport(shelf.request(format, "there"), plenty),
                                      ErrorCode::FileUnwritable, "is there already");
        ModelExport coarse = shelf.request(ExportFormat::Folder, "out");
        coarse.type = GgufType::Q8_0;
        STUDIO_COMPARE_ERROR(checkExport(coarse, plenty), ErrorCode::SettingInvalid);
        for (const ExportFormat format : {ExportFormat::Folder, ExportFormat::Gguf, ExportFormat::Adapter}) {
            const ModelExport request = shelf.request(format, "out");
            const std::uint64_t need = exportSize(request).peak();
            checkExport(request, [&](const fs::path&) { return need; });
            STUDIO_COMPARE_ERROR_TEXT(checkExport(request, [&](const fs::path&) { return need - 1; }),
                                      ErrorCode::DiskFull, "are free where");
        }
    }

    void export_largerThanAnyDisk_asksNoEngine() {
        const Shelf shelf;
        ModelExport request = shelf.request(ExportFormat::Folder, "out");
        // Half a petabyte, as its configuration says.
        writeJsonFile(shelf.model() / "config.json",
                      test::llamaJson(32'000, 65'536, 524'288, 1024, 1024, 1024, 4096));
        STUDIO_COMPARE_ERROR(performExport(request, noJob), ErrorCode::DiskFull);
        QVERIFY(!fs::exists(request.out));
    }

    void whyNotGguf_soundAndUnknownTokenizer_saysWhy() {
        const Shelf shelf;
        QVERIFY(!whyNotGguf(shelf.model()));
        fs::remove(shelf.model() / "tokenizer.model");
        const auto why = whyNotGguf(shelf.model());
        QVERIFY(why);
        QVERIFY(!why->cause().empty());
        OrderedJson json = test::smallConfig("LlamaForCausalLM");
        json["rope_scaling"] = {{"rope_type", "yarn"},
                                {"factor", 2.0},
                                {"original_max_position_embeddings", 16},
                                {"truncate", false}};
        test::writeModel(shelf.model(), json);
        test::writePieces(shelf.model());
        const auto scaling = whyNotGguf(shelf.model());
        QVERIFY(scaling);
        QCOMPARE(scaling->code(), ErrorCode::ModelUnsupported);
    }

    void folder_withAdapter_isTheEnginesJob() {
        const Shelf shelf;
        writeFileAtomically(shelf.adapter() / "README.md", "# Tuned\n");
        ModelExport request = shelf.request(ExportFormat::Folder, "out");
        request.adapter = shelf.adapter();
        request.type = GgufType::BFloat16;
        FakeJobs jobs(shelf);
        const ExportResult result = performExport(request, std::ref(jobs));
        QCOMPARE(jobs.jobs.size(), std::size_t{1});
        const ExportModelJob& job = jobs.jobs.front();
        QCOMPARE(job.modelFolder, shelf.model());
        QCOMPARE(job.adapterFolder, shelf.adapter());
        QCOMPARE(job.outFolder, request.out);
        QCOMPARE(job.type, TensorType::BFloat16);
        QVERIFY2(job.card.ends_with("What follows is the adapter's own card.\n\n# Tuned\n"),
                 job.card.c_str());
        QCOMPARE(result.out, request.out);
        QCOMPARE(result.bytes, std::uint64_t{123});
        QCOMPARE(result.notes.front().rule, std::string("adapter_of_another_base"));
        QCOMPARE(result.notes.front().args, (std::vector<std::string>{"base", "tiny"}));
    }

    void folder_stopHeardBehindTheRename_isExportedAllTheSame() {
        const Shelf shelf;
        FakeJobs jobs(shelf);
        std::stop_source stop;
        // As the engine answers where the stop comes when the folder has its name already.
        test::FakeEngine engine([&](const Job& job, JobObserver&, const std::stop_token&) {
            JobOutcome outcome;
            outcome.value = jobs(std::get<ExportModelJob>(job));
            stop.request_stop();
            outcome.kind = JobOutcome::Kind::Cancelled;
            return outcome;
        });
        struct Deaf : JobObserver {
            void onEvent(const JobEvent&) override {}
        } deaf;
        const auto runJob = [&](const ExportModelJob& job) {
            return std::get<ExportModelResult>(runOrThrow(engine, job, deaf, stop.get_token()));
        };
        const ModelExport request = shelf.request(ExportFormat::Folder, "out");
        const ExportResult result = performExport(request, runJob, {}, stop.get_token());
        QVERIFY(stop.stop_requested());
        QCOMPARE(result.out, request.out);
        QVERIFY(fs::exists(request.out / "config.json"));
    }

    void folder_weightsThatAreNotFinite_areNoted() {
        const Shelf shelf;
        FakeJobs jobs(shelf);
        QVERIFY(!isNoted(performExport(shelf.request(ExportFormat::Folder, "sound"), std::ref(jobs)),
                         "weights_not_finite"));
        const auto diverged = [&](const ExportModelJob& job) {
            ExportModelResult result = jobs(job);
            result.notFinite = {"lm_head.weight", "model.norm.weight"};
            return result;
        };
        const ExportResult result = performExport(shelf.request(ExportFormat::Folder, "out"), diverged);
        QVERIFY(isNoted(result, "weights_not_finite"));
        const std::string& note = result.notes.front().message;
        QVERIFY2(note.find("NaN or infinity: 2, the first of them lm_head.weight;") != std::string::npos,
                 note.c_str());
    }

    void tokenizer_thatCannotBeUsed_isNoted_data() {
        QTest::addColumn<int>("format");
        QTest::newRow("folder") << static_cast<int>(ExportFormat::Folder);
        QTest::newRow("peft") << static_cast<int>(ExportFormat::Adapter);
    }
    void tokenizer_thatCannotBeUsed_isNoted() {
        QFETCH(int, format);
        const Shelf shelf;
        FakeJobs jobs(shelf);
        fs::remove(shelf.model() / "tokenizer.model");
        const auto exported = [&](const char* out) {
            return performExport(shelf.request(static_cast<ExportFormat>(format), out), std::ref(jobs));
        };
        QVERIFY(exported("none").notes.empty());
        const std::string sound = test::byteLevelJson({}).dump();
        for (const fs::path& folder : {shelf.model(), shelf.adapter()})
            writeFileAtomically(folder / "tokenizer.json", sound);
        QVERIFY(exported("sound").notes.empty());
        for (const fs::path& folder : {shelf.model(), shelf.adapter()})
            writeFileAtomically(folder / "tokenizer.json", sound.substr(0, sound.size() / 2));
        const ExportResult result = exported("damaged");
        QCOMPARE(result.notes.size(), std::size_t{1});
        QCOMPARE(result.notes.front().rule, std::string("tokenizer_unusable"));
        const std::string& note = result.notes.front().message;
        QVERIFY2(note.find("tokenizer.json") != std::string::npos, note.c_str());
        const auto problem = test::errorOf([&] { loadTokenizer(result.out); });
        QVERIFY(problem && !problem->nextStep().empty());
        QVERIFY2(note.ends_with(" " + problem->nextStep()), note.c_str());
        QCOMPARE(readFile(result.out / "tokenizer.json").size(), sound.size() / 2);
    }

    void gguf_ofAFineTunedModel_hasItsTemplateAndName() {
        const Shelf shelf;
        const PromptTemplate& own = builtInTemplates().front();
        writeFileAtomically(shelf.model() / "prompt_template.json", promptTemplateJson(own));
        const ModelExport request = shelf.request(ExportFormat::Gguf, "out.gguf");
        const ExportResult result = performExport(request, noJob);
        QCOMPARE(result.architecture, std::string("llama"));
        QVERIFY(!result.notes.empty());
        QCOMPARE(result.notes.front().rule, std::string("chat_template_of_training"));
        QCOMPARE(result.notes.front().args, std::vector<std::string>{own.name});
        QCOMPARE(chatTemplateIn(request.out), chatTemplateOf(own));
        QCOMPARE(nameIn(request.out), std::string("tiny"));
        ModelExport named = shelf.request(ExportFormat::Gguf, "named.gguf");
        named.name = "My model";
        performExport(named, noJob);
        QCOMPARE(nameIn(named.out), std::string("My model"));
    }

    void gguf_brokenChatTemplate_isNotedUnlessThereIsAnother() {
        const Shelf shelf;
        const ModelExport request = shelf.request(ExportFormat::Gguf, "out.gguf");
        const fs::path config = shelf.model() / "tokenizer_config.json";
        OrderedJson json = fs::exists(config) ? readJsonFile(config) : OrderedJson::object();
        json["chat_template"] = 3;
        writeJsonFile(config, json);
        const auto leftOut = [&] { return isNoted(performExport(request, noJob), "chat_template_left_out"); };
        QVERIFY(!whyNotGguf(shelf.model()));
        QVERIFY(leftOut());
        QVERIFY(chatTemplateIn(request.out).empty());
        const PromptTemplate& own = builtInTemplates().front();
        writeFileAtomically(shelf.model() / "prompt_template.json", promptTemplateJson(own));
        QVERIFY(!leftOut());
        QCOMPARE(chatTemplateIn(request.out), chatTemplateOf(own));
    }

    void gguf_withAdapter_leavesNothingInBetween() {
        const Shelf shelf;
        ModelExport request = shelf.request(ExportFormat::Gguf, "out.gguf");
        request.adapter = shelf.adapter();
        FakeJobs jobs(shelf);
        const ExportNotes notes = performExport(request, std::ref(jobs)).notes;
        QVERIFY(!notes.empty() && notes.front().rule == "adapter_of_another_base");
        QCOMPARE(jobs.jobs.size(), std::size_t{1});
        QCOMPARE(jobs.jobs.front().type, TensorType::Float32);
        QCOMPARE(nameIn(request.out), std::string("tuned"));
        QCOMPARE(shelf.names(), (std::vector<std::string>{"out.gguf", "tiny", "tuned"}));
        // Nor where it ends early.
        fs::remove(request.out);
        std::stop_source stop;
        const auto stopsBehindMerging = [&](const ExportModelJob& job) {
            const ExportModelResult result = jobs(job);
            stop.request_stop();
            return result;
        };
        QVERIFY_EXCEPTION_THROWN(performExport(request, stopsBehindMerging, {}, stop.get_token()), Cancelled);
        QCOMPARE(shelf.names(), (std::vector<std::string>{"tiny", "tuned"}));
        STUDIO_COMPARE_ERROR(performExport(request, noJob), ErrorCode::Internal);
        QCOMPARE(shelf.names(), (std::vector<std::string>{"tiny", "tuned"}));
        // Nor where the engine hears of the stop when all is written.
        const auto stopsAtTheEnd = [&](const ExportModelJob& job) -> ExportModelResult {
            jobs(job);
            throw Cancelled();
        };
        QVERIFY_EXCEPTION_THROWN(performExport(request, stopsAtTheEnd), Cancelled);
        QCOMPARE(shelf.names(), (std::vector<std::string>{"tiny", "tuned"}));
    }

    void export_afterAKilledOne_removesWhatThatLeft_data() {
        QTest::addColumn<int>("format");
        QTest::newRow("folder") << static_cast<int>(ExportFormat::Folder);
        QTest::newRow("gguf") << static_cast<int>(ExportFormat::Gguf);
        QTest::newRow("peft") << static_cast<int>(ExportFormat::Adapter);
    }
    void export_afterAKilledOne_removesWhatThatLeft() {
        QFETCH(int, format);
        const Shelf shelf;
        if (!lockDecides(shelf.folder.path())) QSKIP("the temporary folder is on a network file system");
        const std::string left = ".finetune-studio.tmp-" + std::to_string(test::endedProcess()) + "-";
        fs::create_directories(shelf.folder / (".out.gguf.merged" + left + "0") / "model");
        writeFileAtomically(shelf.folder / (".out.gguf" + left + "1"), "half");
        FakeJobs jobs(shelf);
        performExport(shelf.request(static_cast<ExportFormat>(format), "out"), std::ref(jobs));
        QCOMPARE(shelf.names(), (std::vector<std::string>{"out", "tiny", "tuned"}));
    }

    void progress_ofEachFormat_growsToItsEnd_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<bool>("merges");
        QTest::newRow("folder") << static_cast<int>(ExportFormat::Folder) << false;
        QTest::newRow("merged folder") << static_cast<int>(ExportFormat::Folder) << true;
        QTest::newRow("gguf") << static_cast<int>(ExportFormat::Gguf) << false;
        QTest::newRow("merged gguf") << static_cast<int>(ExportFormat::Gguf) << true;
        QTest::newRow("peft") << static_cast<int>(ExportFormat::Adapter) << true;
    }
    void progress_ofEachFormat_growsToItsEnd() {
        QFETCH(int, format);
        QFETCH(bool, merges);
        const Shelf shelf;
        ModelExport request = shelf.request(static_cast<ExportFormat>(format), "out");
        if (merges) request.adapter = shelf.adapter();
        FakeJobs jobs(shelf);
        std::vector<Progress> heard;
        performExport(request, std::ref(jobs), [&](const Progress& progress) { heard.push_back(progress); });
        QVERIFY(heard.size() > 1);
        for (std::size_t i = 1; i < heard.size(); ++i) QVERIFY(heard[i].done >= heard[i - 1].done);
        for (const Progress& progress : heard) QVERIFY(progress.total >= progress.done);
        QCOMPARE(heard.back().done, heard.back().total);
        if (jobs.jobs.empty()) return;
        if (request.format == ExportFormat::Folder) {
            QCOMPARE(heard.front().done, std::int64_t{40});
            QCOMPARE(heard.front().total, std::int64_t{100});
            return;
        }
        // What is still to come behind the merged model counts from the beginning, and each part has its
        // share, whatever it says to have written.
        const ExportSize size = exportSize(request);
        for (const Progress& progress : heard)
            QCOMPARE(progress.total, static_cast<std::int64_t>(size.peak()));
        QCOMPARE(heard[0].done, static_cast<std::int64_t>(size.passingBytes * 4 / 10));
        QCOMPARE(heard[1].done, static_cast<std::int64_t>(size.passingBytes));
    }

    void gguf_stoppedAmongItsTensors_leavesWhatWasThere() {
        const Shelf shelf;
        const ModelExport request = shelf.request(ExportFormat::Gguf, "out.gguf");
        performExport(request, noJob);
        const std::string before = readFile(request.out);
        std::stop_source stop;
        Progress last;
        const auto stopsHalfWay = [&](const Progress& progress) {
            last = progress;
            if (2 * progress.done > progress.total) stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(performExport(request, noJob, stopsHalfWay, stop.get_token()), Cancelled);
        QVERIFY(last.done < last.total);
        QCOMPARE(readFile(request.out), before);
        QCOMPARE(shelf.names(), (std::vector<std::string>{"out.gguf", "tiny", "tuned"}));
    }
};

STUDIO_TEST(ModelExportTest)
#include "model_export_test.moc"
