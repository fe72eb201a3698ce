// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <cmath>
#include <limits>

#include "core/base/files.h"
#include "core/formats/model_config.h"
#include "core/text/prompt_template.h"
#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_model.h"

using namespace studio;

namespace {

QString text(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// The largest difference of two answers of `model logits`; infinite where their shapes differ.
double farthest(const QJsonObject& a, const QJsonObject& b) {
    const QJsonArray left = a["logits"].toArray()[0].toArray(), right = b["logits"].toArray()[0].toArray();
    if (left.isEmpty() || left.size() != right.size()) return std::numeric_limits<double>::infinity();
    double most = 0.0;
    for (qsizetype i = 0; i < left.size(); ++i)
        most = std::max(most, std::abs(left[i].toDouble() - right[i].toDouble()));
    return most;
}

}  // namespace

class ExportTest : public QObject {
    Q_OBJECT

private:
    test::TemporaryFolder m_folder;

    static test::FinetuneRun logits(const QString& model, const QStringList& more = {}) {
        return test::finetune(
            QStringList{"model", "logits", "--model", model, "--ids", "1,5,9,20", "--last", "--json"} + more);
    }

private Q_SLOTS:
    void folder_everyFamily_givesTheSameLogits() {
        STUDIO_NEEDS_ASSET(models, "models");
        for (const auto& entry : std::filesystem::directory_iterator(models)) {
            if (!std::filesystem::exists(entry.path() / "config.json")) continue;
            const QString out = text(m_folder / entry.path().filename().string());
            STUDIO_RUN(exported, 0,
                       {"model", "export", "--model", text(entry.path()), "--to", "hf", "--type", "f32",
                        "--out", out, "--json"});
            QCOMPARE(exported.object()["type"].toString(), "F32");
            QCOMPARE(farthest(logits(text(entry.path())).object(), logits(out).object()), 0.0);
        }
    }

    void folder_ofAnotherType_isThatType() {
        STUDIO_NEEDS_ASSET(model, "models/tiny-qwen2");  // stored in bfloat16
        const QString out = text(m_folder / "own");
        STUDIO_RUN(own, 0,
                   {"model", "convert", "--model", text(model), "--to", "hf", "--out", out, "--json"});
        QCOMPARE(own.object()["type"].toString(), "BF16");
        STUDIO_RUN(info, 0, {"model", "info", "--model", out, "--json"});
        QCOMPARE(info.object()["stored_type"].toString(), "BF16");
        QCOMPARE(farthest(logits(text(model)).object(), logits(out).object()), 0.0);
        STUDIO_RUN(again, 1, {"model", "export", "--model", text(model), "--to", "hf", "--out", out});
        QVERIFY2(again.hasOneErrorLine() && again.error.contains("is there already"),
                 again.report().constData());
    }

    void folder_ofAModelWithoutTokenizer_saysSo() {
        STUDIO_NEEDS_ASSET(model, "models/tiny-qwen2");
        const std::filesystem::path bare = m_folder / "without";
        std::filesystem::create_directory(bare);
        for (const char* name : {"config.json", "model.safetensors"})
            std::filesystem::copy_file(model / name, bare / name);
        STUDIO_RUN(without, 0,
                   {"model", "export", text(bare), "--to", "hf", "--out", text(m_folder / "without-out")});
        QVERIFY2(without.error.contains("has no tokenizer") && !without.out.contains("with "),
                 without.report().constData());
        STUDIO_RUN(with, 0, {"model", "export", text(model), "--to", "hf", "--out", text(m_folder / "with")});
        QVERIFY2(!with.error.contains("has no tokenizer") && with.out.contains("with tokenizer and card"),
                 with.report().constData());
    }

    void folder_ofAModelWithADamagedTokenizer_saysSo() {
        STUDIO_NEEDS_ASSET(model, "models/tiny-qwen2");
        const std::filesystem::path damaged = m_folder / "damaged";
        std::filesystem::create_directory(damaged);
        for (const char* name : {"config.json", "model.safetensors", "tokenizer.json"})
            std::filesystem::copy_file(model / name, damaged / name);
        STUDIO_RUN(sound, 0, {"model", "info", text(damaged)});
        QVERIFY2(sound.error.isEmpty(), sound.report().constData());
        std::filesystem::resize_file(damaged / "tokenizer.json",
                                     std::filesystem::file_size(damaged / "tokenizer.json") / 2);
        STUDIO_RUN(info, 0, {"model", "info", text(damaged)});
        QVERIFY2(info.error.startsWith("note: ") && info.error.count('\n') == 1 &&
                     info.error.contains("tokenizer.json"),
                 info.report().constData());
        STUDIO_RUN(exported, 0,
                   {"model", "export", text(damaged), "--to", "hf", "--out", text(m_folder / "damaged-out")});
        QVERIFY2(exported.error.contains("note: The tokenizer was copied as it is, but cannot be used: "),
                 exported.report().constData());
    }

