// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What llama.cpp makes of exported files. It runs where Node and the package node-llama-cpp are found:
// STUDIO_LLAMA_CPP names the folder whose node_modules holds it (npm install node-llama-cpp
// @node-llama-cpp/linux-x64); the script that drives it is among the test assets (peers/gguf_run.mjs).
#include <QStandardPaths>
#include <cmath>
#include <filesystem>

#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/golden_files.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

constexpr const char* kTypes[] = {"f32", "f16", "bf16", "q8_0"};
constexpr int kMilliseconds = 300000;

QString numbersText(const QJsonArray& numbers) {
    QStringList texts;
    for (const QJsonValue number : numbers) texts.append(QString::number(number.toInt()));
    return texts.join(u',');
}

QJsonArray arrayOf(const nlohmann::json& ids) {
    QJsonArray array;
    for (const auto& id : ids) array.append(id.get<int>());
    return array;
}

/// Logits by token id.
QMap<int, double> logitsOf(const QJsonObject& answer) {
    QMap<int, double> logits;
    for (const QJsonValue pair : answer[u"last_top10"].toArray())
        logits[pair.toArray().at(0).toInt()] = pair.toArray().at(1).toDouble();
    return logits;
}

QByteArray asText(const QJsonArray& array) {
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

}  // namespace

class LlamaCppTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const fs::path script = test::asset("peers/gguf_run.mjs");
        if (script.empty())
            QSKIP("the test assets are not on this machine (STUDIO_ASSETS): peers/gguf_run.mjs");
        const fs::path modules = fs::path(qgetenv("STUDIO_LLAMA_CPP").toStdString()) / "node_modules";
        if (!fs::exists(modules / "node-llama-cpp"))
            QSKIP("STUDIO_LLAMA_CPP names no folder with node_modules/node-llama-cpp");
        m_node = QStandardPaths::findExecutable(QStringLiteral("node"));
        if (m_node.isEmpty()) QSKIP("Node is not installed");
        // The script looks for its packages beside itself.
        fs::copy_file(script, m_folder / "gguf_run.mjs");
        fs::create_directory_symlink(fs::absolute(modules), m_folder / "node_modules");
    }

    void everyGoldenModel_inF32_hasTheGoldenTokens() {
        int compared = 0;
        for (const fs::path& model : test::goldenModels()) {
            exportAs(model, "f32");
            const auto golden = test::readGolden(model / "golden/golden.json");
            for (const auto& entry : golden["greedy"]) {
                const QJsonArray expected = arrayOf(entry["continuation"]);
                const QJsonObject answer = run({QStringLiteral("--ids"), numbersText(arrayOf(entry["ids"])),
                                                QStringLiteral("--n"), QString::number(expected.size())});
                QVERIFY2(answer[u"continuation"].toArray() == expected,
                         (QByteArray(model.c_str()) + ": " + asText(answer[u"continuation"].toArray()) +
                          " instead of " + asText(expected))
                             .constData());
                ++compared;
            }
        }
        QVERIFY(compared >= 10);
    }

    void everyGoldenModel_inSmallerTypes_hasNearlyTheSameLogits() {
        for (const fs::path& model : test::goldenModels()) {
            const auto golden = test::readGolden(model / "golden/golden.json");
            const QStringList asked{QStringLiteral("--ids"),
                                    numbersText(arrayOf(golden["greedy"].back()["ids"])),
                                    QStringLiteral("--n"), QStringLiteral("1")};
            QMap<int, double> exact;
            for (const char* type : kTypes) {
                exportAs(model, type);
                const QMap<int, double> logits = logitsOf(run(asked));
                QCOMPARE(logits.size(), 10);
                if (exact.isEmpty()) exact = logits;
                double largest = 0.0, furthest = 0.0;
                int shared = 0;
                for (auto each = exact.begin(); each != exact.end(); ++each) {
                    largest = std::fmax(largest, std::fabs(each.value()));
                    if (!logits.contains(each.key())) continue;
                    furthest = std::fmax(furthest, std::fabs(logits[each.key()] - each.value()));
                    ++shared;
                }
                qInfo("%s %s: %d of 10 logits shared, furthest %.4f of %.2f", model.filename().c_str(), type,
                      shared, furthest, largest);
                QVERIFY(shared >= 7);
                QVERIFY(furthest <= 0.05 * largest);
            }
        }
    }

    void byteLevelTexts_areTokenisedAlike() {
        int compared = 0;
        for (const fs::path& model : test::goldenModels()) {
            const fs::path texts = model / "golden/encodings.jsonl";
            if (!fs::exists(texts)) continue;
            exportAs(model, "f16");
            const QByteArray lines = output({QStringLiteral("--tokenize-jsonl"), test::text(texts),
                                             QStringLiteral("--special"), QStringLiteral("true")});
            QFile file(test::text(texts));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QList<QByteArray> expected = file.readAll().trimmed().split('\n'),
                                    got = lines.trimmed().split('\n');
            QCOMPARE(got.size(), expected.size());
            for (qsizetype i = 0; i < got.size(); ++i) {
                const QJsonObject theirs = QJsonDocument::fromJson(got[i]).object();
                const QJsonObject golden = QJsonDocument::fromJson(expected[i]).object();
                QVERIFY2(theirs[u"ids"] == golden[u"ids"],
                         (QByteArray(model.c_str()) + ": " + got[i]).constData());
                ++compared;
            }
        }
        QVERIFY(compared > 100);
    }

    void stories260K_andAFineTunedChild_answerAsTheStudioDoes() {
        STUDIO_NEEDS_ASSET(parent, "models/stories260K");
        const QString project = test::text(m_folder / "p.ftproj");
        STUDIO_RUN(created, 0, {QStringLiteral("project"), QStringLiteral("create"), project});
        const QString rows = test::writtenFile(
            m_folder.path(), QStringLiteral("rows.json"),
            R"([{"instruction":"Tell about a cat.","input":"","output":"The cat sat on the mat."},
                {"instruction":"Tell about a dog.","input":"","output":"The dog ran in the park."}])");
        STUDIO_RUN(imported, 0,
                   {QStringLiteral("data"), QStringLiteral("import"), project, rows,
                    QStringLiteral("--split"), QStringLiteral("train")});
        STUDIO_RUN(
            trained, 0,
            {QStringLiteral("train"), QStringLiteral("--project"), project, QStringLiteral("--model"),
             test::text(parent), QStringLiteral("--run"), QStringLiteral("child"), QStringLiteral("--set"),
             QStringLiteral("epochs=8"), QStringLiteral("--set"), QStringLiteral("learning_rate=0.001")});
        for (const fs::path& model : {parent, m_folder / "p.ftproj" / "runs" / "child"}) {
            STUDIO_RUN(
                answered, 0,
                {QStringLiteral("generate"), QStringLiteral("--model"), test::text(model),
                 QStringLiteral("--raw"), QStringLiteral("--prompt"), QStringLiteral("Once upon a time"),
                 QStringLiteral("--temperature"), QStringLiteral("0"), QStringLiteral("--max-new-tokens"),
                 QStringLiteral("60"), QStringLiteral("--json")});
            const QJsonObject ours = answered.object();
            exportAs(model, "f32");
            const QJsonArray expected = ours[u"ids"].toArray();
            QVERIFY(expected.size() > 5);
            const QJsonObject theirs =
                run({QStringLiteral("--text"), QStringLiteral("Once upon a time"), QStringLiteral("--bos"),
                     QStringLiteral("--n"), QString::number(expected.size())});
            QCOMPARE(asText(theirs[u"ids"].toArray()), asText(ours[u"prompt_ids"].toArray()));
            QCOMPARE(asText(theirs[u"continuation"].toArray()), asText(expected));
        }
    }

private:
    void exportAs(const fs::path& model, const char* type) {
        STUDIO_RUN(exported, 0,
                   {QStringLiteral("model"), QStringLiteral("export"), QStringLiteral("--model"),
                    test::text(model), QStringLiteral("--to"), QStringLiteral("gguf"),
                    QStringLiteral("--type"), QString::fromLatin1(type), QStringLiteral("--out"),
                    test::text(m_folder / "m.gguf"), QStringLiteral("--json")});
    }

    /// What the script prints about the exported file.
    QByteArray output(const QStringList& options) {
        QProcess process;
        process.start(
            m_node,
            QStringList{test::text(m_folder / "gguf_run.mjs"), test::text(m_folder / "m.gguf")} + options);
        const test::FinetuneRun done = test::finished(process, kMilliseconds);
        if (done.exitCode != 0) qWarning("%s", done.report().constData());
        return done.out;
    }
    QJsonObject run(const QStringList& options) { return QJsonDocument::fromJson(output(options)).object(); }

    test::TemporaryFolder m_folder;
    QString m_node;
};

STUDIO_TEST(LlamaCppTest)
#include "llama_cpp_test.moc"
