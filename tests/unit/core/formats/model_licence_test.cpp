// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_licence.h"

#include "core/base/files.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;

class ModelLicenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stated_card_isRead_data() {
        QTest::addColumn<QByteArray>("card");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("plain") << QByteArray("---\nlicense: apache-2.0\n---\n# A model")
                               << QByteArray("apache-2.0");
        QTest::newRow("quoted") << QByteArray("---\r\nlicense: \"mit\"  # ours\r\n---\r\n")
                                << QByteArray("mit");
        QTest::newRow("list") << QByteArray("---\nlicense:\n- cc-by-4.0\n- mit\n---\n")
                              << QByteArray("cc-by-4.0");
        QTest::newRow("other") << QByteArray("---\nlicense: other\nlicense_name: own-terms\n---\n")
                               << QByteArray("own-terms");
        QTest::newRow("behind other keys")
            << QByteArray("---\ntags:\n- license: no\nlicense: llama2\n---\n") << QByteArray("llama2");
        QTest::newRow("in the text only") << QByteArray("# A model\nlicense: mit\n") << QByteArray();
        QTest::newRow("front matter without an end") << QByteArray("---\nlicense: mit\n") << QByteArray();
        QTest::newRow("control characters") << QByteArray("---\nlicense: m\x1bit\n---\n") << QByteArray();
        QTest::newRow("endless") << QByteArray("---\nlicense: ") + QByteArray(200'000, 'x') + "\n---\n"
                                 << QByteArray();
        QTest::newRow("empty") << QByteArray() << QByteArray();
    }
    void stated_card_isRead() {
        QFETCH(QByteArray, card);
        QFETCH(QByteArray, name);
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "README.md", card.toStdString());
        const ModelLicence licence = statedLicence(folder.path());
        QCOMPARE(licence.name, name.toStdString());
        QCOMPARE(licence.file, std::string());
        QCOMPARE(licence.isStated(), !name.isEmpty());
    }

    void stated_file_isNamed() {
        const test::TemporaryFolder folder;
        QVERIFY(!statedLicence(folder.path()).isStated());
        QVERIFY(!statedLicence(folder / "nowhere").isStated());
        makeFolders(folder / "LICENSE");  // a folder states nothing
        QVERIFY(!statedLicence(folder.path()).isStated());
        writeFileAtomically(folder / "LICENSE.txt", "All rights reserved.");
        QCOMPARE(statedLicence(folder.path()).file, std::string("LICENSE.txt"));
    }
};

STUDIO_TEST(ModelLicenceTest)
#include "model_licence_test.moc"