    void folder_ofADivergedModel_saysSo() {
        const std::filesystem::path model = m_folder / "diverged";
        std::filesystem::create_directory(model);
        test::writeModel(model, test::smallConfig("LlamaForCausalLM"), [](test::WrittenWeights& weights) {
            weights["model.norm.weight"][2] = std::numeric_limits<float>::infinity();
        });
        const QStringList command{"model", "export", text(model), "--to", "hf", "--out"};
        STUDIO_RUN(people, 0, command + QStringList{text(m_folder / "diverged-a")});
        QVERIFY2(people.error.contains("note: Tensors that hold NaN or infinity: 1, the first of them "
                                       "model.norm.weight"),
                 people.report().constData());
        STUDIO_RUN(json, 0, command + QStringList{text(m_folder / "diverged-b"), "--json"});
        QVERIFY2(json.object()["notes"].toArray().size() == 1 && json.error.isEmpty(),
                 json.report().constData());
    }

    void adapter_merged_givesWhatItGivesBesideItsModel() {
        STUDIO_NEEDS_ASSET(model, "models/tiny-gpt2");
        const QString adapter = text(model / "lora"), out = text(m_folder / "merged");
        STUDIO_RUN(
            apart, 2,
            {"model", "export", "--model", text(model), "--adapter", adapter, "--to", "hf", "--out", out});
        QVERIFY2(apart.error.contains("--merge"), apart.report().constData());
        STUDIO_RUN(merged, 0,
                   {"model", "export", "--model", text(model), "--adapter", adapter, "--merge", "--to", "hf",
                    "--out", out, "--json"});
        QVERIFY(merged.object()["merged"].toBool());
        QVERIFY2(merged.object()["notes"].toArray().isEmpty(), merged.report().constData());
        const QJsonObject beside = logits(text(model), {"--adapter", adapter}).object();
        QVERIFY(farthest(beside, logits(out).object()) < 1e-4);
        QVERIFY(farthest(beside, logits(text(model)).object()) > 1e-2);
        const QString file = text(m_folder / "merged.gguf");
        STUDIO_RUN(gguf, 0,
                   {"model", "export", "--model", text(model), "--adapter", adapter, "--merge", "--to",
                    "gguf", "--type", "f32", "--out", file, "--json"});
        QVERIFY(QFile(file).size() > 300'000);
        QVERIFY2(!gguf.error.contains("is replaced"), gguf.report().constData());
        STUDIO_RUN(again, 0, {"model", "export", "--model", text(model), "--to", "gguf", "--out", file});
        QVERIFY2(again.error.contains("is replaced"), again.report().constData());
        const QDir::Filters hidden = QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot;
        QCOMPARE(QDir(text(m_folder.path())).entryList({".*"}, hidden), QStringList());
    }

    void adapter_mergedIntoAnotherModel_isNoted() {
        STUDIO_NEEDS_ASSET(model, "models/tiny-gpt2");
        const std::filesystem::path other = m_folder / "somebody-else";
        std::filesystem::create_directory(other);
        for (const char* name : {"config.json", "model.safetensors"})
            std::filesystem::copy_file(model / name, other / name);
        const QStringList command{"model",     "export",    "--model",
                                  text(other), "--adapter", text(model / "lora"),
                                  "--merge",   "--to",      "hf"};
        STUDIO_RUN(people, 0, command + QStringList({"--out", text(m_folder / "noted")}));
        QVERIFY2(people.error.contains("note: This adapter was made for \"tiny-gpt2\"; it is used with "
                                       "\"somebody-else\".\n"),
                 people.report().constData());
        STUDIO_RUN(json, 0, command + QStringList({"--out", text(m_folder / "noted-json"), "--json"}));
        QCOMPARE(json.object()["notes"].toArray().size(), 1);
    }

    void gguf_whatIsWorthKnowing_isSaid() {
        const std::filesystem::path model = m_folder / "tuned";
        makeFolders(model);
        test::writeModel(model, test::smallConfig("LlamaForCausalLM"));
        test::writePieces(model);
        writeFileAtomically(model / kPromptTemplateFile, promptTemplateJson(builtInTemplates().front()));
        const QStringList command{
            "model", "export", text(model), "--to", "gguf", "--out", text(m_folder / "tuned.gguf")};
        STUDIO_RUN(json, 0, command + QStringList{"--json"});
        const QString note = test::valueAt(json.object(), "notes/0").toString();
        QVERIFY2(note.contains("with which the model was fine-tuned"), json.report().constData());
        STUDIO_RUN(plain, 0, command);
        QVERIFY2(plain.error.contains("note: " + note.toUtf8()), plain.report().constData());
    }

    void adapter_toPeft_isItsFolder() {
        STUDIO_NEEDS_ASSET(model, "models/tiny-gpt2");
        STUDIO_NEEDS_ASSET(other, "models/tiny-qwen2");
        const QString adapter = text(model / "lora"), out = text(m_folder / "peft");
        const QStringList command{"model", "export", "--adapter", adapter, "--to", "peft", "--out", out};
        STUDIO_RUN(unfit, 1, command + QStringList({"--model", text(other)}));
        QVERIFY2(unfit.hasOneErrorLine() && unfit.error.contains("belongs to no projection"),
                 unfit.report().constData());
        QVERIFY(!QDir(out).exists());
        STUDIO_RUN(copied, 0, command + QStringList({"--json"}));
        QCOMPARE(copied.object()["folder"].toString(), out);
        QCOMPARE(copied.object()["format"].toString(), "peft");
        QVERIFY(copied.object()["bytes"].toDouble() > 0);
        for (const char* name : {"adapter_config.json", "adapter_model.safetensors"}) {
            QFile from(adapter + "/" + name), to(out + "/" + name);
            QVERIFY(from.open(QIODevice::ReadOnly) && to.open(QIODevice::ReadOnly));
            QCOMPARE(to.readAll(), from.readAll());
        }
        QVERIFY(QFile::exists(adapter + "/golden.json") && !QFile::exists(out + "/golden.json"));
        QVERIFY(QFile::exists(out + "/README.md"));
        const QJsonObject beside = logits(text(model), {"--adapter", adapter}).object();
        QCOMPARE(farthest(beside, logits(text(model), {"--adapter", out}).object()), 0.0);
        STUDIO_RUN(again, 1, command);
        QVERIFY2(again.hasOneErrorLine() && again.error.contains("is there already"),
                 again.report().constData());
    }

    void options_thatDoNotApply_areRefused_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("no adapter") << QStringList{"--model", "m", "--to", "peft"} << QByteArray("--adapter");
        QTest::newRow("merge") << QStringList{"--adapter", "a", "--to", "peft", "--merge"}
                               << QByteArray("--merge is for hf and gguf");
        QTest::newRow("type") << QStringList{"--adapter", "a", "--to", "peft", "--type", "f16"}
                              << QByteArray("--type is for hf and gguf");
        QTest::newRow("numbers to compute in")
            << QStringList{"--model", "m", "--to", "hf", "--dtype", "int8"}
            << QByteArray("--dtype is for computing with a model; the type of exported weights is --type");
        QTest::newRow("no model") << QStringList{"--to", "hf"} << QByteArray("--model is required");
        QTest::newRow("adapter apart")
            << QStringList{"--model", "m", "--adapter", "a", "--to", "hf"} << QByteArray("--to peft");
    }
    void options_thatDoNotApply_areRefused() {
        QFETCH(QStringList, options);
        QFETCH(QByteArray, words);
        STUDIO_RUN(refused, 2, QStringList{"model", "export", "--out", text(m_folder / "never")} + options);
        QVERIFY2(refused.error.contains(words), refused.report().constData());
    }

    void adapter_notFitting_isOneLine() {
        STUDIO_NEEDS_ASSET(model, "models/tiny-qwen2");
        STUDIO_NEEDS_ASSET(adapter, "models/tiny-gpt2/lora");
        STUDIO_RUN(
            other, 1,
            {"generate", "--model", text(model), "--adapter", text(adapter), "--prompt", "a", "--raw"});
        QVERIFY2(other.hasOneErrorLine() && other.error.contains("belongs to no projection"),
                 other.report().constData());
        STUDIO_RUN(none, 1,
                   {"generate", "--model", text(model), "--adapter", text(model), "--prompt", "a", "--raw"});
        QVERIFY2(none.hasOneErrorLine() && none.error.contains("holds no adapter"),
                 none.report().constData());
    }
};

STUDIO_TEST(ExportTest)
#include "export_test.moc"
