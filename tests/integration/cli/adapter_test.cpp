// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/formats/model_folders.h"
#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/made_runs.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_adapter.h"

namespace {

using namespace studio::test;
namespace fs = std::filesystem;

/// Adapters beside their base on the command line.
class CliAdapterTest : public QObject {
    Q_OBJECT

    const fs::path m_base = studio::embeddedModelFolder();
    TemporaryFolder m_folder;

    QString adapter(const std::string& name, float size, const std::string& base) const {
        writeAdapter(m_folder / name, studio::readModelConfig(m_base), {.base = base, .size = size});
        return text(m_folder / name);
    }

    /// Greedy answers to two prompts, from these arms.
    static QStringList question(const QStringList& arms) {
        QStringList arguments{"compare",
                              "--raw",
                              "--prompt",
                              "What is the capital of",
                              "--prompt",
                              "A city is",
                              "--max-new-tokens",
                              "12",
                              "--threads",
                              "1",
                              "--json"};
        for (const QString& arm : arms) arguments << "--arm" << arm;
        return arguments;
    }

    static QJsonArray ids(const QJsonObject& item, const char* arm) {
        return item["answers"].toObject()[arm].toObject()["ids"].toArray();
    }

private Q_SLOTS:
    void initTestCase() {
        if (m_base.empty()) QSKIP("this build has no embedded model");
    }

    void compare_adapterBesideItsBase_leavesTheBaseAsItIs() {
        const QString base = text(m_base), beside = adapter("strong", 1.0F, "elsewhere");
        STUDIO_RUN(alone, 0, question({"base=" + base}));
        STUDIO_RUN(both, 0, question({"first=" + base, "tuned=" + base + "+" + beside, "again=" + base}));
        const QList<QJsonObject> before = alone.lines(), after = both.lines();
        QCOMPARE(before.size(), 2);
        QCOMPARE(after.size(), 2);
        bool changed = false;
        for (int i = 0; i < 2; ++i) {
            QVERIFY2(!ids(before[i], "base").isEmpty(), alone.report().constData());
            QCOMPARE(ids(after[i], "first"), ids(before[i], "base"));
            QCOMPARE(ids(after[i], "again"), ids(before[i], "base"));
            QVERIFY2(!ids(after[i], "tuned").isEmpty(), both.report().constData());
            changed = changed || ids(after[i], "tuned") != ids(before[i], "base");
        }
        QVERIFY2(changed, both.report().constData());
        const QByteArray note = "adapter was made for \"elsewhere\"; it is used with \"" +
                                QByteArray::fromStdString(m_base.filename().string()) + "\".\n";
        QVERIFY2(both.error.contains("The arm tuned: This " + note), both.report().constData());
        STUDIO_RUN(one, 0,
                   {"generate", "--model", base, "--adapter", beside, "--prompt", "What is the capital of",
                    "--raw", "--max-new-tokens", "12", "--threads", "1", "--json"});
        QCOMPARE(one.object()["ids"].toArray(), ids(after[0], "tuned"));
        QVERIFY2(one.error.contains("note: This " + note), one.report().constData());
    }

    void compare_adapterWithoutEffect_answersAsTheBase() {
        const QString base = text(m_base);
        STUDIO_RUN(both, 0,
                   question({"base=" + base, "tuned=" + base + "+" + adapter("nothing", 0.0F, "elsewhere")}));
        for (const QJsonObject& item : both.lines()) QCOMPARE(ids(item, "tuned"), ids(item, "base"));
        QCOMPARE(both.lines().size(), 2);
    }

    void compare_adapterAlone_standsBesideTheBaseItNames() {
        const QString named = adapter("named", 1.0F, m_base.string());
        STUDIO_RUN(both, 0, question({"alone=" + named, "both=" + text(m_base) + "+" + named}));
        for (const QJsonObject& item : both.lines()) QCOMPARE(ids(item, "alone"), ids(item, "both"));
        QCOMPARE(both.lines().size(), 2);
        QVERIFY2(!both.error.contains("was made for"), both.report().constData());
        STUDIO_RUN(unknown, 1, question({"alone=" + adapter("lost", 1.0F, "/nowhere/model")}));
        QVERIFY2(unknown.hasOneErrorLine() && unknown.error.contains("--arm alone=BASE+"),
                 unknown.report().constData());
    }

    void adapterWithNaN_isNamed_data() {
        QTest::addColumn<QStringList>("verb");
        QTest::newRow("logits") << QStringList{"model", "logits", "--ids", "1,2"};
        QTest::newRow("generate") << QStringList{"generate", "--raw", "--prompt", "A city is"};
    }
    void adapterWithNaN_isNamed() {
        QFETCH(QStringList, verb);
        const QString diverged = adapter("diverged", std::nanf(""), m_base.string());
        STUDIO_RUN(refused, 1, verb + QStringList{"--model", text(m_base), "--adapter", diverged});
        QVERIFY2(refused.hasOneErrorLine(), refused.report().constData());
        for (const char* part :
             {"diverged/adapter_model.safetensors: the tensor \"", "Get the adapter again"})
            QVERIFY2(refused.error.contains(part), refused.report().constData());
    }

    void modelList_adapterOfARun_saysWhatItIs() {
        const fs::path project = m_folder / "Listed.ftproj";
        STUDIO_RUN(created, 0, {"project", "create", text(project), "--json"});
        const studio::RunFolder run = makeRun(project / "runs", {.name = "small", .base = m_base});
        writeAdapter(run.adapterFolder(), studio::readModelConfig(m_base), {.base = m_base.string()});
        const fs::path file = run.adapterFolder() / studio::kAdapterConfigFile;
        studio::OrderedJson config = studio::readJsonFile(file);
        config["alpha_pattern"] = {{"v_proj", 4}};
        studio::writeJsonFile(file, config);
        STUDIO_RUN(listed, 0, {"model", "list", "--project", text(project), "--json"});
        QJsonObject found;
        for (const QJsonObject& line : listed.lines())
            if (line["folder"] == text(run.adapterFolder())) found = line;
        QCOMPARE(found["name"].toString(), "small");
        QCOMPARE(found["origin"].toString(), "run");
        const QJsonObject beside = found["adapter"].toObject();
        QCOMPARE(beside["base"].toString(), text(m_base));
        QCOMPARE(beside["rank"].toInteger(), qint64(4));
        QCOMPARE(beside["alpha"].toDouble(), 8.0);
        QCOMPARE(beside["targets"].toArray(), (QJsonArray{"q_proj", "v_proj"}));
        QCOMPARE(beside["alpha_pattern"].toObject()["v_proj"].toInt(), 4);
        QVERIFY(!beside.contains("rank_pattern"));
        QVERIFY(beside["parameters"].toInteger() > 0);
        // It needs what its base needs, and its own numbers; nothing is trained from it.
        const QJsonObject need = found["forecast"].toArray().at(0).toObject();
        QVERIFY2(need["answering"].toObject()["bytes"].toDouble() > 1e6, listed.report().constData());
        QVERIFY(need["lora"].isNull() && need["full"].isNull());
        STUDIO_RUN(people, 0, {"model", "list", "--project", text(project)});
        QVERIFY2(people.out.contains("run, adapter"), people.report().constData());
    }
};

STUDIO_TEST(CliAdapterTest)

}  // namespace

#include "adapter_test.moc"
