// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/other_base.h"

#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/formats/model_config.h"
#include "tests/support/assets.h"
#include "tests/support/small_adapter.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

class OtherBaseTest : public QObject {
    Q_OBJECT

private:
    test::TemporaryFolder m_folder;

    /// An adapter that names its base so.
    fs::path adapter(const std::string& base) const {
        const fs::path folder = m_folder / "adapters/one";
        test::writeSmallAdapter(folder);
        OrderedJson json = readJsonFile(folder / kAdapterConfigFile);
        json["base_model_name_or_path"] = base;
        writeJsonFile(folder / kAdapterConfigFile, json);
        return folder;
    }
    fs::path model(const std::string& name, const OrderedJson& config = OrderedJson::object()) const {
        makeFolders(m_folder / name);
        writeJsonFile(m_folder / name / "config.json", config);
        return m_folder / name;
    }
    /// The same with weights that are never more than hashed.
    fs::path weighed(const std::string& name, const std::string& weights) const {
        writeFileAtomically(model(name) / "model.safetensors", weights);
        return m_folder / name;
    }
    /// For what is moved there.
    static fs::path made(const fs::path& folder) {
        makeFolders(folder.parent_path());
        return folder;
    }

private Q_SLOTS:
    void note_ofNames_isGivenWhereTheyDiffer_data() {
        QTest::addColumn<QString>("stated");
        QTest::addColumn<QString>("folder");
        QTest::addColumn<bool>("noted");
        const QString commit(40, QLatin1Char('a'));
        QTest::newRow("another") << "Qwen/Qwen2-0.5B"
                                 << "SmolLM-135M" << true;
        QTest::newRow("another of one hub") << "Qwen/Qwen2-0.5B"
                                            << "Qwen--Qwen2-1.5B" << true;
        QTest::newRow("another of a longer name") << "org/llama"
                                                  << "tiny-llama" << true;
        QTest::newRow("hub's name") << "Qwen/Qwen2-0.5B"
                                    << "Qwen2-0.5B" << false;
        QTest::newRow("other case") << "org/LLAMA-small"
                                    << "Llama-Small" << false;
        QTest::newRow("path elsewhere") << "/home/other/models/tiny/"
                                        << "tiny" << false;
        QTest::newRow("Windows") << "C:\\models\\tiny"
                                 << "tiny" << false;
        QTest::newRow("download") << "Qwen/Qwen2-0.5B"
                                  << "Qwen--Qwen2-0.5B" << false;
        QTest::newRow("cache") << "Qwen/Qwen2-0.5B"
                               << "models--Qwen--Qwen2-0.5B/snapshots/" + commit << false;
        QTest::newRow("another in the cache") << "Qwen/Qwen2-0.5B"
                                              << "models--Qwen--Qwen2-1.5B/snapshots/" + commit << true;
        QTest::newRow("said in the cache")
            << "/root/models--Qwen--tiny/snapshots/" + commit << "tiny" << false;
        QTest::newRow("not said") << ""
                                  << "tiny" << false;
        for (const char* name : {"./", "/data/model", "/out/checkpoint-500", "/"})
            QTest::newRow(name) << name << "tiny" << false;
        QTest::newRow("commit") << "/data/" + commit << "tiny" << false;
        QTest::newRow("folder says nothing") << "org/llama"
                                             << "checkpoint-7" << false;
    }
    void note_ofNames_isGivenWhereTheyDiffer() {
        QFETCH(QString, stated);
        QFETCH(QString, folder);
        QFETCH(bool, noted);
        const auto note = otherBaseNote(adapter(stated.toStdString()), model(folder.toStdString()));
        QVERIFY2(note.has_value() == noted, note ? note->message.c_str() : "no note");
        if (!noted) return;
        QCOMPARE(note->rule, std::string("adapter_of_another_base"));
        QCOMPARE(note->args.size(), std::size_t{2});
        QCOMPARE(note->args[0], stated.toStdString());
        QCOMPARE(note->message, "This adapter was made for \"" + note->args[0] + "\"; it is used with \"" +
                                    note->args[1] + "\".");
    }

