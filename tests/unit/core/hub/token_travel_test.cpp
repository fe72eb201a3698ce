// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/unit/core/hub/hub_testing.h"

namespace {

using namespace studio;
using namespace studio::test;
namespace fs = std::filesystem;

const std::string kToken = "hf_SECRETtoken1234567890";
const std::string kWeights = "model.safetensors";

/// Where the token goes, and where it does not.
class TokenTravelTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    static HttpReply redirectTo(const std::string& url, int status = 302) {
        HttpReply reply;
        reply.status = status;
        reply.headers = {{"Location", url}};
        reply.body = "moved";
        return reply;
    }

    static DownloadPlan planWithToken(const FakeHub& hub) {
        HubQuery query = queryOf(hub);
        query.token = {kToken, "HF_TOKEN"};
        return planDownload(listHubModel(query, {}), {});
    }

    static DownloadSettings withToken(const fs::path& folder) {
        DownloadSettings settings = settingsFor(folder);
        settings.token = {kToken, "HF_TOKEN"};
        return settings;
    }

private Q_SLOTS:
    void token_goesToTheHubWithEveryRequest() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        downloadModel(planWithToken(hub), withToken(m_folder / "hub"), {}, {});
        QVERIFY(hub.server().requests().size() >= 6);
        for (const HttpSeen& seen : hub.server().requests()) {
            QCOMPARE(seen.header("authorization"), "Bearer " + kToken);
            QCOMPARE(seen.header("accept-encoding"), std::string("identity"));
            QVERIFY(seen.header("user-agent").rfind("finetune-studio/", 0) == 0);
            QVERIFY(seen.target.find("SECRET") == std::string::npos);
        }
    }

    void token_doesNotGoToWhereTheHubRedirects_data() {
        QTest::addColumn<bool>("otherPort");
        QTest::newRow("another port") << true;
        QTest::newRow("another name of the same machine and port") << false;
    }

    void token_doesNotGoToWhereTheHubRedirects() {
        QFETCH(bool, otherPort);
        FakeHub hub;
        hub.addUsualFiles(300000);
        HttpServer store;
        HttpServer& target = otherPort ? store : hub.server();
        HttpReply dropped = hub.reply(kWeights), whole = hub.reply(kWeights);
        dropped.dropsAfter = 100000;
        target.serve("/store/blob", {dropped, whole});
        hub.script(kWeights,
                   {redirectTo(target.address(otherPort ? "127.0.0.1" : "localhost") + "/store/blob?sig=x")});
        const fs::path folder = m_folder / (otherPort ? "port" : "name");
        downloadModel(planWithToken(hub), withToken(folder), {}, {});
        QCOMPARE(bytesIn(folder / kWeights), hub.bytesOf(kWeights));
        const auto seen = target.requests("/store/blob");
        QCOMPARE(seen.size(), std::size_t{2});
        for (const HttpSeen& one : seen) {
            QVERIFY(one.headers.count("authorization") == 0);
            for (const auto& [name, value] : one.headers)
                QVERIFY2(value.find("SECRET") == std::string::npos, name.c_str());
        }
        QVERIFY(rangeStart(seen[1]) > 0);  // the range goes along
        for (const HttpSeen& one : hub.server().requests(hub.pathOf(kWeights)))
            QCOMPARE(one.header("authorization"), "Bearer " + kToken);
    }

    void token_staysAwayOnceTheRequestHasLeftTheHub() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        HttpServer store;
        store.serve("/away", {redirectTo(hub.address() + "/back")});
        hub.server().serve("/back", {hub.reply(kWeights)});
        hub.script(kWeights, {redirectTo(store.address() + "/away", 307)});
        downloadModel(planWithToken(hub), withToken(m_folder / "back"), {}, {});
        QCOMPARE(hub.server().requests("/back").size(), std::size_t{1});
        QVERIFY(hub.server().requests("/back").front().headers.count("authorization") == 0);
    }

    void token_staysWithinTheHub_asARenamedModelNeedsIt() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        hub.server().serve("/renamed", {hub.reply(kWeights)});
        hub.script(kWeights, {redirectTo("/renamed", 307)});  // relative, as the hub does it
        downloadModel(planWithToken(hub), withToken(m_folder / "renamed"), {}, {});
        QCOMPARE(hub.server().requests("/renamed").front().header("authorization"), "Bearer " + kToken);
    }

    void redirects_withoutEndOrToOddPlaces_areRefused_data() {
        QTest::addColumn<QString>("location");
        QTest::newRow("in a circle") << "/circle";
        QTest::newRow("to a file") << "file:///etc/passwd";
        QTest::newRow("to another protocol") << "gopher://127.0.0.1:70/x";
        QTest::newRow("with a name and a password") << "http://user:password@127.0.0.1/x";
    }

    void redirects_withoutEndOrToOddPlaces_areRefused() {
        QFETCH(QString, location);
        FakeHub hub;
        hub.addUsualFiles(1000);
        const HttpReply reply = redirectTo(location.toStdString());
        hub.server().serve("/circle", {reply});
        hub.script(kWeights, {reply});
        hub.server().forgetRequests();
        const auto plan = planOf(hub);
        STUDIO_COMPARE_ERROR_TEXT(downloadModel(plan, settingsFor(m_folder / "odd"), {}, {}),
                                  ErrorCode::NetworkFailed, "was not followed");
        QVERIFY(hub.server().requests("/circle").size() <= 10);
    }

    void storeThatRefuses_isAskedThroughTheHubAgain() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        HttpServer store;
        HttpReply expired;
        expired.status = 403;
        store.serve("/old", {expired});
        store.serve("/new", {hub.reply(kWeights)});
        hub.script(kWeights, {redirectTo(store.address() + "/old"), redirectTo(store.address() + "/new")});
        downloadModel(planOf(hub), settingsFor(m_folder / "expired"), {}, {});
        QCOMPARE(bytesIn(m_folder / "expired" / kWeights), hub.bytesOf(kWeights));
        hub.script(kWeights, {redirectTo(store.address() + "/old")});
        STUDIO_COMPARE_ERROR_TEXT(downloadModel(planOf(hub), settingsFor(m_folder / "gone"), {}, {}),
                                  ErrorCode::NetworkFailed, "to which it redirects, answers HTTP 403");
    }

    void token_standsInNoFileAndNoMessage() {
        FakeHub hub;
        hub.addUsualFiles(1000);
        HttpReply refused;
        refused.status = 401;
        hub.script(kWeights, {refused});
        const auto error =
            errorOf([&] { downloadModel(planWithToken(hub), withToken(m_folder / "said"), {}, {}); });
        QVERIFY(error && error->code() == ErrorCode::AccessDenied);
        QVERIFY(std::string(error->what()).find("SECRET") == std::string::npos);
        for (const std::string& arg : error->args()) QVERIFY(arg.find("SECRET") == std::string::npos);
        int files = 0;
        for (const auto& entry : fs::recursive_directory_iterator(m_folder.path())) {
            if (!entry.is_regular_file()) continue;
            ++files;
            QVERIFY2(bytesIn(entry.path()).find("SECRET") == std::string::npos, entry.path().c_str());
        }
        QVERIFY(files > 5);
    }
};

STUDIO_TEST(TokenTravelTest)

}  // namespace

#include "token_travel_test.moc"
