// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstring>

#include "core/formats/model_config.h"
#include "core/formats/safetensors.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

/// Walks the collection of broken weights files and model folders and holds each to the outcome of its index.
class MalformedModelsTest : public QObject {
    Q_OBJECT

private:
    /// What the message must name beside the file, where the index says or implies it.
    static std::string expectedPart(const std::string& item) {
        static const std::map<std::string, std::string> s_parts{
            {"weights/offsets_overlap.safetensors", "tensor \"b\""},
            {"weights/offsets_out_of_range.safetensors", "tensor \"b\""},
            {"weights/offsets_reversed.safetensors", "tensor \"a\""},
            {"weights/offsets_negative.safetensors", "tensor \"a\": data_offsets"},
            {"weights/shape_negative.safetensors", "tensor \"a\": shape"},
            {"weights/shape_mismatch.safetensors", "tensor \"a\""},
            {"weights/shape_overflow.safetensors", "tensor \"a\": the shape"},
            {"weights/dtype_unknown.safetensors", "\"F33\""},
            {"weights/dtype_lowercase.safetensors", "\"float32\""},
            {"weights/duplicate_name.safetensors", "\"a\" is given twice"},
            {"weights/hole_in_buffer.safetensors", "tensor \"b\": bytes 16 to 32"},
            {"weights/trailing_bytes.safetensors", "48 bytes"},
            {"weights/missing_offsets.safetensors", "tensor \"a\": data_offsets is missing"},
            {"weights/header_invalid_utf8.safetensors", "UTF-8"},
            {"weights/pickle.bin", "pickle"},
            {"model/zero_heads", "num_attention_heads"},
            {"model/heads_not_divisible", "hidden_size 16"},
            {"model/kv_not_divisor", "num_key_value_heads 3"},
            {"model/missing_fields", "vocab_size, hidden_size, intermediate_size"},
            {"model/unknown_architecture", "\"Mamba9ForCausalLM\""},
            {"model/negative_layers", "num_hidden_layers"},
            {"model/billion_layers", "num_hidden_layers"},
            {"model/string_sizes", "hidden_size"},
            {"model/config_not_json", "line 1"},
            {"model/wrong_tensor_shape", "but config.json (vocab_size 32, hidden_size 32) asks for"},
            {"model/missing_tensor", "model.layers.0.mlp.up_proj.weight"},
            {"model/extra_tensor", "\"model.layers.7.extra\""},
            {"model/vocab_smaller_than_ids", "bos_token_id"},
            {"model/no_weights", "model.safetensors"},
            {"model/index_missing_shard", "model-00001-of-00002.safetensors"},
            {"model/index_path_escape", "outside the model folder"}};
        const auto found = s_parts.find(item);
        return found == s_parts.end() ? std::string() : found->second;
    }

private Q_SLOTS:
    void index_everyItem_hasItsOutcome_data() {
        QTest::addColumn<QString>("item");
        QTest::addColumn<QString>("outcome");
        const fs::path root = test::asset("datasets/malformed");
        if (root.empty()) return;
        const OrderedJson index = readJsonFile(root / "index.json");
        for (const OrderedJson& entry : index["files"]) {
            const std::string kind = entry["aimed_at"].get<std::string>();
            if (kind != "weights" && kind != "model folder") continue;
            const fs::path file = entry["file"].get<std::string>();
            const std::string item = kind == "weights" ? file.string() : file.parent_path().string();
            QTest::newRow(item.c_str()) << QString::fromStdString(item)
                                        << QString::fromStdString(entry["outcome"].get<std::string>());
        }
    }

    void index_everyItem_hasItsOutcome() {
        STUDIO_NEEDS_ASSET(root, "datasets/malformed");
        QFETCH(QString, item);
        QFETCH(QString, outcome);
        const fs::path path = root / item.toStdString();
        QElapsedTimer timer;
        timer.start();
        const auto error = test::errorOf([&] {
            if (fs::is_directory(path)) {
                summarizeModel(path);
            } else {
                SafetensorsFile file(path);
            }
        });
        QVERIFY2(timer.elapsed() < 1000, "hostile input must fail fast");
        if (outcome == "accept" || outcome == "warn") {
            QVERIFY2(!error.has_value(), error ? error->what() : "");
            return;
        }
        QVERIFY2(error.has_value(), "this must be refused");
        const std::string message = error->what();
        QVERIFY2(message.find('\n') == std::string::npos, message.c_str());
        QVERIFY2(message.find(path.string()) != std::string::npos, message.c_str());
        QVERIFY2(!error->nextStep().empty(), message.c_str());
        QVERIFY2(message.find(expectedPart(item.toStdString())) != std::string::npos, message.c_str());
    }

    void folders_onDisk_areAllInTheIndex() {
        STUDIO_NEEDS_ASSET(root, "datasets/malformed");
        const std::string index = readJsonFile(root / "index.json").dump();
        int found = 0;
        for (const char* kind : {"weights", "model"}) {
            for (const auto& entry : fs::directory_iterator(root / kind)) {
                QVERIFY2(index.find(entry.path().filename().string()) != std::string::npos,
                         entry.path().c_str());
                ++found;
            }
        }
        QVERIFY(found > 30);
    }

    void billionLayers_isRefusedBeforeAnyAllocation() {
        STUDIO_NEEDS_ASSET(folder, "datasets/malformed/model/billion_layers");
        QElapsedTimer timer;
        timer.start();
        STUDIO_COMPARE_ERROR(readModelConfig(folder), ErrorCode::ModelConfigInvalid);
        QVERIFY(timer.elapsed() < 100);
    }

    void nanWeights_loadsAndHoldsTheNaN() {
        STUDIO_NEEDS_ASSET(folder, "datasets/malformed/model/nan_weights");
        const ModelConfig config = readModelConfig(folder);
        const WeightFiles weights(folder);
        checkWeights(config, weights);
        bool found = false;
        for (std::uint64_t i = 0; i < weights.entry("model.norm.weight").elementCount(); ++i) {
            float number = 0;
            std::memcpy(&number, weights.data("model.norm.weight") + 4 * i, 4);
            found = found || std::isnan(number);
        }
        QVERIFY(found);
    }
};

STUDIO_TEST(MalformedModelsTest)
#include "malformed_models_test.moc"
