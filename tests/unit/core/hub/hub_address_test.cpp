// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_address.h"

#include "core/hub/hub_token.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/unit/core/hub/hub_testing.h"

namespace {

using namespace studio;
using namespace studio::test;
namespace fs = std::filesystem;

/// Addresses, places and tokens.
class HubAddressTest : public QObject {
    Q_OBJECT

    /// A machine without a token; PATH leads to no secret-tool.
    static Environment bare(const TemporaryFolder& home) {
        return {{"HOME", home.path().string()}, {"PATH", "/nowhere"}};
    }

    static void write(const fs::path& path, const std::string& text) {
        fs::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
    }

    /// PATH for the time of a test: programs are looked for in that of this process.
    class Path {
    public:
        explicit Path(const fs::path& folder) : m_before(qgetenv("PATH")) {
            qputenv("PATH", QByteArray::fromStdString(folder.string()) + ":" + m_before);
        }
        ~Path() { qputenv("PATH", m_before); }
        Path(const Path&) = delete;
        Path& operator=(const Path&) = delete;

    private:
        QByteArray m_before;
    };

private Q_SLOTS:
    void hubAddress_isWhatIsGivenThenTheEnvironmentsThenTheUsual() {
        QCOMPARE(hubAddress("", {}), std::string(kUsualHub));
        QCOMPARE(hubAddress("", {{"HF_ENDPOINT", "https://mirror.example/"}}),
                 std::string("https://mirror.example"));
        QCOMPARE(hubAddress("http://localhost:1/hf//", {{"HF_ENDPOINT", "https://mirror.example"}}),
                 std::string("http://localhost:1/hf"));
    }

    void hubAddress_thatIsNone_isRefusedWithoutItsPassword() {
        for (const char* address :
             {"huggingface.co", "ftp://a.example", "https://", "https://a.example/?q=1",
              "https://a.example/#x", "https://a.example/a b", "https://a.example/\x01"})
            STUDIO_COMPARE_ERROR(hubAddress(address, {}), ErrorCode::SettingInvalid);
        const auto error = errorOf([] { hubAddress("https://me:SECRET@a.example", {}); });
        QVERIFY(error && error->code() == ErrorCode::SettingInvalid);
        QVERIFY2(std::string(error->what()).find("SECRET") == std::string::npos, error->what());
    }

    void usualModelFolder_isInTheUsersData() {
        QCOMPARE(usualModelFolder("acme/tiny", {{"HOME", "/home/x"}}),
                 fs::path("/home/x/.local/share/finetune-studio/models/acme--tiny"));
        QCOMPARE(usualModelFolder("gpt2", {{"HOME", "/home/x"}, {"XDG_DATA_HOME", "/data"}}),
                 fs::path("/data/finetune-studio/models/gpt2"));
        STUDIO_COMPARE_ERROR(usualModelFolder("gpt2", {{"XDG_DATA_HOME", "relative"}}),
                             ErrorCode::SettingInvalid);
    }

    void urls_areThoseOfTheProtocol() {
        const std::string hub = "https://h.example";
        QCOMPARE(modelInfoUrl(hub, "a/b", "refs/pr/1"), hub + "/api/models/a/b/revision/refs%2Fpr%2F1");
        QCOMPARE(modelFileUrl(hub, "a/b", "cafe", "d/e f#.json"), hub + "/a/b/resolve/cafe/d/e%20f%23.json");
    }

    void token_environmentGoesBeforeFileBeforeKeyring() {
        const TemporaryFolder home;
        Environment environment = bare(home);
        const TemporaryFolder programs;
        write(programs / "secret-tool",
              "#!/bin/sh\n[ \"$*\" = \"lookup service finetune-studio\" ] && printf hf_keyring\n");
        fs::permissions(programs / "secret-tool", fs::perms::owner_all);
        const Path path(programs.path());
        HubToken token = findHubToken(environment, {});
        QCOMPARE(token.value, std::string("hf_keyring"));
        QVERIFY(token.source.find("keyring") != std::string::npos);
        write(home / ".cache/huggingface/token", "hf_file\n");
        token = findHubToken(environment, {});
        QCOMPARE(token.value, std::string("hf_file"));
        QCOMPARE(token.source, (home / ".cache/huggingface/token").string());
        write(home / "hf/token", " hf_home \n");
        environment["HF_HOME"] = (home / "hf").string();
        QCOMPARE(findHubToken(environment, {}).value, std::string("hf_home"));
        environment["HUGGING_FACE_HUB_TOKEN"] = "hf_older";
        QCOMPARE(findHubToken(environment, {}).value, std::string("hf_older"));
        environment["HF_TOKEN"] = "hf_newer";
        token = findHubToken(environment, {});
        QCOMPARE(token.value, std::string("hf_newer"));
        QCOMPARE(token.source, std::string("HF_TOKEN"));
        environment["HF_TOKEN"] = "";  // as a forgotten variable of a script gives it
        QCOMPARE(findHubToken(environment, {}).value, std::string("hf_older"));
    }

    void token_nowhere_isNone() {
        const TemporaryFolder home;
        const TemporaryFolder programs;
        write(programs / "secret-tool", "#!/bin/sh\nexit 1\n");
        fs::permissions(programs / "secret-tool", fs::perms::owner_all);
        const Path path(programs.path());
        QVERIFY(findHubToken(bare(home), {}).value.empty());
        fs::create_directories(home / ".cache/huggingface/token");  // a folder of that name
        QVERIFY(findHubToken(bare(home), {}).value.empty());
    }

    void token_thatCouldForgeAHeader_isRefusedUnseen() {
        const TemporaryFolder home;
        Environment environment = bare(home);
        for (const char* value : {"hf_a\r\nHost: e.example", "two words", "hf_\xc3\xa4", "hf_\x01"}) {
            environment["HF_TOKEN"] = value;
            const auto error = errorOf([&] { findHubToken(environment, {}); });
            QVERIFY(error && error->code() == ErrorCode::SettingInvalid);
            QVERIFY2(std::string(error->what()).find("HF_TOKEN") != std::string::npos, error->what());
            QVERIFY2(std::string(error->what()).find("words") == std::string::npos, error->what());
        }
    }

    void mayHaveToken_onlyOverHttpsOrToThisMachine() {
        QVERIFY(mayHaveToken("https://huggingface.co"));
        QVERIFY(mayHaveToken("http://localhost:8080"));
        QVERIFY(!mayHaveToken("http://huggingface.co"));
        QVERIFY(!mayHaveToken("http://10.1.2.3"));
        QVERIFY(!mayHaveToken("nonsense"));
    }
};

STUDIO_TEST(HubAddressTest)

}  // namespace

#include "hub_address_test.moc"
