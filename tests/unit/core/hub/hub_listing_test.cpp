// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_listing.h"

#include <algorithm>

#include "core/hub/hub_address.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/unit/core/hub/hub_testing.h"

namespace {

using namespace studio;
using namespace studio::test;

const std::string kSum(64, 'a');
const std::string kBlob(40, 'b');

/// With double quotes for single ones.
std::string quoted(std::string text) {
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

std::string tree(const std::string& entries) {
    return quoted("[" + entries + "]");
}

HttpReply statusReply(int status, const std::string& code = "") {
    HttpReply reply;
    reply.status = status;
    reply.body = "no";
    if (!code.empty()) reply.headers = {{"X-Error-Code", code}};
    return reply;
}

class HubListingTest : public QObject {
    Q_OBJECT

    static HubListing list(const FakeHub& hub) { return listHubModel(queryOf(hub), {}); }

private Q_SLOTS:
    void filesOfTree_largeAndSmallFiles_haveTheirSums() {
        const auto files = filesOfTree(
            tree("{'type':'directory','path':'onnx','size':0,'oid':'" + kBlob +
                 "'},"
                 "{'type':'file','path':'a.json','size':12,'oid':'" +
                 kBlob +
                 "'},"
                 "{'type':'file','path':'w.safetensors','size':7,'oid':'" +
                 kBlob + "','lfs':{'oid':'" + kSum + "','size':5000000000,'pointerSize':134},'xetHash':'x'}"),
            "hub");
        QCOMPARE(files.size(), std::size_t{2});
        QCOMPARE(files[0], (HubFile{"a.json", 12, "", kBlob}));
        QCOMPARE(files[1], (HubFile{"w.safetensors", 5000000000, kSum, ""}));
    }

    void filesOfTree_whatTheApiNeverSays_isBadFormat() {
        for (const std::string& body :
             {std::string("{}"), std::string("[1]"), std::string("not json"),
              std::string("[") + std::string(100000, '['), tree("{'type':'file','size':1}"),
              tree("{'type':'file','path':5,'size':1}"), tree("{'type':'file','path':'a'}"),
              tree("{'type':'file','path':'a','size':-1}"), tree("{'type':'file','path':'a','size':1.5}"),
              tree("{'type':'file','path':'a','size':'12'}"),
              tree("{'type':'file','path':'a','size':99999999999999999}"),
              tree("{'type':'file','path':'a','size':1,'lfs':{'oid':'short','size':1}}"),
              tree("{'type':'file','path':'a','size':1,'lfs':{'oid':'" + kSum + "'}}")})
            STUDIO_COMPARE_ERROR(filesOfTree(body, "hub"), ErrorCode::BadFormat);
    }

    void commitOfModelInfo_onlyFortyHexadecimalDigits() {
        QCOMPARE(commitOfModelInfo(quoted("{'sha':'" + kBlob + "'}"), "hub"), kBlob);
        for (const char* body : {"{}", "[]", "{'sha':'main'}", "{'sha':'../../etc'}", "{'sha':null}"})
            STUDIO_COMPARE_ERROR(commitOfModelInfo(quoted(body), "hub"), ErrorCode::BadFormat);
    }

    void nextPage_isOneOfTheHubWhateverHostIsNamed() {
        const std::string hub = "https://mirror.example/hf";
        const auto next = [&hub](const std::string& header) { return nextPage(quoted(header), hub); };
        QCOMPARE(next("<https://huggingface.co/api/models/a/b/tree/c?cursor=x>; rel='next'"),
                 hub + "/api/models/a/b/tree/c?cursor=x");
        QCOMPARE(
            next(
                "<https://e.example/api/models/p>; rel='prev', <https://e.example/api/models/n>; rel='next'"),
            hub + "/api/models/n");
        for (const char* header : {"", "<", "<>", "<x>; rel='next'", "<https://e.example/evil>; rel='next'",
                                   "rel='next'", "<https://e.example/api/models/a b>; rel='next'",
                                   "<https://e.example/api/models/p>; rel='prev'"})
            QCOMPARE(next(header), std::string());
    }

    void list_overSeveralPages_isWhole() {
        FakeHub hub;
        for (int i = 0; i < 23; ++i) hub.add("file" + std::to_string(i) + ".json", "{}");
        hub.setPageSize(5);
        const HubListing listing = list(hub);
        QCOMPARE(listing.files.size(), std::size_t{23});
        QCOMPARE(listing.commit, hub.commit());
        QVERIFY(hub.server().requests(hub.treePath()).size() == 5);
    }

    void list_pagesWithoutEnd_areCutOff() {
        FakeHub hub;
        hub.add("config.json", "{}");
        HttpReply circle = jsonReply("[]");
        circle.headers.emplace_back("Link",
                                    "<" + hub.address() + hub.treePath() + "?recursive=true>; rel=\"next\"");
        hub.server().serve(hub.treePath() + "?recursive=true", {circle});
        STUDIO_COMPARE_ERROR_TEXT(list(hub), ErrorCode::BadFormat, "has no end");
    }

    void list_fileTwiceOrAlsoAFolder_isBadFormat() {
        for (const char* second : {"a.json", "a.json/b"}) {
            FakeHub hub;
            const std::string entry = "{'type':'file','size':1,'oid':'" + kBlob + "','path':'";
            hub.server().serve(hub.treePath(),
                               {jsonReply(tree(entry + "a.json\"}," + entry + second + "\"}"))});
            hub.server().serve(hub.treePath() + "?recursive=true",
                               {jsonReply(tree(entry + "a.json\"}," + entry + second + "\"}"))});
            STUDIO_COMPARE_ERROR(list(hub), ErrorCode::BadFormat);
        }
    }

    void list_answerWithoutEnd_isRefused() {
        FakeHub hub;
        HttpReply huge = jsonReply("[" + std::string(20 << 20, ' '));
        hub.server().serve(hub.treePath() + "?recursive=true", {huge});
        STUDIO_COMPARE_ERROR_TEXT(list(hub), ErrorCode::NetworkFailed, "is longer than 8.4 MB");
    }

    void list_hubThatIsBusyFirst_isAskedAgain() {
        FakeHub hub;
        hub.addUsualFiles(100);
        const HttpReply info = jsonReply(quoted("{'sha':'" + hub.commit() + "'}"));
        hub.server().serve(hub.infoPath(), {statusReply(503), statusReply(429), info});
        QCOMPARE(list(hub).files.size(), std::size_t{7});
        hub.server().serve(hub.infoPath(), {statusReply(503)});
        hub.server().forgetRequests();
        STUDIO_COMPARE_ERROR_TEXT(list(hub), ErrorCode::NetworkFailed, "HTTP 503, a fault of its own");
        QCOMPARE(hub.server().requests().size(), std::size_t{4});
    }

    void list_accessRefused_saysWhetherATokenWasSentAndWhatToDo() {
        FakeHub hub;
        HubQuery query = queryOf(hub);
        hub.server().serve(hub.infoPath(), {statusReply(401, "RepoNotFound")});
        STUDIO_COMPARE_ERROR_TEXT(listHubModel(query, {}), ErrorCode::AccessDenied, "no token was sent");
        STUDIO_COMPARE_ERROR_TEXT(listHubModel(query, {}), ErrorCode::AccessDenied, "HF_TOKEN");
        hub.server().serve(hub.infoPath(), {statusReply(403, "GatedRepo")});
        STUDIO_COMPARE_ERROR_TEXT(listHubModel(query, {}), ErrorCode::AccessDenied,
                                  "Accept them at " + hub.address() + "/acme/tiny-model");
        query.token = {"hf_secretSECRETsecret", "HF_TOKEN"};
        for (const char* code : {"GatedRepo", ""}) {
            hub.server().serve(hub.infoPath(), {statusReply(403, code)});
            const auto error = errorOf([&] { listHubModel(query, {}); });
            QVERIFY(error && error->code() == ErrorCode::AccessDenied);
            QVERIFY2(std::string(error->what()).find("the token from HF_TOKEN was sent") != std::string::npos,
                     error->what());
            QVERIFY(std::string(error->what()).find("SECRET") == std::string::npos);
        }
    }

    void list_absentModelOrRevision_areToldApart() {
        FakeHub hub;
        hub.server().serve(hub.infoPath(), {statusReply(404, "RevisionNotFound")});
        STUDIO_COMPARE_ERROR_TEXT(list(hub), ErrorCode::FileNotFound, "has no revision \"main\"");
        hub.server().serve(hub.infoPath(), {statusReply(404, "RepoNotFound")});
        STUDIO_COMPARE_ERROR_TEXT(list(hub), ErrorCode::FileNotFound, "There is no model acme/tiny-model at");
        hub.server().serve(hub.infoPath(), {statusReply(404)});
        STUDIO_COMPARE_ERROR_TEXT(list(hub), ErrorCode::FileNotFound, "with a revision \"main\"");
    }

    void list_noNetwork_isOneClearSentence() {
        HubQuery query;
        query.model = "a/b";
        query.patience = quickly();
        query.hub = "http://127.0.0.1:9";
        STUDIO_COMPARE_ERROR_TEXT(listHubModel(query, {}), ErrorCode::NetworkFailed,
                                  "http://127.0.0.1:9 cannot be reached");
    }

    void list_revisionWithASlash_isEncodedAndResolvedOnce() {
        FakeHub hub;
        hub.addUsualFiles(100);
        hub.server().serve("/api/models/acme/tiny-model/revision/refs%2Fpr%2F1",
                           {jsonReply(quoted("{'sha':'" + hub.commit() + "'}"))});
        HubQuery query = queryOf(hub);
        query.revision = "refs/pr/1";
        QCOMPARE(listHubModel(query, {}).commit, hub.commit());
        QCOMPARE(hub.server().requests().size(), std::size_t{2});
    }

    void list_namesThatAreNone_areRefusedWithoutARequest() {
        FakeHub hub;
        HubQuery query = queryOf(hub);
        for (const char* model : {"", "/", "a/", "/b", "a/b/c", "../b", "a/..", "a b/c", "a/b?x", "a/b#x",
                                  "a\\b", "a--b/c", "-a/b", "a/b.", "a%2f/b"}) {
            query.model = model;
            STUDIO_COMPARE_ERROR(listHubModel(query, {}), ErrorCode::InvalidArgument);
        }
        query.model = "gpt2";
        for (const std::string& revision : {std::string(), std::string("a\nb"), std::string(300, 'a')}) {
            query.revision = revision;
            STUDIO_COMPARE_ERROR(listHubModel(query, {}), ErrorCode::InvalidArgument);
        }
        QVERIFY(hub.server().requests().empty());
    }

    void list_stopped_throwsCancelled() {
        FakeHub hub;
        HttpReply late = jsonReply("{}");
        late.delay = std::chrono::seconds(3);
        hub.server().serve(hub.infoPath(), {late});
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(listHubModel(queryOf(hub), stop.get_token()), Cancelled);
    }
};

STUDIO_TEST(HubListingTest)

}  // namespace

#include "hub_listing_test.moc"
