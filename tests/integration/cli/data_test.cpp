// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>

#include "tests/integration/cli/finetune_process.h"
#include "tests/integration/cli/small_rows.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// Rows of a project: imported, listed, edited, exported.
class CliDataTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_project = text(m_folder / "Rows.ftproj");

    QString write(const QString& name, const QByteArray& bytes) const {
        return writtenFile(m_folder.path(), name, bytes);
    }

private Q_SLOTS:
    void initTestCase() {
        STUDIO_RUN(created, 0, {"project", "create", m_project, "--json"});
        QCOMPARE(created.object()["name"].toString(), "Rows");
        const FinetuneRun imported = importSmallRows(m_folder.path(), m_project);
        QVERIFY2(imported.exitCode == 0, imported.report().constData());
        QCOMPARE(imported.object()["imported"].toInteger(), 3);
        QCOMPARE(imported.object()["merged"].toInteger(-1), 0);
        const QJsonArray refused = imported.object()["refused"].toArray();
        QCOMPARE(refused.size(), 1);
        QCOMPARE(valueAt(refused, "0/row").toInteger(), 3);
        QVERIFY(!valueAt(refused, "0/reason").toString().isEmpty());
        QVERIFY(valueAt(refused, "0/file").toString().contains("pairs.jsonl"));
    }

    void data_listShowAndStats() {
        STUDIO_RUN(list, 0, {"data", "list", m_project, "--json"});
        QCOMPARE(list.lines().size(), 3);
        QCOMPARE(list.lines()[1]["input"].toString(), QString::fromUtf8("二"));
        STUDIO_RUN(limited, 0, {"data", "list", m_project, "--limit", "1", "--offset", "1", "--json"});
        QCOMPARE(limited.object()["instruction"].toString(), "Two?");
        STUDIO_RUN(found, 0, {"data", "list", m_project, "--search", "two", "--json"});
        QCOMPARE(found.lines().size(), 1);
        STUDIO_RUN(show, 0, {"data", "show", m_project, "1", "--json"});
        QCOMPARE(show.object()["output"].toString(), "1");
        QCOMPARE(show.object()["split"].toString(), "train");
        STUDIO_RUN(stats, 0, {"data", "stats", m_project, "--json"});
        QCOMPARE(stats.object()["records"].toInteger(), 3);
        QCOMPARE(valueAt(stats.object(), "characters/output/longest").toInteger(), 1);
    }

    void data_editUndoRedoAndDelete() {
        STUDIO_RUN(
            edited, 0,
            {"data", "edit", m_project, "1", "--set", "output=[one]", "--set", "status=draft", "--json"});
        QCOMPARE(edited.object()["output"].toString(), "[one]");
        QCOMPARE(edited.object()["status"].toString(), "draft");
        STUDIO_RUN(undone, 0, {"data", "undo", m_project, "--json"});
        STUDIO_RUN(before, 0, {"data", "show", m_project, "1", "--json"});
        QCOMPARE(before.object()["output"].toString(), "1");
        STUDIO_RUN(redone, 0, {"data", "redo", m_project, "--json"});
        STUDIO_RUN(after, 0, {"data", "show", m_project, "1", "--json"});
        QCOMPARE(after.object()["output"].toString(), "[one]");
        STUDIO_RUN(again, 0, {"data", "undo", m_project});
        STUDIO_RUN(deleted, 0, {"data", "delete", m_project, "2", "3", "--json"});
        STUDIO_RUN(list, 0, {"data", "list", m_project, "--json"});
        QCOMPARE(list.lines().size(), 1);
        STUDIO_RUN(back, 0, {"data", "undo", m_project, "--json"});
        STUDIO_RUN(all, 0, {"data", "list", m_project, "--json"});
        QCOMPARE(all.lines().size(), 3);
    }

    void data_deleteTheSameRowTwice_isOneRow() {
        STUDIO_RUN(deleted, 0, {"data", "delete", m_project, "2", "2", "--json"});
        QCOMPARE(deleted.object()["deleted"].toArray(), QJsonArray{2});
        STUDIO_RUN(back, 0, {"data", "undo", m_project, "--json"});
        STUDIO_RUN(all, 0, {"data", "list", m_project, "--json"});
        QCOMPARE(all.lines().size(), 3);
    }

    void data_deleteWithAnUnknownRow_deletesNothing() {
        STUDIO_RUN(refused, 1, {"data", "delete", m_project, "1", "2", "99999999"});
        QVERIFY2(refused.hasOneErrorLine(), refused.report().constData());
        QVERIFY2(refused.error.contains("no row 99999999, so nothing is deleted"),
                 refused.report().constData());
        STUDIO_RUN(all, 0, {"data", "list", m_project, "--json"});
        QCOMPARE(all.lines().size(), 3);
    }

    void data_exportToAFolder_saysItIsOne() {
        STUDIO_RUN(refused, 1, {"data", "export", m_project, text(m_folder.path())});
        QVERIFY2(refused.hasOneErrorLine() && refused.error.contains("is a folder, not a file"),
                 refused.report().constData());
    }

    void data_listWithoutAMatch_saysSo() {
        STUDIO_RUN(list, 0, {"data", "list", m_project, "--search", "zzzz"});
        QCOMPARE(list.out, QByteArray());
        QCOMPARE(list.error, QByteArray("note: No row matches.\n"));
        STUDIO_RUN(json, 0, {"data", "list", m_project, "--search", "zzzz", "--json"});
        QVERIFY2(json.out.isEmpty() && json.error.isEmpty(), json.report().constData());
    }

    void data_exportKeepsUnknownFields() {
        const QString lines = text(m_folder.path()) + "/out.jsonl";
        STUDIO_RUN(exported, 0, {"data", "export", m_project, lines, "--json"});
        QCOMPARE(exported.object()["exported"].toInteger(), 3);
        QFile file(lines);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readLine().trimmed(),
                 QByteArray("{\"instruction\":\"One {x}?\",\"input\":\"\",\"output\":\"1\",\"id\":7}"));
        const QString array = text(m_folder.path()) + "/out.json";
        STUDIO_RUN(asArray, 0, {"data", "export", m_project, array, "--split", "train", "--json"});
        QFile arrayFile(array);
        QVERIFY(arrayFile.open(QIODevice::ReadOnly));
        QCOMPARE(QJsonDocument::fromJson(arrayFile.readAll()).array().size(), 3);
    }

    void data_importFolderSkippingBad() {
        QVERIFY(QDir(text(m_folder.path())).mkpath("mixed"));
        write("mixed/a.json", "[{\"instruction\":\"a\",\"output\":\"b\"}]");
        write("mixed/b.json", "<html>not found</html>");
        const QString other = text(m_folder / "Mixed.ftproj");
        STUDIO_RUN(created, 0, {"project", "create", other});
        STUDIO_RUN(imported, 0,
                   {"data", "import", other, text(m_folder.path()) + "/mixed", "--skip-bad", "--json"});
        QCOMPARE(imported.object()["imported"].toInteger(), 1);
        QCOMPARE(imported.object()["refused"].toArray().size(), 1);
        QVERIFY(valueAt(imported.object(), "refused/0/file").toString().endsWith("b.json"));
    }
};

STUDIO_TEST(CliDataTest)

}  // namespace

#include "data_test.moc"
