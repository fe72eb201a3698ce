// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/file_choice.h"

#include "core/hub/retry_pace.h"
#include "core/hub/transfer_rate.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio;

using Names = std::vector<std::string>;

HubListing listing(const Names& paths) {
    HubListing list{"hub", "a/b", "main", std::string(40, 'a'), {}};
    for (const std::string& path : paths) list.files.push_back({path, 1, "", ""});
    return list;
}

Names chosen(const Names& paths, const FileChoice& choice = {}) {
    Names names;
    for (const HubFile& file : planDownload(listing(paths), choice).files) names.push_back(file.path);
    return names;
}

std::string reasonFor(const Names& paths, const std::string& path, const FileChoice& choice = {}) {
    for (const LeftOutFile& left : planDownload(listing(paths), choice).leftOut) {
        if (left.file.path == path) return leftOutName(left.reason);
    }
    return "taken";
}

/// Which files, and when to ask again.
class FileChoiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plan_usualModel_takesWhatItNeedsAndTheWeightsOnce() {
        const Names needed{"LICENSE",
                           "README.md",
                           "added_tokens.json",
                           "chat_template.jinja",
                           "config.json",
                           "generation_config.json",
                           "merges.txt",
                           "model-00001-of-00002.safetensors",
                           "model-00002-of-00002.safetensors",
                           "model.safetensors.index.json",
                           "special_tokens_map.json",
                           "tokenizer.json",
                           "tokenizer.model",
                           "tokenizer_config.json",
                           "vocab.json"};
        Names all = needed;
        const Names others{".gitattributes",
                           "consolidated.safetensors",
                           "onnx/model.onnx",
                           "onnx/config.json",
                           "original/params.json",
                           "original/consolidated.00.pth",
                           "pytorch_model.bin",
                           "pytorch_model.bin.index.json",
                           "tf_model.h5",
                           "flax_model.msgpack",
                           "flax_model.msgpack.index.json",
                           "model-q4.gguf",
                           "training_args.bin",
                           "modeling_tiny.py",
                           "images/logo.png",
                           "checkpoint-5/config.json",
                           "optimizer.pt"};
        all.insert(all.end(), others.begin(), others.end());
        QCOMPARE(chosen(all), needed);
        QCOMPARE(reasonFor(all, "pytorch_model.bin"), std::string("other_copy"));
        QCOMPARE(reasonFor(all, "pytorch_model.bin.index.json"), std::string("other_copy"));
        QCOMPARE(reasonFor(all, "consolidated.safetensors"), std::string("other_copy"));
        QCOMPARE(reasonFor(all, "tf_model.h5"), std::string("other_format"));
        QCOMPARE(reasonFor(all, "flax_model.msgpack.index.json"), std::string("other_format"));
        QCOMPARE(reasonFor(all, "original/params.json"), std::string("other_format"));
        QCOMPARE(reasonFor(all, "modeling_tiny.py"), std::string("not_needed"));
    }

    void plan_withoutSafetensors_takesPytorchsWeights() {
        const Names paths{"config.json", "pytorch_model-00001-of-00002.bin", "pytorch_model.bin.index.json",
                          "rust_model.ot"};
        QCOMPARE(chosen(paths), (Names{paths.begin(), paths.end() - 1}));
        QVERIFY(planDownload(listing(paths), {}).hasWeights());
        QVERIFY(!planDownload(listing({"config.json", "model.gguf"}), {}).hasWeights());
    }

    void plan_safetensorsOfOtherNames_areTakenWhereThereAreNoUsual() {
        QCOMPARE(chosen({"weights.safetensors"}), Names{"weights.safetensors"});
        QCOMPARE(chosen({"adapter_config.json", "adapter_model.safetensors", "model.safetensors"}).size(),
                 std::size_t{3});
        // Of an adapter alone no weights of a model follow.
        QCOMPARE(chosen({"adapter_model.safetensors", "pytorch_model.bin"}).size(), std::size_t{2});
        QCOMPARE(chosen({"model.fp16.safetensors", "model.safetensors"}), Names{"model.safetensors"});
        // Old adapters are pickles, which are read where there is nothing better.
        QCOMPARE(chosen({"adapter_config.json", "adapter_model.bin"}).size(), std::size_t{2});
        QVERIFY(planDownload(listing({"adapter_config.json", "adapter_model.bin"}), {}).hasWeights());
        QCOMPARE(reasonFor({"adapter_model.bin", "adapter_model.safetensors"}, "adapter_model.bin"),
                 std::string("other_copy"));
    }

    void plan_allOrPatterns_takeWhatIsAskedFor() {
        const Names paths{"a.json", "onnx/model.onnx", "onnx/model.onnx_data", "x.bin"};
        QCOMPARE(chosen(paths, {true, {}}), paths);
        QCOMPARE(chosen(paths, {false, {"onnx/*", "a.?son"}}),
                 (Names{"a.json", "onnx/model.onnx", "onnx/model.onnx_data"}));
        QCOMPARE(chosen(paths, {false, {"*.onnx"}}), Names{"onnx/model.onnx"});
        QCOMPARE(reasonFor(paths, "x.bin", {false, {"*.onnx"}}), std::string("not_asked_for"));
    }

    void plan_hostileNames_areNeverTaken_data() {
        QTest::addColumn<QByteArray>("path");
        const auto row = [](const char* title, const QByteArray& path) { QTest::newRow(title) << path; };
        row("absolute", "/etc/passwd.json");
        row("up", "../config.json");
        row("up inside", "a/../../config.json");
        row("only up", "..");
        row("dot", "./config.json");
        row("dot inside", "a/./b.json");
        row("empty", "");
        row("empty part", "a//b.json");
        row("slash at the end", "a/");
        row("backslash", "a\\b.json");
        row("windows up", "..\\config.json");
        row("line feed", "a\nb.json");
        row("escape", "a\x1b[2Jb.json");
        row("nul", QByteArray("a\0b.json", 8));
        row("delete", "a\x7f.json");
        row("c1 control",
            "a\xc2\x9b"
            "2J.json");
        row("long name", QByteArray(250, 'a') + ".json");
        row("long path", QByteArray("abcdefghij/").repeated(100) + "a.json");
        row("deep", QByteArray("a/").repeated(30) + "a.json");
        row("own state", ".download/state.json");
        row("own receipt", ".finetune-download.json");
    }

    void plan_hostileNames_areNeverTaken() {
        QFETCH(QByteArray, path);
        const std::string name = path.toStdString();
        QVERIFY(!unsafePath(name).empty());
        for (const FileChoice& choice : {FileChoice{}, FileChoice{true, {}}, FileChoice{false, {"*"}}})
            QCOMPARE(reasonFor({"config.json", name}, name, choice), std::string("unsafe_name"));
    }

    void unsafePath_ordinaryNames_areFine() {
        for (const char* path : {"config.json", "a/b/c.json", ".gitattributes", "...", "a..b", "名.json",
                                 "a b.txt", "x/.download/y", "\xc2\xa0.txt"})
            QVERIFY2(unsafePath(path).empty(), path);
    }

    void pace_failures_doubleThePauseAndEnd() {
        HubPatience patience;
        patience.attempts = 5;
        patience.longestPauseSeconds = 3.0;
        RetryPace pace(patience);
        QCOMPARE(pace.afterFailure().value_or(-1.0), 1.0);
        QCOMPARE(pace.afterFailure().value_or(-1.0), 2.0);
        QCOMPARE(pace.afterFailure().value_or(-1.0), 3.0);
        QCOMPARE(pace.afterFailure(7.0).value_or(-1.0), 7.0);
        QVERIFY(!pace.afterFailure().has_value());
        RetryPace asked(patience);
        QVERIFY(!asked.afterFailure(patience.longestRetryAfterSeconds + 1.0).has_value());
    }

    void pace_dataInBetween_forgivesWhatFailed() {
        RetryPace pace{HubPatience()};
        for (int i = 0; i < 100; ++i) {
            QVERIFY(pace.afterFailure().has_value());
            pace.received(std::int64_t{1} << 19);  // a mebibyte every two failures
        }
        RetryPace drip{HubPatience()};
        int attempts = 0;
        for (; drip.afterFailure().has_value(); ++attempts) drip.received(1);
        QCOMPARE(attempts, HubPatience().attempts - 1);
    }

    void rate_isThatOfTheLastSeconds() {
        TransferRate rate;
        const TransferRate::Clock::time_point begin{};
        const auto at = [begin](int milliseconds) { return begin + std::chrono::milliseconds(milliseconds); };
        QCOMPARE(rate.secondsFor(1), -1.0);
        rate.add(at(0), 0);
        rate.add(at(200), 900000);
        QCOMPARE(rate.bytesPerSecond(), 0.0);  // too early to say
        for (int i = 2; i <= 100; ++i) rate.add(at(i * 100), i * 100000);
        QVERIFY(qAbs(rate.bytesPerSecond() - 1e6) < 1e4);
        QVERIFY(qAbs(rate.secondsFor(5000000) - 5.0) < 0.1);
        for (int i = 101; i <= 300; ++i) rate.add(at(i * 100), 10000000);  // nothing comes any more
        QCOMPARE(rate.bytesPerSecond(), 0.0);
        QCOMPARE(rate.secondsFor(1), -1.0);
    }
};

STUDIO_TEST(FileChoiceTest)

}  // namespace

#include "file_choice_test.moc"
