// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/model_download.h"

#include <stop_token>

#include "core/formats/sha256.h"
#include "core/hub/download_state.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/unit/core/hub/hub_testing.h"

namespace {

using namespace studio;
using namespace studio::test;
namespace fs = std::filesystem;

constexpr std::size_t kWeightBytes = 3 << 20;

std::vector<std::string> namesIn(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        names.push_back(entry.path().lexically_relative(folder).string());
    std::sort(names.begin(), names.end());
    return names;
}

/// Downloads that go well, are stopped, and go on.
class ModelDownloadTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    int m_count = 0;

    fs::path freshTarget() { return m_folder / ("model" + std::to_string(m_count++)); }

    /// Stops once so many bytes are there.
    static void downloadUpTo(const FakeHub& hub, const fs::path& target, std::int64_t bytes) {
        std::stop_source stop;
        QVERIFY_EXCEPTION_THROWN(
            downloadModel(
                planOf(hub), settingsFor(target),
                [&](const DownloadProgress& progress) {
                    if (progress.stage == DownloadProgress::Stage::Downloading && progress.bytesDone >= bytes)
                        stop.request_stop();
                },
                stop.get_token()),
            Cancelled);
    }

private Q_SLOTS:
    void download_usualModel_hasWhatAModelNeeds() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        const fs::path target = freshTarget();
        const DownloadPlan plan = planOf(hub);
        const DownloadResult result = downloadModel(plan, settingsFor(target), {}, {});
        QCOMPARE(result.commit, hub.commit());
        QCOMPARE(result.folder, fs::weakly_canonical(target));
        QCOMPARE(result.bytesFetched, plan.bytes());
        QCOMPARE(namesIn(target),
                 (std::vector<std::string>{".finetune-download.json", "README.md", "config.json",
                                           "model.safetensors", "tokenizer.model"}));
        for (const DownloadedFile& file : result.files) {
            QCOMPARE(bytesIn(target / file.file.path), hub.bytesOf(file.file.path));
            QCOMPARE(file.sha256, sha256(hub.bytesOf(file.file.path)));
            QVERIFY(file.fetched);
        }
        QCOMPARE(fileIn(result, "model.safetensors").verified, Verified::Sha256);
        QCOMPARE(fileIn(result, "config.json").verified, Verified::GitBlob);
        QVERIFY(!fs::exists(target.string() + ".part"));
        QCOMPARE(readDownloadReceipt(target)->origin.commit, hub.commit());
    }

    void download_again_fetchesNothing() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        const fs::path target = freshTarget();
        download(hub, target);
        hub.server().forgetRequests();
        const DownloadResult again = download(hub, target);
        QCOMPARE(again.bytesFetched, std::int64_t{0});
        for (const DownloadedFile& file : again.files) QVERIFY(!file.fetched);
        QVERIFY(hub.server().requests(hub.pathOf("config.json")).empty());
    }

    void download_damagedFileInTheFolder_isFetchedAloneAndTheRestStays() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        const fs::path target = freshTarget();
        download(hub, target);
        std::ofstream(target / "config.json", std::ios::binary)
            << std::string(hub.bytesOf("config.json").size(), '?');
        std::ofstream(target / "mine.txt") << "mine";
        fs::create_directories(target / "notes");
        fs::create_symlink("mine.txt", target / "link");
        std::ofstream(target / "notes" / "a.txt") << "a";
        hub.server().forgetRequests();
        const DownloadResult again = download(hub, target);
        QVERIFY(fileIn(again, "config.json").fetched);
        QVERIFY(!fileIn(again, "model.safetensors").fetched);
        QCOMPARE(bytesIn(target / "config.json"), hub.bytesOf("config.json"));
        QCOMPARE(bytesIn(target / "model.safetensors"), hub.bytesOf("model.safetensors"));
        QCOMPARE(bytesIn(target / "mine.txt"), std::string("mine"));
        QCOMPARE(bytesIn(target / "notes" / "a.txt"), std::string("a"));
        QCOMPARE(fs::read_symlink(target / "link"), fs::path("mine.txt"));
        QVERIFY(hub.server().requests(hub.pathOf("model.safetensors")).empty());
        QVERIFY(!fs::exists(target.string() + ".part"));
    }

    void download_stopped_goesOnWhereItWas() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        HttpReply slow = hub.reply("model.safetensors");
        slow.bytesPerSecond = 4 << 20;
        hub.script("model.safetensors", {slow});
        const fs::path target = freshTarget();
        downloadUpTo(hub, target, 1 << 20);
        QVERIFY(!fs::exists(target));
        QVERIFY(fs::exists(target.string() + ".part"));
        hub.server().forgetRequests();
        const DownloadResult result = download(hub, target);
        const auto requests = hub.server().requests(hub.pathOf("model.safetensors"));
        QCOMPARE(requests.size(), std::size_t{1});
        QVERIFY(rangeStart(requests.front()) >= (1 << 19));
        QCOMPARE(requests.front().header("if-range"), slow.etag);
        QCOMPARE(fileIn(result, "model.safetensors").resumedFrom, rangeStart(requests.front()));
        QVERIFY(result.bytesFetched < std::int64_t{kWeightBytes} - (1 << 19));
        QVERIFY(hub.server().requests(hub.pathOf("config.json")).empty());
        QVERIFY(!fileIn(result, "config.json").fetched);
        QCOMPARE(bytesIn(target / "model.safetensors"), hub.bytesOf("model.safetensors"));
    }

    void download_fileThatChangedMeanwhile_isNotJoinedToItsOldBeginning() {
        for (const bool isHashed : {true, false}) {
            FakeHub hub;
            hub.addUsualFiles(1000);
            const auto add = [&](const std::string& bytes) {
                if (isHashed)
                    hub.add("model.safetensors", bytes, true);
                else
                    hub.addUnhashed("model.safetensors", bytes);
                HttpReply slow = hub.reply("model.safetensors");
                slow.bytesPerSecond = 4 << 20;
                hub.script("model.safetensors", {slow});
            };
            add(noise(kWeightBytes, 50));
            const fs::path target = freshTarget();
            downloadUpTo(hub, target, 1 << 20);
            add(noise(kWeightBytes, 51));
            hub.setCommit('b');
            download(hub, target);
            QCOMPARE(bytesIn(target / "model.safetensors"), noise(kWeightBytes, 51));
            QCOMPARE(readDownloadReceipt(target)->origin.commit, std::string(40, 'b'));
        }
    }

    void download_newCommit_fetchesWhatChangedAndNamesWhatIsOld() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        hub.add("vocab.txt", "a\nb\n");
        const fs::path target = freshTarget();
        download(hub, target);
        hub.add("config.json", R"({"model_type": "llama", "vocab_size": 7})");
        hub.remove("vocab.txt");
        hub.setCommit('c');
        hub.server().forgetRequests();
        const DownloadResult result = download(hub, target);
        QCOMPARE(result.stale, std::vector<std::string>{"vocab.txt"});
        QCOMPARE(bytesIn(target / "config.json"), hub.bytesOf("config.json"));
        QVERIFY(hub.server().requests(hub.pathOf("model.safetensors")).empty());
        QCOMPARE(readDownloadReceipt(target)->origin.commit, hub.commit());
    }

    void download_ofSomeFilesLater_keepsTheOthers() {
        FakeHub hub;
        hub.addUsualFiles(2000);
        const fs::path target = freshTarget();
        download(hub, target);
        downloadModel(planOf(hub, {false, {"onnx/*"}}), settingsFor(target), {}, {});
        QCOMPARE(bytesIn(target / "onnx" / "model.onnx"), hub.bytesOf("onnx/model.onnx"));
        QCOMPARE(bytesIn(target / "model.safetensors"), hub.bytesOf("model.safetensors"));
        QCOMPARE(readDownloadReceipt(target)->files.size(), std::size_t{5});
    }

    void download_otherChoiceAfterAStop_leavesNothingOfTheFirst() {
        FakeHub hub;
        hub.addUsualFiles(2000);
        HttpReply slow = hub.reply("model.safetensors");
        slow.bytesPerSecond = 1000;
        hub.script("model.safetensors", {slow});
        const fs::path target = freshTarget();
        std::stop_source stop;
        const auto onceOthersAreThere = [&](const DownloadProgress& progress) {
            if (progress.filesDone == progress.filesTotal - 1) stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(
            downloadModel(planOf(hub, {true, {}}), settingsFor(target), onceOthersAreThere, stop.get_token()),
            Cancelled);
        QVERIFY(fs::exists(target.string() + ".part/train.py"));
        hub.script("model.safetensors", {hub.reply("model.safetensors")});
        download(hub, target);
        QVERIFY(!fs::exists(target / "train.py"));
        QVERIFY(!fs::exists(target / "onnx"));
        QVERIFY(!fs::exists(target / kStateFolder));
    }

    void download_fileThatBecameAFolder_andTheOtherWayRound_areReplaced() {
        for (const bool wasFile : {true, false}) {
            FakeHub hub;
            hub.add("config.json", "{}");
            const std::string plain = "additional_chat_templates", inside = plain + "/a.jinja";
            hub.add(wasFile ? plain : inside, "first");
            HttpReply absent;
            absent.status = 404;
            hub.script("config.json", {absent});
            const fs::path target = freshTarget();
            DownloadSettings settings = settingsFor(target);
            settings.parallel = 1;  // the larger file is there before the other fails
            QVERIFY(errorOf([&] { downloadModel(planOf(hub, {true, {}}), settings, {}, {}); }).has_value());
            QVERIFY(fs::exists(target.string() + ".part/" + (wasFile ? plain : inside)));
            hub.remove(wasFile ? plain : inside);
            hub.add(wasFile ? inside : plain, "second");
            hub.script("config.json", {hub.reply("config.json")});
            downloadModel(planOf(hub, {true, {}}), settings, {}, {});
            QCOMPARE(bytesIn(target / (wasFile ? inside : plain)), std::string("second"));
        }
    }

    void download_manyFiles_comeSeveralAtATimeButNotMore() {
        FakeHub hub;
        for (int i = 0; i < 12; ++i) {
            const std::string name = "model-" + std::to_string(10000 + i) + "-of-10012.safetensors";
            hub.add(name, noise(20000, static_cast<unsigned>(i)), true);
            HttpReply late = hub.reply(name);
            late.delay = std::chrono::milliseconds(80);
            hub.script(name, {late});
        }
        hub.server().forgetRequests();
        DownloadSettings settings = settingsFor(freshTarget());
        settings.parallel = 3;
        const DownloadResult result = downloadModel(planOf(hub), settings, {}, {});
        QCOMPARE(result.files.size(), std::size_t{12});
        QCOMPARE(hub.server().mostAtOnce(), 3);
    }

    void progress_risesToTheWholeWithSpeedAndTime() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        HttpReply slow = hub.reply("model.safetensors");
        slow.bytesPerSecond = 2 << 20;
        hub.script("model.safetensors", {slow});
        std::vector<DownloadProgress> heard;
        const DownloadPlan plan = planOf(hub);
        downloadModel(plan, settingsFor(freshTarget()),
                      [&heard](const DownloadProgress& one) { heard.push_back(one); }, {});
        QVERIFY(heard.size() > 5);
        bool hadSpeed = false;
        std::int64_t before = 0;
        for (const DownloadProgress& one : heard) {
            if (one.stage != DownloadProgress::Stage::Downloading) continue;
            QVERIFY(one.bytesDone >= before && one.bytesDone <= one.bytesTotal);
            QCOMPARE(one.bytesTotal, plan.bytes());
            before = one.bytesDone;
            hadSpeed =
                hadSpeed || (one.bytesPerSecond > 50000.0 && one.secondsLeft > 0.0 && one.secondsLeft < 60.0);
        }
        QVERIFY(hadSpeed);
        QCOMPARE(heard.back().stage, DownloadProgress::Stage::Finishing);
        QCOMPARE(heard.back().filesDone, heard.back().filesTotal);
    }

    void download_emptyFile_isThere() {
        FakeHub hub;
        hub.add("config.json", "");
        const fs::path target = freshTarget();
        const DownloadResult result = download(hub, target);
        QCOMPARE(fileIn(result, "config.json").verified, Verified::GitBlob);
        QVERIFY(fs::exists(target / "config.json") && fs::file_size(target / "config.json") == 0);
    }

    void download_diskTooSmall_isRefusedBeforeAnythingIsFetched() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        DownloadSettings settings = settingsFor(freshTarget());
        settings.freeBytes = [](const fs::path&) { return std::uint64_t{2000000}; };
        const DownloadPlan plan = planOf(hub);
        hub.server().forgetRequests();
        STUDIO_COMPARE_ERROR_TEXT(downloadModel(plan, settings, {}, {}), ErrorCode::DiskFull,
                                  "needs 3.2 MB on the disk");
        QVERIFY(hub.server().requests().empty());
        QVERIFY(!fs::exists(settings.folder));
        QVERIFY(!fs::exists(settings.folder.string() + ".part"));
    }

    void download_foreignFolder_isNotTouched() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        const fs::path target = freshTarget();
        fs::create_directories(target);
        std::ofstream(target / "thesis.txt") << "years";
        STUDIO_COMPARE_ERROR_TEXT(download(hub, target), ErrorCode::InvalidArgument,
                                  "not a download of this program");
        QCOMPARE(namesIn(target), std::vector<std::string>{"thesis.txt"});
        const fs::path file = m_folder / "file";
        std::ofstream(file) << "file";
        STUDIO_COMPARE_ERROR(download(hub, file), ErrorCode::InvalidArgument);
        const fs::path taken = freshTarget();
        fs::create_directories(taken.string() + ".part");
        std::ofstream(taken.string() + ".part/thesis.txt") << "years";
        STUDIO_COMPARE_ERROR(download(hub, taken), ErrorCode::InvalidArgument);
        QCOMPARE(bytesIn(taken.string() + ".part/thesis.txt"), std::string("years"));
    }

    void download_folderOfAnotherModel_isRefused() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        const fs::path target = freshTarget();
        download(hub, target);
        DownloadPlan plan = planOf(hub);
        plan.model = "acme/other";
        STUDIO_COMPARE_ERROR_TEXT(downloadModel(plan, settingsFor(target), {}, {}),
                                  ErrorCode::InvalidArgument, "holds a download of \"acme/tiny-model\"");
    }

    void download_twoIntoOneFolder_theSecondIsRefused() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        const fs::path target = freshTarget();
        std::optional<Error> second;
        const DownloadPlan plan = planOf(hub);
        downloadModel(plan, settingsFor(target),
                      [&](const DownloadProgress&) {
                          if (!second)
                              second = errorOf([&] { downloadModel(plan, settingsFor(target), {}, {}); });
                      },
                      {});
        QVERIFY(second.has_value());
        QVERIFY2(second->code() == ErrorCode::FileUnwritable, second->what());
        QVERIFY(fs::exists(target / "config.json"));
    }

    void download_nothingChosen_isRefused() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        STUDIO_COMPARE_ERROR(
            downloadModel(planOf(hub, {false, {"*.nothing"}}), settingsFor(freshTarget()), {}, {}),
            ErrorCode::InvalidArgument);
    }

    void download_folderThroughALinkAndWithASlash_isTheOneItLeadsTo() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        const fs::path real = freshTarget();
        fs::create_directories(real);
        fs::create_directory_symlink(real, m_folder / "link");
        const DownloadResult result = download(hub, m_folder / "link/");
        QCOMPARE(result.folder, fs::canonical(real));
        QVERIFY(fs::is_symlink(m_folder / "link"));
        QVERIFY(fs::exists(real / "config.json"));
    }
};

STUDIO_TEST(ModelDownloadTest)

}  // namespace

#include "model_download_test.moc"
