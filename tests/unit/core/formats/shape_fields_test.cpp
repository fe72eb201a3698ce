// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/shape_fields.h"

#include "core/formats/model_family.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_model.h"

using namespace studio;

namespace {

ModelConfig configOf(const OrderedJson& json) {
    return parseModelConfig(json, "config.json");
}

bool mentions(const std::string& fields, const char* key) {
    return (", " + fields).find(", " + std::string(key) + " ") != std::string::npos;
}

}  // namespace

class ShapeFieldsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fields_ofEachKindOfTensor_areNamedWithTheirValues_data() {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QString>("fields");
        const auto row = [](const char* architecture, const char* tensor, const char* fields) {
            QTest::addRow("%s %s", architecture, tensor)
                << QString(architecture) << QString(tensor) << QString(fields);
        };
        const char* llama = "LlamaForCausalLM";
        row(llama, "model.embed_tokens.weight", "vocab_size 40, hidden_size 32");
        row(llama, "lm_head.weight", "vocab_size 40, hidden_size 32");
        row(llama, "model.norm.weight", "hidden_size 32");
        row(llama, "model.layers.1.mlp.up_proj.weight", "intermediate_size 48, hidden_size 32");
        row(llama, "model.layers.0.mlp.down_proj.weight", "hidden_size 32, intermediate_size 48");
        row(llama, "model.layers.0.self_attn.q_proj.weight", "hidden_size 32");
        row(llama, "model.layers.0.self_attn.k_proj.weight",
            "num_key_value_heads 2, hidden_size 32, num_attention_heads 4");
        row(llama, "model.layers.2.mlp.up_proj.weight", "");  // there are two blocks
        const char* qwen3 = "Qwen3ForCausalLM";
        row(qwen3, "model.layers.0.self_attn.q_proj.weight",
            "num_attention_heads 4, head_dim 16, hidden_size 32");
        row(qwen3, "model.layers.0.self_attn.v_proj.weight",
            "num_key_value_heads 2, head_dim 16, hidden_size 32");
        row(qwen3, "model.layers.0.self_attn.o_proj.weight",
            "hidden_size 32, num_attention_heads 4, head_dim 16");
        row(qwen3, "model.layers.0.self_attn.k_norm.weight", "head_dim 16");
        row("Qwen2ForCausalLM", "model.layers.0.self_attn.k_proj.bias",
            "num_key_value_heads 2, hidden_size 32, num_attention_heads 4");
        row("Phi3ForCausalLM", "model.layers.0.self_attn.qkv_proj.weight",
            "hidden_size 32, num_key_value_heads 2, num_attention_heads 4");
        row("Phi3ForCausalLM", "model.layers.0.mlp.gate_up_proj.weight",
            "intermediate_size 48, hidden_size 32");
        const char* gpt2 = "GPT2LMHeadModel";
        row(gpt2, "transformer.wpe.weight", "n_positions 64, n_embd 32");
        row(gpt2, "transformer.h.0.attn.c_attn.weight", "n_embd 32");
        row(gpt2, "transformer.h.1.mlp.c_fc.bias", "n_embd 32");
        row("GPTNeoXForCausalLM", "gpt_neox.layers.0.attention.query_key_value.weight", "hidden_size 32");
    }
    void fields_ofEachKindOfTensor_areNamedWithTheirValues() {
        QFETCH(QString, architecture);
        QFETCH(QString, tensor);
        const ModelConfig config = configOf(test::smallConfig(architecture.toStdString()));
        QTEST(QString::fromStdString(shapeFields(config, tensor.toStdString())), "fields");
    }

    void fields_whereTheFileSaysMoreOrLess_areThoseOfTheFile() {
        OrderedJson gpt2 = test::smallConfig("GPT2LMHeadModel");
        gpt2["n_inner"] = 80;
        QCOMPARE(shapeFields(configOf(gpt2), "transformer.h.0.mlp.c_fc.weight"),
                 std::string("n_inner 80, n_embd 32"));
        gpt2.erase("n_positions");
        gpt2["n_ctx"] = 48;
        QCOMPARE(shapeFields(configOf(gpt2), "transformer.wpe.weight"), std::string("n_ctx 48, n_embd 32"));
        OrderedJson qwen3 = test::smallConfig("Qwen3ForCausalLM");
        qwen3.erase("head_dim");
        QCOMPARE(shapeFields(configOf(qwen3), "model.layers.0.self_attn.q_norm.weight"),
                 std::string("head_dim 128 by default"));
        OrderedJson llama = test::smallConfig("LlamaForCausalLM");
        llama.erase("num_key_value_heads");
        QCOMPARE(shapeFields(configOf(llama), "model.layers.0.self_attn.k_proj.weight"),
                 std::string("hidden_size 32"));
    }

    /// A field is named for those tensors alone whose shape another value of it changes.
    void fields_ofEveryTensor_areThoseThatChangeIt_data() {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QString>("key");
        for (const ModelFamily& family : modelFamilies()) {
            const OrderedJson json = test::smallConfig(family.architecture);
            for (const char* key :
                 {"vocab_size", "hidden_size", "intermediate_size", "n_embd", "n_positions", "head_dim"})
                if (json.contains(key))
                    QTest::addRow("%s %s", family.architecture, key)
                        << QString(family.architecture) << QString(key);
        }
    }
    void fields_ofEveryTensor_areThoseThatChangeIt() {
        QFETCH(QString, architecture);
        QFETCH(QString, key);
        const QByteArray name = key.toUtf8();
        OrderedJson json = test::smallConfig(architecture.toStdString());
        const ModelConfig config = configOf(json);
        json[name.constData()] = 2 * json[name.constData()].get<std::int64_t>();
        const auto others = expectedTensors(configOf(json));
        const auto shapes = expectedTensors(config);
        QVERIFY(!shapes.empty());
        for (const auto& [tensor, shape] : shapes) {
            const std::string fields = shapeFields(config, tensor);
            QVERIFY2(!fields.empty(), tensor.c_str());
            QVERIFY2(mentions(fields, name.constData()) == (others.at(tensor) != shape), tensor.c_str());
        }
    }
};

STUDIO_TEST(ShapeFieldsTest)
#include "shape_fields_test.moc"
