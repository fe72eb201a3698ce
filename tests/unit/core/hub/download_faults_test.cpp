// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <stop_token>

#include "core/formats/sha256.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/small_disk.h"
#include "tests/support/studio_test.h"
#include "tests/unit/core/hub/hub_testing.h"

namespace {

using namespace studio;
using namespace studio::test;
namespace fs = std::filesystem;

constexpr std::size_t kWeightBytes = 2 << 20;
const std::string kWeights = "model.safetensors";

/// Servers and lines that are not as they should be.
class DownloadFaultsTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    int m_count = 0;

    fs::path freshTarget() { return m_folder / ("model" + std::to_string(m_count++)); }

    static HttpReply statusReply(int status) {
        HttpReply reply;
        reply.status = status;
        reply.body = "<html>sorry</html>";
        return reply;
    }

    /// The file comes although these answers come first; the requests that it took.
    std::vector<HttpSeen> comesAfter(std::vector<HttpReply> answers) {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        answers.push_back(hub.reply(kWeights));
        hub.script(kWeights, answers);
        const fs::path target = freshTarget();
        download(hub, target);
        if (bytesIn(target / kWeights) != hub.bytesOf(kWeights)) throw std::runtime_error("wrong bytes");
        return hub.server().requests(hub.pathOf(kWeights));
    }

    /// The error where the file's only answer is this one.
    std::optional<Error> failsWith(const HttpReply& answer, std::size_t* requests = nullptr) {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        hub.script(kWeights, {answer});
        const fs::path target = freshTarget();
        const auto error = errorOf([&] { download(hub, target); });
        if (requests) *requests = hub.server().requests(hub.pathOf(kWeights)).size();
        if (fs::exists(target)) throw std::runtime_error("a folder that is not whole");
        return error;
    }

    static HttpReply weightsReply() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        return hub.reply(kWeights);
    }