    void note_modelsOtherNames_areNamesToo() {
        const fs::path lora = adapter("org/llama");
        QVERIFY(otherBaseNote(lora, model("mine")));
        QVERIFY(!otherBaseNote(lora, model("renamed", {{"_name_or_path", "somebody/Llama"}})));
        QVERIFY(otherBaseNote(lora, model("renamed", {{"_name_or_path", 3}})));
        const fs::path fetched = model("fetched");
        writeJsonFile(fetched / kReceiptFile, {{"model", "org/llama"}});
        QVERIFY(!otherBaseNote(lora, fetched));
        fs::create_directory_symlink(m_folder / "mine", m_folder / "llama");
        QVERIFY(!otherBaseNote(lora, m_folder / "llama"));
    }

    void note_runOfTheBase_isGiven() {
        const fs::path trained = model("runs/first/model");
        const fs::path lora = adapter("org/llama");
        QVERIFY(!otherBaseNote(lora, trained));  // nobody knows what it is
        writeFileAtomically(m_folder / "runs/first/run.json", "damaged");
        const auto note = otherBaseNote(lora, trained);
        QVERIFY(note);
        QCOMPARE(note->args[1], std::string("first"));
        // What was trained on the base is no longer the base, whatever it says that it was made from.
        writeJsonFile(m_folder / "runs/first/run.json", {{"base_model", {{"path", "/models/llama"}}}});
        writeJsonFile(trained / "config.json", {{"_name_or_path", "org/llama"}});
        const auto tuned = otherBaseNote(lora, trained);
        QVERIFY(tuned);
        QCOMPARE(tuned->args, (std::vector<std::string>{"org/llama", "first"}));
        // And the other way: an adapter for what a run made.
        QVERIFY(!otherBaseNote(adapter(trained.string()), trained));
        const auto made = otherBaseNote(adapter(trained.string()), model("mine"));
        QVERIFY(made);
        QCOMPARE(made->args[1], std::string("mine"));
    }

    void note_ofARunThatKnowsItsBasesHash_goesByThat() {
        const fs::path lora = m_folder / "runs/lora/adapter";
        const fs::path llama = weighed("bases/llama", "one"), renamed = weighed("bases/other", "one");
        const std::string hash = modelHash(llama);
        fs::rename(adapter("org/llama"), made(lora));
        writeJsonFile(m_folder / "runs/lora/run.json", {{"base_model", {{"sha256", hash}}}});
        QVERIFY(!otherBaseNote(lora, llama));
        QVERIFY(!otherBaseNote(lora, renamed));
        // Another model of the same name and shape.
        const fs::path changed = weighed("elsewhere/llama", "two");
        const auto note = otherBaseNote(lora, changed);
        QVERIFY(note);
        QCOMPARE(note->rule, std::string("adapter_of_other_weights"));
        QCOMPARE(note->args, std::vector<std::string>{changed.string()});
        const auto named = otherBaseNote(lora, weighed("tiny", "two"));
        QVERIFY(named);
        QCOMPARE(named->rule, std::string("adapter_of_another_base"));
        // Who knows the model's hash is believed.
        QVERIFY(!otherBaseNote(lora, changed, hash + "+ofTheAdapter"));
        QVERIFY(otherBaseNote(lora, llama, "another"));
        // Names count again where no hash is known.
        writeJsonFile(m_folder / "runs/lora/run.json", {{"base_model", {{"path", "/models/llama"}}}});
        QVERIFY(!otherBaseNote(lora, changed));
        QVERIFY(otherBaseNote(lora, renamed));
    }

    void note_stoppedWhileItReads_isNone() {
        const fs::path lora = m_folder / "runs/stopped/adapter";
        fs::rename(adapter("org/llama"), made(lora));
        writeJsonFile(m_folder / "runs/stopped/run.json", {{"base_model", {{"sha256", "another"}}}});
        std::stop_source stop;
        stop.request_stop();
        const fs::path model = weighed("stopped", "one");
        QVERIFY(otherBaseNote(lora, model));
        QVERIFY(!otherBaseNote(lora, model, {}, stop.get_token()));
    }

    void note_noAdapterOrADamagedOne_isNone() {
        QVERIFY(!otherBaseNote({}, model("mine")));
        QVERIFY(!otherBaseNote(m_folder / "nowhere", model("mine")));
        makeFolders(m_folder / "damaged");
        writeFileAtomically(m_folder / "damaged" / kAdapterConfigFile, "{");
        QVERIFY(!otherBaseNote(m_folder / "damaged", model("mine")));
        QVERIFY(!otherBaseNote(adapter("org/llama"), {}));
    }
};

STUDIO_TEST(OtherBaseTest)
#include "other_base_test.moc"
