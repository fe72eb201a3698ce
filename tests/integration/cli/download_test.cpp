// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>

#include <QDir>
#include <QFileInfo>

#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/fake_hub.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

constexpr std::size_t kWeightBytes = 4 << 20;
const QString kModel = QString::fromStdString(FakeHub::kModel);

/// finetune model download against a hub of this machine.
class CliDownloadTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    static QStringList command(const FakeHub& hub, const QStringList& more) {
        return QStringList{"model", "download", kModel, "--hub", QString::fromStdString(hub.address())} +
               more;
    }

    static QByteArray bytesOf(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase() {
        // No token and no folder of whoever runs the tests.
        for (const char* name :
             {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_ENDPOINT", "HF_HOME", "XDG_CACHE_HOME"})
            qunsetenv(name);
        qputenv("HOME", text(m_folder.path()).toUtf8());
        qputenv("XDG_DATA_HOME", text(m_folder / "data").toUtf8());
    }

    void cleanup() {
        qunsetenv("HF_TOKEN");
        qunsetenv("HF_ENDPOINT");
    }

    void list_saysSizesAndWhatIsLeftOut() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        STUDIO_RUN(json, 0, command(hub, {"--list", "--json"}));
        QCOMPARE(json.object()["commit"].toString(), QString::fromStdString(hub.commit()));
        QCOMPARE(json.object()["files"].toArray().size(), 4);
        QCOMPARE(valueAt(json.object(), "files/2/path").toString(), "model.safetensors");
        QCOMPARE(valueAt(json.object(), "files/2/size").toInteger(), qint64{kWeightBytes});
        QCOMPARE(json.object()["left_out"].toArray().size(), 3);
        STUDIO_RUN(people, 0, command(hub, {"--list"}));
        QVERIFY2(
            people.out.contains("4.2 MB") && people.out.contains("left out: weights for another program"),
            people.report().constData());
        QVERIFY(!QFileInfo::exists(text(m_folder / "data")));
    }

    void download_thenAgain_fetchesOnce() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        const QString target = text(m_folder / "fetched");
        STUDIO_RUN(first, 0, command(hub, {"--to", target, "--json"}));
        const QJsonObject result = first.object();
        QCOMPARE(result["folder"].toString(), target);
        QCOMPARE(result["files"].toArray().size(), 4);
        for (const QJsonValue& file : result["files"].toArray()) {
            QVERIFY(file["fetched"].toBool() && file["verified"].toBool());
            QCOMPARE(file["sha256"].toString().size(), 64);
            const std::string path = file["path"].toString().toStdString();
            QCOMPARE(bytesOf(target + "/" + file["path"].toString()).toStdString(), hub.bytesOf(path));
        }
        QVERIFY(result["bytes"].toInteger() > qint64{kWeightBytes});
        QVERIFY(result["seconds"].toDouble() > 0.0);
        STUDIO_RUN(again, 0, command(hub, {"--to", target}));
        QVERIFY2(again.out.contains("4 files, all there already and right"), again.report().constData());
    }

    void download_withoutAFolder_goesToTheUsersModels() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        qputenv("HF_ENDPOINT", QByteArray::fromStdString(hub.address()));
        STUDIO_RUN(run, 0, {"model", "download", kModel, "--json"});
        qunsetenv("HF_ENDPOINT");
        const QString folder = text(m_folder / "data") + "/finetune-studio/models/acme--tiny-model";
        QCOMPARE(run.object()["folder"].toString(), folder);
        QVERIFY(QFileInfo::exists(folder + "/config.json"));
    }

    void download_interrupted_exits130AndGoesOn() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        HttpReply slow = hub.reply("model.safetensors");
        slow.bytesPerSecond = 1 << 20;
        hub.script("model.safetensors", {slow});
        const QString target = text(m_folder / "interrupted");
        QProcess process;
        startFinetune(process, command(hub, {"--to", target}));
        const auto sent = [&hub] {
            const auto seen = hub.server().requests(hub.pathOf("model.safetensors"));
            return seen.empty() ? 0 : seen.front().bodyBytesSent;
        };
        QTRY_VERIFY_WITH_TIMEOUT(sent() > (1 << 20), 60000);
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        const FinetuneRun run = finished(process);
        QVERIFY2(run.exitCode == 130 && !run.crashed, run.report().constData());
        QVERIFY2(run.error.contains(target.toUtf8() + ".part; the same command goes on"),
                 run.report().constData());
        QVERIFY(!QFileInfo::exists(target));
        hub.script("model.safetensors", {hub.reply("model.safetensors")});
        STUDIO_RUN(resumed, 0, command(hub, {"--to", target, "--json"}));
        QVERIFY2(resumed.object()["bytes"].toInteger() < qint64{kWeightBytes} - (1 << 19),
                 resumed.report().constData());
        QCOMPARE(bytesOf(target + "/model.safetensors").toStdString(), hub.bytesOf("model.safetensors"));
    }

    void download_killed_goesOn() {
        FakeHub hub;
        hub.addUsualFiles(kWeightBytes);
        HttpReply slow = hub.reply("model.safetensors");
        slow.bytesPerSecond = 1 << 20;
        hub.script("model.safetensors", {slow});
        const QString target = text(m_folder / "killed");
        QProcess process;
        startFinetune(process, command(hub, {"--to", target}));
        const auto sent = [&hub] {
            const auto seen = hub.server().requests(hub.pathOf("model.safetensors"));
            return seen.empty() ? 0 : seen.front().bodyBytesSent;
        };
        QTRY_VERIFY_WITH_TIMEOUT(sent() > (1 << 20), 60000);
        process.kill();
        QVERIFY(finished(process).crashed);
        hub.script("model.safetensors", {hub.reply("model.safetensors")});
        STUDIO_RUN(resumed, 0, command(hub, {"--to", target, "--json"}));
        QVERIFY2(resumed.object()["bytes"].toInteger() < qint64{kWeightBytes} - (1 << 19),
                 resumed.report().constData());
        QCOMPARE(bytesOf(target + "/model.safetensors").toStdString(), hub.bytesOf("model.safetensors"));
    }

    void download_refused_isOneErrorLineWithoutTheToken() {
        FakeHub hub;
        HttpReply refused;
        refused.status = 401;
        hub.server().serve(hub.infoPath(), {refused});
        qputenv("HF_TOKEN", "hf_SECRET");
        STUDIO_RUN(run, 1, command(hub, {"--to", text(m_folder / "refused"), "--json"}));
        QVERIFY2(run.hasOneErrorLine() && run.out.isEmpty(), run.report().constData());
        QVERIFY2(run.error.contains("the token from HF_TOKEN was sent"), run.report().constData());
        QVERIFY(!run.error.contains("SECRET"));
        QCOMPARE(hub.server().requests().back().header("authorization"), std::string("Bearer hf_SECRET"));
    }

    void download_addressOfAPage_saysHubAndRevision() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        const QString page = QString::fromStdString(hub.address()) + u'/' + kModel;
        STUDIO_RUN(plain, 0, {"model", "download", page, "--list", "--json"});
        QCOMPARE(plain.object()["hub"].toString(), QString::fromStdString(hub.address()));
        QCOMPARE(plain.object()["model"].toString(), kModel);
        QCOMPARE(plain.object()["revision"].toString(), "main");
        const QString file = page + "/blob/main/config.json";
        STUDIO_RUN(fetched, 0, {"model", "download", file, "--to", text(m_folder / "pasted"), "--json"});
        QVERIFY(QFileInfo::exists(text(m_folder / "pasted/config.json")));
        const std::size_t asked = hub.server().requests().size();
        STUDIO_RUN(two, 2, {"model", "download", page + "/tree/v2", "--revision", "v3", "--list"});
        QVERIFY2(two.error.contains("The address says v2 and --revision says v3"), two.report().constData());
        STUDIO_RUN(hubs, 2, {"model", "download", page, "--hub", "https://elsewhere.example", "--list"});
        QVERIFY2(hubs.error.contains("--hub says https://elsewhere.example"), hubs.report().constData());
        STUDIO_RUN(data, 1, {"model", "download", "https://huggingface.co/datasets/acme/tiny"});
        QVERIFY2(data.hasOneErrorLine(), data.report().constData());
        QCOMPARE(hub.server().requests().size(), asked);
    }

    void download_addressOfAPage_getsTheTokenOnlyOnTheUsersHub() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        const QString address = QString::fromStdString(hub.address()), page = address + u'/' + kModel;
        const auto tokens = [&hub] {
            std::size_t with = 0;
            for (const HttpSeen& seen : hub.server().requests()) with += seen.headers.count("authorization");
            const bool all = with > 0 && with == hub.server().requests().size();
            hub.server().forgetRequests();
            return std::string(with == 0 ? "none" : all ? "all" : "some");
        };
        qputenv("HF_TOKEN", "hf_SECRET");
        STUDIO_RUN(pasted, 0, {"model", "download", page, "--to", text(m_folder / "strange"), "--json"});
        QCOMPARE(tokens(), std::string("none"));
        const QString note = "The token is not sent to " + address +
                             ", which only the pasted address names; give --hub " + address + " to send it.";
        QVERIFY2(pasted.error.contains(note.toUtf8()), pasted.report().constData());
        STUDIO_RUN(given, 0, {"model", "download", page, "--hub", address, "--list", "--json"});
        QCOMPARE(tokens(), std::string("all"));
        QVERIFY2(!given.error.contains("is not sent"), given.report().constData());
        qputenv("HF_ENDPOINT", address.toUtf8() + "/");
        STUDIO_RUN(usual, 0, {"model", "download", page, "--list", "--json"});
        QCOMPARE(tokens(), std::string("all"));
        qputenv("HF_ENDPOINT", "no address");
        STUDIO_RUN(broken, 0, {"model", "download", page, "--list", "--json"});
        QCOMPARE(tokens(), std::string("none"));
    }

    void download_targetInTheWay_isSaidBeforeTheHubIsAsked() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        const QString file = writtenFile(m_folder.path(), "a-file", "x");
        STUDIO_RUN(aFile, 1, command(hub, {"--to", file}));
        QVERIFY2(aFile.hasOneErrorLine() && aFile.error.contains("a-file is a file, not a folder."),
                 aFile.report().constData());
        QVERIFY(QDir().mkpath(text(m_folder / "foreign")));
        writtenFile(m_folder / "foreign", "mine.txt", "x");
        STUDIO_RUN(foreign, 1, command(hub, {"--to", text(m_folder / "foreign")}));
        QVERIFY2(foreign.hasOneErrorLine() && foreign.error.contains("is not a download of this program"),
                 foreign.report().constData());
        QVERIFY(hub.server().requests().empty());
        STUDIO_RUN(listed, 0, command(hub, {"--to", file, "--list", "--json"}));  // writes nothing there
    }

    void download_requestsThatMakeNoSense_areRefused() {
        const FakeHub hub;
        STUDIO_RUN(both, 2, command(hub, {"--all", "--file", "*.json"}));
        STUDIO_RUN(none, 2, {"model", "download"});
        STUDIO_RUN(noFile, 2, command(hub, {"--list", "--file", "*.json", "--file", ""}));
        QVERIFY2(noFile.hasOneErrorLine() && noFile.error.contains("--file: \"\" is no value for it"),
                 noFile.report().constData());
        STUDIO_RUN(many, 2, command(hub, {"--parallel", "999"}));
        STUDIO_RUN(name, 1, {"model", "download", "not a name"});
        QVERIFY2(name.error.contains("ORGANISATION/NAME"), name.report().constData());
        STUDIO_RUN(address, 1, {"model", "download", kModel, "--hub", "ftp://x"});
        QVERIFY2(address.hasOneErrorLine(), address.report().constData());
    }

    void otherVerbs_neverLoadTheNetwork() {
        QProcess process;
        process.start("env", {"LD_DEBUG=files", QStringLiteral(STUDIO_BIN_DIR "/finetune"), "--help"});
        const FinetuneRun run = finished(process);
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.error.contains("libstdc++"), "the loader says nothing");
        QVERIFY(!run.error.contains("libcurl") && !run.error.contains("libstudio_http"));
    }
};

STUDIO_TEST(CliDownloadTest)

}  // namespace

#include "download_test.moc"
