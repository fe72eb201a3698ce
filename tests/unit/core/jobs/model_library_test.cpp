// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/model_library.h"

#include "core/base/files.h"
#include "core/formats/model_folders.h"
#include "core/formats/other_base.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/made_runs.h"
#include "tests/support/pickled_adapter.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_adapter.h"

using namespace studio;
using test::MadeRun;
namespace fs = std::filesystem;

namespace {

struct Shelf {
    Shelf() : known(folder / "models.json") {
        makeFolders(project() / "runs");
        makeFolders(project() / "models");
    }
    fs::path project() const { return folder / "facts.ftproj"; }
    ModelEntries read(const ModelEntries& previous = {}, std::vector<fs::path> folders = {}) const {
        return readModelLibrary({project(), std::move(folders)}, known, previous);
    }
    /// Without the embedded one, which not every build has.
    static std::vector<std::string> names(const ModelEntries& models) {
        std::vector<std::string> all;
        for (const auto& model : models)
            if (model->origin != ModelOrigin::Embedded) all.push_back(model->name());
        return all;
    }
    test::TemporaryFolder folder;
    KnownModels known;
};

}  // namespace

class ModelLibraryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void read_everyPlace_isListedOnceInOrder() {
        Shelf shelf;
        for (const auto& [name, created] : {std::pair{"early", 10}, std::pair{"late", 20}}) {
            const RunFolder run = test::makeRun(shelf.project() / "runs",
                                                {.name = name, .created = created, .base = "/models/base"});
            test::writeSmallModel(run.modelFolder());
        }
        test::makeRun(shelf.project() / "runs", {.name = "stopped", .state = "stopped", .hasModel = false});
        test::writeSmallModel(shelf.project() / "models" / "own");
        makeFolders(shelf.project() / "models" / "no model");
        test::writeSmallModel(shelf.folder / "opened");
        shelf.known.add(shelf.folder / "opened");
        shelf.known.add(shelf.project() / "runs" / "late" / "model");  // it is a run's already
        const ModelEntries models = shelf.read({}, {shelf.folder / "opened", {}, embeddedModelFolder()});
        QCOMPARE(Shelf::names(models), (std::vector<std::string>{"late", "early", "own", "opened"}));
        if (!embeddedModelFolder().empty()) QCOMPARE(models.front()->origin, ModelOrigin::Embedded);
        const auto late = findModel(models, shelf.project() / "runs" / "late" / "model/");
        QVERIFY(late != nullptr);
        QCOMPARE(late->origin, ModelOrigin::Run);
        QCOMPARE(late->madeFrom, fs::path("/models/base"));
        QVERIFY(late->summary && !late->problem);
        QCOMPARE(late->summary->config.contextLength, std::int64_t(64));
        QCOMPARE(findModel(models, shelf.folder / "opened")->origin, ModelOrigin::Opened);
        QCOMPARE(findModel(models, shelf.project() / "models" / "own")->origin, ModelOrigin::Project);
        QVERIFY(findModel(models, "/nowhere") == nullptr);
    }

    void read_adapters_areListedBehindTheirRunsAndAsOpened() {
        Shelf shelf;
        const fs::path base = shelf.folder / "base", opened = shelf.folder / "opened lora";
        test::writeSmallModel(base);
        const RunFolder run =
            test::makeRun(shelf.project() / "runs", {.name = "tuned", .base = base, .hasModel = false});
        test::writeSmallModel(run.modelFolder());
        test::writeAdapter(run.adapterFolder(), readModelConfig(base), {.base = base.string()});
        test::writeAdapter(opened, readModelConfig(base), {.base = "someone/base"});
        shelf.known.add(opened);
        const ModelEntries models = shelf.read();
        QCOMPARE(Shelf::names(models), (std::vector<std::string>{"tuned", "tuned", "opened lora"}));
        const auto ofRun = findModel(models, run.adapterFolder());
        QVERIFY(ofRun && ofRun->isAdapter && ofRun->adapter && !ofRun->summary && !ofRun->problem);
        QCOMPARE(ofRun->origin, ModelOrigin::Run);
        QCOMPARE(ofRun->madeFrom, base);
        QCOMPARE(ofRun->adapter->config.rank, std::int64_t(4));
        QVERIFY(!findModel(models, run.modelFolder())->isAdapter);
        // The base of the other one has to be chosen.
        const auto lost = findModel(models, opened);
        QVERIFY(lost && lost->isAdapter && !lost->canAnswer());
        QCOMPARE(lost->problem->code(), ErrorCode::FileNotFound);
        shelf.known.add(opened, base);
        const ModelEntries chosen = shelf.read(models);
        QVERIFY(findModel(chosen, opened)->canAnswer());
        QVERIFY(findModel(chosen, run.adapterFolder()) == ofRun);
        // Also in the project's own folder of models.
        const fs::path own = shelf.project() / "models" / "own lora";
        test::writeAdapter(own, readModelConfig(base), {.base = base.string()});
        const auto ofProject = findModel(shelf.read(chosen), own);
        QVERIFY(ofProject && ofProject->isAdapter && ofProject->canAnswer());
        QCOMPARE(ofProject->origin, ModelOrigin::Project);
        // What the project has chosen stands above that.
        test::writeSmallModel(shelf.folder / "wider", 32);
        const ModelEntries other =
            readModelLibrary({shelf.project(), {}, {{opened, shelf.folder / "wider"}}}, shelf.known, chosen);
        QCOMPARE(findModel(other, opened)->problem->code(), ErrorCode::WeightsInvalid);
        // Unless that has gone and the user has chosen another one.
        const ModelEntries again =
            readModelLibrary({shelf.project(), {}, {{opened, shelf.folder / "gone"}}}, shelf.known, other);
        QCOMPARE(findModel(again, opened)->madeFrom, resolvedFolder(base));
        QVERIFY(findModel(again, opened)->canAnswer());
    }

    void read_adaptersOfOneBase_openItsWeightsOnce_data() {
        QTest::addColumn<bool>("listed");
        QTest::newRow("listed behind them") << true;
        QTest::newRow("not listed") << false;
    }
    void read_adaptersOfOneBase_openItsWeightsOnce() {
        QFETCH(bool, listed);
        Shelf shelf;
        const fs::path base = shelf.folder / "base";
        test::writeSmallModel(base);
        for (const char* name : {"one", "two"}) {
            test::writeAdapter(shelf.folder / name, readModelConfig(base), {.base = base.string()});
            shelf.known.add(shelf.folder / name);
        }
        if (listed) shelf.known.add(base);
        // From then on whoever opens them fails: behind the base, or behind the first adapter.
        const std::int64_t left = listed ? 2 : 1;
        const auto takesWeights = [&](const Progress& done) {
            if (done.total - done.done == left) fs::remove(base / "model.safetensors");
        };
        const ModelEntries models = readModelLibrary({shelf.project(), {}}, shelf.known, {}, takesWeights);
        std::vector<std::string> names{"one", "two"};
        if (listed) names.push_back("base");
        QCOMPARE(Shelf::names(models), names);
        for (const char* name : {"one", "two"})
            QVERIFY(findModel(models, shelf.folder / name)->adapter.has_value());
        // The next one who lists them without knowing them finds the damage.
        const auto alone = findModel(shelf.read(), shelf.folder / "one");
        QVERIFY(!alone->canAnswer());
        QCOMPARE(alone->problem->code(), ErrorCode::WeightsInvalid);
    }

    void read_adapterThatChanged_isReadAgain() {
        Shelf shelf;
        const fs::path base = shelf.folder / "base", lora = shelf.folder / "lora";
        test::writeSmallModel(base);
        test::writeAdapter(lora, readModelConfig(base), {.base = base.string()});
        shelf.known.add(lora);
        const ModelEntries before = shelf.read();
        QVERIFY(findModel(before, lora)->adapter.has_value());
        test::writeAdapter(lora, readModelConfig(base), {.base = base.string(), .rank = 2});
        const ModelEntries after = shelf.read(before);
        QCOMPARE(findModel(after, lora)->adapter->config.rank, std::int64_t(2));
        test::pickleAdapter(lora);
        const ModelEntries pickled = shelf.read(after);
        QVERIFY(findModel(pickled, lora)->canAnswer());
        writeFileAtomically(lora / kAdapterPickleFile, "x");
        QVERIFY(!findModel(shelf.read(pickled), lora)->canAnswer());
        test::writeAdapter(lora, readModelConfig(base), {.base = base.string(), .rank = 2});
        shelf.known.rename(lora, "Mine");
        QCOMPARE(findModel(shelf.read(after), lora)->adapter->config.rank, std::int64_t(2));
        fs::remove_all(base);
        QVERIFY(!findModel(shelf.read(after), lora)->canAnswer());
        QVERIFY(findModel(shelf.read(after), lora)->problem.has_value());
    }

    void read_adapterOfAnotherBase_saysSoUntilTheBaseIsThatOne() {
        Shelf shelf;
        const fs::path base = shelf.folder / "base", lora = shelf.folder / "lora";
        test::writeSmallModel(base);
        test::writeAdapter(lora, readModelConfig(base), {.base = "someone/llama"});
        shelf.known.add(lora, base);
        const ModelEntries first = shelf.read();
        const auto entry = findModel(first, lora);
        QVERIFY(entry->canAnswer() && entry->otherBase);
        QCOMPARE(entry->otherBase->args, (std::vector<std::string>{"someone/llama", "base"}));
        shelf.known.rename(lora, "Mine");
        const ModelEntries renamed = shelf.read(first);
        QCOMPARE(findModel(renamed, lora)->name(), std::string("Mine"));
        QVERIFY(findModel(renamed, lora)->otherBase);
        writeJsonFile(base / kReceiptFile, {{"model", "someone/llama"}});
        const ModelEntries known = shelf.read(renamed);
        QVERIFY(findModel(known, lora)->canAnswer() && !findModel(known, lora)->otherBase);
        fs::rename(base / kReceiptFile, base / "elsewhere.json");
        QVERIFY(findModel(shelf.read(known), lora)->otherBase);
    }

    void read_brokenAndMissingModels_areListedWithTheirProblem() {
        Shelf shelf;
        test::writeSmallModel(shelf.folder / "cut");
        fs::resize_file(shelf.folder / "cut" / "model.safetensors", 200);
        test::writeSmallModel(shelf.folder / "strange");
        writeFileAtomically(shelf.folder / "strange" / "config.json", "{\"architectures\": [\"Mystery\"]}");
        for (const char* name : {"cut", "strange", "gone"}) shelf.known.add(shelf.folder / name);
        const ModelEntries models = shelf.read();
        QCOMPARE(Shelf::names(models), (std::vector<std::string>{"cut", "strange", "gone"}));
        const auto codeOf = [&](const char* name) {
            const auto model = findModel(models, shelf.folder / name);
            return model->problem && !model->summary ? model->problem->code() : ErrorCode::Internal;
        };
        QCOMPARE(codeOf("cut"), ErrorCode::WeightsInvalid);
        QCOMPARE(codeOf("strange"), ErrorCode::ModelUnsupported);
        QCOMPARE(codeOf("gone"), ErrorCode::FileNotFound);
        // What was mended is read again.
        test::writeSmallModel(shelf.folder / "cut");
        test::writeSmallModel(shelf.folder / "gone");
        const ModelEntries mended = shelf.read(models);
        QVERIFY(findModel(mended, shelf.folder / "cut")->summary.has_value());
        QVERIFY(findModel(mended, shelf.folder / "gone")->summary.has_value());
    }

    void read_runThatLostItsModel_isListedWithWhatIsMissing() {
        Shelf shelf;
        const RunFolder run =
            test::makeRun(shelf.project() / "runs", {.name = "tuned", .base = "/models/base"});
        test::writeSmallModel(run.modelFolder());
        const ModelEntries whole = shelf.read();
        QVERIFY(findModel(whole, run.modelFolder())->canAnswer());
        fs::remove(run.modelFolder() / "config.json");
        const ModelEntries models = shelf.read(whole);
        QCOMPARE(Shelf::names(models), (std::vector<std::string>{"tuned"}));
        const auto lost = findModel(models, run.modelFolder());
        QVERIFY(!lost->canAnswer() && lost->origin == ModelOrigin::Run);
        QCOMPARE(lost->madeFrom, fs::path("/models/base"));
        const std::string problem = lost->problem->what();
        QVERIFY2(problem.find((run.modelFolder() / "config.json").string()) != std::string::npos,
                 problem.c_str());
        test::writeSmallModel(run.modelFolder());
        QVERIFY(findModel(shelf.read(models), run.modelFolder())->canAnswer());
        // Nor is one forgotten whose folder is gone.
        fs::remove_all(run.modelFolder());
        QVERIFY(findModel(shelf.read(models), run.modelFolder())->problem.has_value());
    }

    void read_again_takesWhatHasNotChanged() {
        Shelf shelf;
        for (const char* name : {"same", "renamed", "changed", "licensed", "chatting", "tokenized"}) {
            test::writeSmallModel(shelf.folder / name);
            shelf.known.add(shelf.folder / name);
        }
        const ModelEntries before = shelf.read();
        shelf.known.rename(shelf.folder / "renamed", "Another name");
        test::writeSmallModel(shelf.folder / "changed", 32);
        writeFileAtomically(shelf.folder / "licensed" / "README.md", "---\nlicense: mit\n---\n");
        writeFileAtomically(shelf.folder / "chatting" / "chat_template.jinja", "{{ messages }}");
        writeFileAtomically(shelf.folder / "tokenized" / "vocab.json", "{}");
        writeFileAtomically(shelf.folder / "tokenized" / "merges.txt", "");
        const ModelEntries after = shelf.read(before);
        const auto both = [&](const char* name) {
            return std::pair{findModel(before, shelf.folder / name), findModel(after, shelf.folder / name)};
        };
        QVERIFY(both("same").first == both("same").second);
        const auto renamed = both("renamed");
        QVERIFY(renamed.first != renamed.second);
        QCOMPARE(renamed.second->name(), std::string("Another name"));
        QCOMPARE(renamed.second->ownName, std::string("renamed"));
        QCOMPARE(renamed.second->summary->weightBytes, renamed.first->summary->weightBytes);
        QCOMPARE(both("changed").second->summary->config.hiddenSize, std::int64_t(32));
        QVERIFY(!both("chatting").first->hasChatTemplate && both("chatting").second->hasChatTemplate);
        shelf.known.rename(shelf.folder / "chatting", "Speaker");
        QVERIFY(findModel(shelf.read(after), shelf.folder / "chatting")->hasChatTemplate);
        QVERIFY(both("tokenized").first->summary->tokenizerKind.empty());
        QCOMPARE(both("tokenized").second->summary->tokenizerKind, std::string("byte-level BPE"));
        QCOMPARE(both("licensed").first->licence.name, std::string());
        QCOMPARE(both("licensed").second->licence.name, std::string("mit"));
    }

    void read_progressAndStop_areHeardBetweenModels() {
        Shelf shelf;
        for (const char* name : {"one", "two", "three"}) {
            test::writeSmallModel(shelf.folder / name);
            shelf.known.add(shelf.folder / name);
        }
        std::stop_source stop;
        std::int64_t told = 0, total = 0;
        const auto progress = [&](const Progress& done) {
            told = done.done;
            total = done.total;
            if (told == 2) stop.request_stop();
        };
        bool cancelled = false;
        try {
            readModelLibrary({{}, {}}, shelf.known, {}, progress, stop.get_token());
        } catch (const Cancelled&) {
            cancelled = true;
        }
        QVERIFY(cancelled);
        QCOMPARE(told, std::int64_t(2));
        QVERIFY(total >= 3);
    }

    void read_embeddedModel_statesItsLicence() {
        if (embeddedModelFolder().empty()) QSKIP("this build has no embedded model");
        const ModelEntries models = readModelLibrary({{}, {}}, KnownModels(fs::path()), {});
        QCOMPARE(models.size(), std::size_t(1));
        QCOMPARE(models.front()->licence.name, std::string("gpl-3.0-or-later"));
        QVERIFY(models.front()->summary.has_value());
    }
};

STUDIO_TEST(ModelLibraryTest)
#include "model_library_test.moc"