private Q_SLOTS:
    void connection_droppedAgainAndAgain_onlyTheRestIsAskedFor() {
        HttpReply dropped = weightsReply();
        dropped.dropsAfter = 300000;
        const auto requests = comesAfter({dropped, dropped, dropped, dropped, dropped});
        QCOMPARE(requests.size(), std::size_t{6});
        QCOMPARE(rangeStart(requests[0]), std::int64_t{-1});
        for (std::size_t i = 1; i < requests.size(); ++i) {
            QVERIFY(rangeStart(requests[i]) > rangeStart(requests[i - 1]));
            QCOMPARE(requests[i].header("if-range"), dropped.etag);
        }
    }

    void connection_droppedWithoutAnythingComing_isGivenUp() {
        HttpReply dropped = weightsReply();
        dropped.dropsAfter = 0;
        std::size_t requests = 0;
        const auto error = failsWith(dropped, &requests);
        QVERIFY(error && error->code() == ErrorCode::NetworkFailed);
        QVERIFY2(
            std::string(error->what()).find("broke while it sent \"model.safetensors\"") != std::string::npos,
            error->what());
        QCOMPARE(requests, std::size_t{4});
    }

    void body_truncatedWithALengthThatIsShortToo_isRefused() {
        HttpReply shorter = weightsReply();
        shorter.body.resize(1000);
        QCOMPARE(comesAfter({shorter}).size(), std::size_t{2});
        const auto error = failsWith(shorter);
        QVERIFY(error && error->code() == ErrorCode::NetworkFailed);
        QVERIFY2(
            std::string(error->what()).find("announces 1000 bytes instead of 2097152") != std::string::npos,
            error->what());
    }

    void body_truncatedWithoutALength_goesOnWhereItEnded() {
        HttpReply cut = weightsReply();
        cut.announces = false;
        cut.dropsAfter = 500000;
        const auto requests = comesAfter({cut});
        QCOMPARE(requests.size(), std::size_t{2});
        QCOMPARE(rangeStart(requests[1]), std::int64_t{500000});
    }

    void length_announcedTooLarge_isRefusedBeforeTheBody() {
        HttpReply boasting = weightsReply();
        boasting.announced = std::int64_t{1} << 40;
        const auto requests = comesAfter({boasting});
        QCOMPARE(requests.size(), std::size_t{2});
        QCOMPARE(rangeStart(requests[1]), std::int64_t{-1});
    }

    void body_withoutEnd_isCutAtTheListedSize() {
        HttpReply endless = weightsReply();
        endless.body = noise(kWeightBytes * 4, 9);
        endless.announces = false;
        std::size_t requests = 0;
        const auto error = failsWith(endless, &requests);
        QVERIFY(error && error->code() == ErrorCode::NetworkFailed);
        QVERIFY2(std::string(error->what()).find("more than 2097152 bytes") != std::string::npos,
                 error->what());
        QVERIFY(requests <= 8);
    }

    void range_ignoredByTheServer_theFileBeginsAnew() {
        HttpReply dropped = weightsReply(), whole = weightsReply();
        dropped.dropsAfter = 300000;
        whole.hasRanges = false;
        const auto requests = comesAfter({dropped, whole});
        QCOMPARE(requests.size(), std::size_t{2});
        QVERIFY(rangeStart(requests[1]) > 0);
    }

    void server_withoutRangesThatAlwaysBreaksOff_isGivenUp() {
        HttpReply dropped = weightsReply();
        dropped.hasRanges = false;
        dropped.dropsAfter = kWeightBytes - 1;
        std::size_t requests = 0;
        const auto error = failsWith(dropped, &requests);
        QVERIFY(error && error->code() == ErrorCode::NetworkFailed);
        QVERIFY(requests <= 8);
    }

    void range_thatWasNotAskedFor_isNotTaken() {
        HttpReply dropped = weightsReply(), wrong = weightsReply();
        dropped.dropsAfter = 300000;
        for (const char* range : {"bytes 0-2097151/2097152", "bytes 300001-2097151/2097152",
                                  "bytes */2097152", "bytes 5-3/2097152", "bytes 300000-2097151/9999999",
                                  "pages 1-2/3", "bytes 300000-99999999999999999999/2097152"}) {
            wrong.contentRange = range;
            const auto requests = comesAfter({dropped, wrong});
            QCOMPARE(requests.size(), std::size_t{3});
            QCOMPARE(rangeStart(requests[2]), std::int64_t{-1});
        }
    }

    void part_thatNobodyAskedFor_isNotTaken() {
        HttpReply part = weightsReply();
        part.status = 206;
        part.body = part.body.substr(1000);
        QCOMPARE(comesAfter({part}).size(), std::size_t{2});
    }

    void range_notSatisfiable_theFileBeginsAnew() {
        HttpReply dropped = weightsReply();
        dropped.dropsAfter = 300000;
        const auto requests = comesAfter({dropped, statusReply(416)});
        QCOMPARE(rangeStart(requests.back()), std::int64_t{-1});
    }

    void etag_changedOnTheWay_theFileBeginsAnew() {
        HttpReply dropped = weightsReply(), other = weightsReply();
        dropped.dropsAfter = 300000;
        dropped.etag = "\"old\"";
        QCOMPARE(comesAfter({dropped}).size(), std::size_t{2});  // If-Range: all of it, with 200
        // A server that does not mind If-Range, and gives the rest of another file.
        other.status = 206;
        other.body = other.body.substr(300000);
        other.etag = "\"new\"";
        other.contentRange = "bytes 300000-2097151/2097152";
        const auto requests = comesAfter({dropped, other});
        QCOMPARE(requests.size(), std::size_t{3});
        QCOMPARE(requests[1].header("if-range"), std::string("\"old\""));
        QCOMPARE(rangeStart(requests[2]), std::int64_t{-1});
    }

    void content_wrongOnce_isFetchedAgain() {
        HttpReply damaged = weightsReply();
        damaged.body[1000] = static_cast<char>(~damaged.body[1000]);
        const auto requests = comesAfter({damaged});
        QCOMPARE(requests.size(), std::size_t{2});
        QCOMPARE(rangeStart(requests[1]), std::int64_t{-1});
    }

    void content_wrongTwice_isAnErrorThatNamesBothSums() {
        HttpReply damaged = weightsReply();
        damaged.body[1000] = static_cast<char>(~damaged.body[1000]);
        std::size_t requests = 0;
        const auto error = failsWith(damaged, &requests);
        QVERIFY(error && error->code() == ErrorCode::NetworkFailed);
        QCOMPARE(requests, std::size_t{2});
        const std::string text = error->what();
        QVERIFY2(text.find("model.safetensors") != std::string::npos, text.c_str());
        QVERIFY2(text.find(sha256(damaged.body) + " instead of " + sha256(weightsReply().body)) !=
                     std::string::npos,
                 text.c_str());
    }

    void content_ofASmallFileWrong_isFoundByGitsBlob() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        HttpReply damaged = hub.reply("config.json");
        damaged.body[3] = '!';
        hub.script("config.json", {damaged});
        STUDIO_COMPARE_ERROR_TEXT(download(hub, freshTarget()), ErrorCode::NetworkFailed, "git blob");
    }

    void beginning_damagedOnTheDisk_isFoundAndFetchedAgain() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        HttpReply dropped = hub.reply(kWeights);
        dropped.dropsAfter = 500000;
        hub.script(kWeights, {dropped, statusReply(404)});
        const fs::path target = freshTarget();
        QVERIFY(errorOf([&] { download(hub, target); }).has_value());
        fs::path partial;
        for (const auto& entry : fs::directory_iterator(target.string() + ".part/.download")) {
            if (entry.file_size() == 500000) partial = entry.path();
        }
        QVERIFY(!partial.empty());
        std::fstream(partial, std::ios::in | std::ios::out | std::ios::binary).write("damaged", 7);
        hub.script(kWeights, {hub.reply(kWeights)});
        hub.server().forgetRequests();
        download(hub, target);
        QCOMPARE(bytesIn(target / kWeights), hub.bytesOf(kWeights));
        const auto requests = hub.server().requests(hub.pathOf(kWeights));
        QCOMPARE(requests.size(), std::size_t{2});
        QCOMPARE(rangeStart(requests[0]), std::int64_t{500000});
        QCOMPARE(rangeStart(requests[1]), std::int64_t{-1});
    }

    void status_thatPasses_isTriedAgain_data() {
        QTest::addColumn<int>("status");
        for (const int status : {408, 429, 500, 502, 503, 504}) QTest::addRow("%d", status) << status;
    }

    void status_thatPasses_isTriedAgain() {
        QFETCH(int, status);
        QCOMPARE(comesAfter({statusReply(status), statusReply(status)}).size(), std::size_t{3});
        std::size_t requests = 0;
        const auto error = failsWith(statusReply(status), &requests);
        QVERIFY(error && error->code() == ErrorCode::NetworkFailed);
        QVERIFY2(std::string(error->what()).find("HTTP " + std::to_string(status)) != std::string::npos,
                 error->what());
        QCOMPARE(requests, std::size_t{4});
    }

    void retryAfter_isWaitedFor() {
        HttpReply busy = statusReply(429);
        busy.headers = {{"Retry-After", "1"}};
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(comesAfter({busy}).size(), std::size_t{2});
        QVERIFY(timer.elapsed() >= 990);
        QVERIFY(timer.elapsed() < 20000);
    }

    void retryAfter_tooLong_isSaidInsteadOfWaitedFor() {
        HttpReply busy = statusReply(429);
        busy.headers = {{"Retry-After", "86400"}};
        std::size_t requests = 0;
        QElapsedTimer timer;
        timer.start();
        const auto error = failsWith(busy, &requests);
        QVERIFY(error && error->code() == ErrorCode::NetworkFailed);
        QVERIFY2(std::string(error->what()).find("asks to wait 86400 seconds") != std::string::npos,
                 error->what());
        QCOMPARE(requests, std::size_t{1});
        QVERIFY(timer.elapsed() < 20000);
    }

    void status_thatStays_isAnErrorAtOnce() {
        std::size_t requests = 0;
        auto error = failsWith(statusReply(404), &requests);
        QVERIFY(error && error->code() == ErrorCode::FileNotFound);
        QCOMPARE(requests, std::size_t{1});
        error = failsWith(statusReply(403), &requests);
        QVERIFY(error && error->code() == ErrorCode::AccessDenied);
        QCOMPARE(requests, std::size_t{1});
        error = failsWith(statusReply(418), &requests);
        QVERIFY(error && error->code() == ErrorCode::NetworkFailed);
        QCOMPARE(requests, std::size_t{1});
    }

    void server_thatStalls_isLeftAndAskedForTheRest() {
        HttpReply stalled = weightsReply();
        stalled.stallsAfter = 400000;
        QElapsedTimer timer;
        timer.start();
        const auto requests = comesAfter({stalled});
        QCOMPARE(requests.size(), std::size_t{2});
        QVERIFY(rangeStart(requests[1]) > 0);
        QVERIFY(timer.elapsed() < 20000);
        HttpReply silent = weightsReply();
        silent.delay = std::chrono::seconds(4);
        QCOMPARE(comesAfter({silent}).size(), std::size_t{2});
    }

    void answers_thatAreNoHttp_areErrorsNotCrashes_data() {
        QTest::addColumn<QByteArray>("raw");
        QTest::newRow("nonsense") << QByteArray("complete nonsense\r\n\r\n");
        QTest::newRow("binary") << QByteArray::fromStdString(noise(5000, 7));
        QTest::newRow("http 0.9") << QByteArray("hello");
        QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le");
        QTest::newRow("negative length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabcde");
        QTest::newRow("broken chunks")
            << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n");
        QTest::newRow("huge chunk") << QByteArray(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n");
        QTest::newRow("huge header") << QByteArray("HTTP/1.1 200 OK\r\nX: ") + QByteArray(3 << 20, 'x');
        QTest::newRow("many headers")
            << QByteArray("HTTP/1.1 200 OK\r\n") + QByteArray("A: b\r\n").repeated(200000);
        QTest::newRow("compressed") << QByteArray(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc");
        QTest::newRow("redirect to nowhere") << QByteArray("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("redirect with an endless body")
            << QByteArray("HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n") + QByteArray(8 << 20, 'x');
    }

    void answers_thatAreNoHttp_areErrorsNotCrashes() {
        QFETCH(QByteArray, raw);
        HttpReply reply;
        reply.raw = raw.toStdString();
        const auto error = failsWith(reply);
        QVERIFY(error.has_value());
        QVERIFY2(error->code() == ErrorCode::NetworkFailed, error->what());
    }

    void disk_thatFillsUpMeanwhile_isSaidAndTheBeginningIsKept() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        const DownloadPlan plan = planOf(hub);
        const fs::path disk = m_folder / "disk";
        fs::create_directories(disk);
        // The server has threads of its own, so that the small disk must be another process's: forked from
        // here, it still reaches the server through the loopback interface.
        STUDIO_ON_SMALL_DISK(disk, 1 << 20, [&]() -> std::string {
            DownloadSettings settings = settingsFor(disk / "model");
            settings.freeBytes = [](const fs::path&) { return std::uint64_t{1} << 40; };
            const auto error = errorOf([&] { downloadModel(plan, settings, {}, {}); });
            if (!error) return "nothing was said";
            if (error->code() != ErrorCode::DiskFull) return error->what();
            if (!fs::exists(disk / "model.part/.download")) return "nothing was kept";
            return "";
        });
    }

    void line_thatIsDeadAfterTheList_isNamedWithItsHost() {
        DownloadPlan plan;
        std::string address;
        {
            FakeHub hub;
            hub.addUsualFiles(1000);
            plan = planOf(hub);
            address = hub.address();
        }
        STUDIO_COMPARE_ERROR_TEXT(downloadModel(plan, settingsFor(freshTarget()), {}, {}),
                                  ErrorCode::NetworkFailed, address + " cannot be reached");
    }

    void cancel_duringAPauseOrASilence_isQuick() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        HttpReply silent = hub.reply(kWeights);
        silent.stallsAfter = 1000;
        hub.script(kWeights, {silent});
        DownloadSettings settings = settingsFor(freshTarget());
        settings.patience = HubPatience();
        std::stop_source stop;
        QElapsedTimer timer;
        const auto onProgress = [&](const DownloadProgress& progress) {
            if (progress.filesDone + 1 < progress.filesTotal || stop.stop_requested()) return;
            timer.start();
            stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(downloadModel(planOf(hub), settings, onProgress, stop.get_token()),
                                 Cancelled);
        QVERIFY(timer.isValid() && timer.elapsed() < 10000);
    }
};

STUDIO_TEST(DownloadFaultsTest)

}  // namespace

#include "download_faults_test.moc"
