// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_page.h"

#include "core/base/error.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

class HubPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text_nameOrAddress_isRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("hub");
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("revision");
        const QString hub = "https://huggingface.co";
        QTest::newRow("name") << " acme/tiny \n"
                              << ""
                              << "acme/tiny"
                              << "";
        QTest::newRow("old name") << "gpt2"
                                  << ""
                                  << "gpt2"
                                  << "";
        QTest::newRow("page") << hub + "/acme/tiny" << hub << "acme/tiny"
                              << "";
        QTest::newRow("slash") << hub + "/acme/tiny/" << hub << "acme/tiny"
                               << "";
        QTest::newRow("query") << hub + "/acme/tiny?library=x#usage" << hub << "acme/tiny"
                               << "";
        QTest::newRow("tree") << hub + "/acme/tiny/tree/v2" << hub << "acme/tiny"
                              << "v2";
        QTest::newRow("slash in revision") << hub + "/acme/tiny/tree/refs%2Fpr%2F1" << hub << "acme/tiny"
                                           << "refs/pr/1";
        QTest::newRow("file") << hub + "/acme/tiny/blob/main/config.json" << hub << "acme/tiny"
                              << "main";
        QTest::newRow("old page") << hub + "/gpt2/tree/main" << hub << "gpt2"
                                  << "main";
        QTest::newRow("no scheme") << "huggingface.co/acme/tiny" << hub << "acme/tiny"
                                   << "";
        QTest::newRow("mirror") << "http://localhost:8080/acme/tiny"
                                << "http://localhost:8080"
                                << "acme/tiny"
                                << "";
        QTest::newRow("other view") << hub + "/acme/tiny/discussions" << hub << "acme/tiny"
                                    << "";
    }
    void text_nameOrAddress_isRead() {
        QFETCH(QString, text);
        const HubPage page = hubPageOf(text.toStdString());
        QTEST(QString::fromStdString(page.hub), "hub");
        QTEST(QString::fromStdString(page.model), "model");
        QTEST(QString::fromStdString(page.revision), "revision");
    }

    void text_somethingElse_isRefused_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << "";
        QTest::newRow("three parts") << "acme/tiny/model";
        QTest::newRow("words") << "the tiny model";
        QTest::newRow("host alone") << "https://huggingface.co/";
        QTest::newRow("data set") << "https://huggingface.co/datasets/acme/rows";
        QTest::newRow("space") << "https://huggingface.co/spaces/acme/chat";
        QTest::newRow("password") << "https://user:secret@huggingface.co/acme/tiny";
        QTest::newRow("other scheme") << "ftp://huggingface.co/acme/tiny";
        QTest::newRow("control character") << "https://huggingface.co/acme/tiny/tree/a%0Ab";
    }
    void text_somethingElse_isRefused() {
        QFETCH(QString, text);
        STUDIO_COMPARE_ERROR(hubPageOf(text.toStdString()), ErrorCode::InvalidArgument);
    }

    void address_withPassword_isNotRepeated() {
        const auto error = test::errorOf([] { hubPageOf("https://user:secret@huggingface.co/acme/tiny"); });
        QVERIFY(error);
        QVERIFY2(!QByteArray(error->what()).contains("secret"), error->what());
        for (const std::string& arg : error->args()) QVERIFY(arg.find("secret") == std::string::npos);
    }
};

STUDIO_TEST(HubPageTest)
#include "hub_page_test.moc"
