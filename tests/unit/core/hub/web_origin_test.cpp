// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/web_origin.h"

#include "core/hub/redirects.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio;

class WebOriginTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void originOf_plainAddresses_isSchemeHostAndPort() {
        QCOMPARE(originOf("https://Hub.Example/a/b?c#d")->text(), std::string("https://hub.example"));
        QCOMPARE(originOf("http://hub.example:8080")->text(), std::string("http://hub.example:8080"));
        QCOMPARE(originOf("HTTPS://hub.example:443/")->text(), std::string("https://hub.example"));
        QCOMPARE(originOf("http://[::1]:99/x")->host, std::string("[::1]"));
        QCOMPARE(originOf("http://[::1]:99/x")->port, std::uint16_t{99});
        QVERIFY(*originOf("https://a.example/x") == *originOf("https://A.EXAMPLE:443/y"));
        QVERIFY(!(*originOf("https://a.example") == *originOf("http://a.example:443")));
    }

    void originOf_whatTwoParsersCouldReadDifferently_isNone() {
        for (const char* url :
             {"", "huggingface.co", "ftp://a.example", "file:///etc/passwd", "https://", "https:///a",
              "https://user@a.example", "https://user:pass@a.example/", "https://a.example\\@b.example/",
              "https://a.example:port", "https://a.example:0", "https://a.example:99999", "https://a example",
              "https://a.example:80:81", "https://a%2eexample", "https://[::1", "https://ä.example",
              "https://a.example\n.b.example"})
            QVERIFY2(!originOf(url), url);
    }

    void haveSameOrigin_schemeHostAndPort_decide() {
        QVERIFY(haveSameOrigin("https://a.example", "https://A.example:443/mirror"));
        QVERIFY(!haveSameOrigin("https://a.example", "http://a.example"));
        QVERIFY(!haveSameOrigin("https://a.example", "https://a.example.b.example"));
        QVERIFY(!haveSameOrigin("https://a.example", "https://a.example:8443"));
        QVERIFY(!haveSameOrigin("", ""));
    }

    void isLoopback_onlyThisMachine() {
        QVERIFY(originOf("http://localhost:1/")->isLoopback());
        QVERIFY(originOf("http://127.0.0.1:1/")->isLoopback());
        QVERIFY(!originOf("http://localhost.example/")->isLoopback());
        QVERIFY(!originOf("http://10.0.0.1/")->isLoopback());
    }

    void urlPath_everythingButPlainCharacters_isEncoded() {
        QCOMPARE(urlPath("a b/ä#?%.txt"), std::string("a%20b/%C3%A4%23%3F%25.txt"));
        QCOMPARE(urlSegment("refs/pr/1"), std::string("refs%2Fpr%2F1"));
    }

    void nextHop_sameOrigin_keepsTheToken() {
        const NextHop hop = nextHop("https://a.example/x", "https://a.example:443/y", 0, true);
        QVERIFY(hop.refusal.empty() && hop.keepsToken);
        QVERIFY(!nextHop("https://a.example/x", "https://a.example/y", 0, false).keepsToken);
    }

    void nextHop_otherHostPortOrScheme_losesTheToken() {
        for (const char* target :
             {"https://b.example/", "https://a.example:444/", "https://a.example.b.example/"}) {
            const NextHop hop = nextHop("https://a.example/x", target, 0, true);
            QVERIFY2(hop.refusal.empty() && !hop.keepsToken, target);
        }
        const NextHop upgraded = nextHop("http://a.example/x", "https://a.example/x", 0, true);
        QVERIFY(upgraded.refusal.empty() && !upgraded.keepsToken);
    }

    void nextHop_downgradeEndlessOrOddTarget_isRefused() {
        QVERIFY(!nextHop("https://a.example/", "http://a.example/", 0, true).refusal.empty());
        QVERIFY(!nextHop("https://a.example/", "http://127.0.0.1/", 0, false).refusal.empty());
        QVERIFY(!nextHop("https://a.example/", "https://a.example/", kMostRedirects, false).refusal.empty());
        QVERIFY(
            nextHop("https://a.example/", "https://a.example/", kMostRedirects - 1, false).refusal.empty());
        for (const char* target :
             {"", "file:///etc/passwd", "https://user:pass@a.example/", "gopher://a.example/"})
            QVERIFY2(!nextHop("https://a.example/", target, 0, false).refusal.empty(), target);
    }
};

STUDIO_TEST(WebOriginTest)

}  // namespace

#include "web_origin_test.moc"
