// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_export.h"

#include <cstring>
#include <limits>

#include "core/formats/gguf_file.h"
#include "core/formats/half_floats.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/small_disk.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_model.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

/// A tensor of a file as numbers; F32 and F16.
std::vector<float> numbersOf(const fs::path& path, const std::string& name) {
    const GgufFile file(path);
    const GgufTensorInfo* info = file.tensor(name);
    if (!info) return {};
    const std::string bytes = readFile(path).substr(file.dataBegin() + info->offset, info->bytes());
    std::vector<float> numbers;
    if (info->type == GgufType::Float32) {
        numbers.resize(bytes.size() / 4);
        std::memcpy(numbers.data(), bytes.data(), bytes.size());
    }
    for (std::size_t i = 0; info->type == GgufType::Float16 && i + 1 < bytes.size(); i += 2) {
        std::uint16_t half = 0;
        std::memcpy(&half, bytes.data() + i, 2);
        numbers.push_back(floatOfFloat16(half));
    }
    return numbers;
}

GgufExportResult exported(const test::TemporaryFolder& folder, GgufType type = GgufType::Float32) {
    return exportGguf({folder.path(), folder / "out.gguf", type, "", {}});
}

template <typename Value>
Value valueOf(const fs::path& path, const std::string& key) {
    const GgufFile file(path);
    const GgufValue* value = file.find(key);
    return value && std::holds_alternative<Value>(*value) ? std::get<Value>(*value) : Value();
}

std::size_t filesIn(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

class GgufExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void export_llama_pairsBecomeNeighbours() {
        const test::TemporaryFolder folder;
        OrderedJson json = test::smallConfig("LlamaForCausalLM");
        json["attention_bias"] = true;
        const auto weights = test::writeModel(folder.path(), json);
        test::writePieces(folder.path());
        const GgufExportResult result = exported(folder);
        QCOMPARE(result.architecture, std::string("llama"));
        for (const auto& [ours, theirs, heads] :
             {std::tuple("attn_q", "q_proj", 4), std::tuple("attn_k", "k_proj", 2)}) {
            const std::string source = std::string("model.layers.1.self_attn.") + theirs;
            const auto& rows = weights.at(source + ".weight");
            const auto& bias = weights.at(source + ".bias");
            const auto turned = numbersOf(folder / "out.gguf", std::string("blk.1.") + ours + ".weight");
            const auto turnedBias = numbersOf(folder / "out.gguf", std::string("blk.1.") + ours + ".bias");
            QCOMPARE(turned.size(), rows.size());
            for (int head = 0; head < heads; ++head) {
                for (int i = 0; i < 4; ++i) {
                    for (int half = 0; half < 2; ++half) {
                        const std::size_t from = head * 8 + half * 4 + i, to = head * 8 + 2 * i + half;
                        QCOMPARE(turnedBias[to], bias[from]);
                        for (std::size_t column = 0; column < 32; ++column)
                            QCOMPARE(turned[to * 32 + column], rows[from * 32 + column]);
                    }
                }
            }
        }
        QCOMPARE(numbersOf(folder / "out.gguf", "blk.0.attn_v.weight"),
                 weights.at("model.layers.0.self_attn.v_proj.weight"));
        QCOMPARE(numbersOf(folder / "out.gguf", "output.weight"), weights.at("lm_head.weight"));
        QCOMPARE(valueOf<std::uint32_t>(folder / "out.gguf", "llama.attention.head_count_kv"), 2U);
    }

    void export_qwen_keepsItsRows() {
        const test::TemporaryFolder folder;
        for (const char* architecture : {"Qwen2ForCausalLM", "Qwen3ForCausalLM"}) {
            const auto weights = test::writeModel(folder.path(), test::smallConfig(architecture));
            test::writePieces(folder.path());
            exported(folder);
            QCOMPARE(numbersOf(folder / "out.gguf", "blk.0.attn_q.weight"),
                     weights.at("model.layers.0.self_attn.q_proj.weight"));
        }
        QCOMPARE(valueOf<std::uint32_t>(folder / "out.gguf", "qwen3.attention.key_length"), 16U);
        QCOMPARE(numbersOf(folder / "out.gguf", "blk.1.attn_k_norm.weight").size(), std::size_t{16});
    }

    void export_gpt2_turnsItsMatricesRound() {
        const test::TemporaryFolder folder;
        const auto weights = test::writeModel(folder.path(), test::smallConfig("GPT2LMHeadModel"));
        test::writePieces(folder.path());
        exported(folder);
        const auto& stored = weights.at("transformer.h.1.attn.c_attn.weight");  // [32, 96]
        const auto turned = numbersOf(folder / "out.gguf", "blk.1.attn_qkv.weight");
        QCOMPARE(turned.size(), stored.size());
        for (std::size_t row = 0; row < 96; ++row)
            for (std::size_t column = 0; column < 32; ++column)
                QCOMPARE(turned[row * 32 + column], stored[column * 96 + row]);
        QCOMPARE(numbersOf(folder / "out.gguf", "position_embd.weight"),
                 weights.at("transformer.wpe.weight"));
        QVERIFY(numbersOf(folder / "out.gguf", "output.weight").empty());  // the embedding again
    }

    void export_neoX_putsQueriesKeysAndValuesTogether() {
        const test::TemporaryFolder folder;
        OrderedJson json = test::smallConfig("GPTNeoXForCausalLM");
        json["tie_word_embeddings"] = true;
        json["attention_bias"] = false;
        const auto weights = test::writeModel(folder.path(), json);
        test::writePieces(folder.path());
        const GgufExportResult result = exported(folder);
        const auto& stored = weights.at("gpt_neox.layers.0.attention.query_key_value.weight");
        const auto turned = numbersOf(folder / "out.gguf", "blk.0.attn_qkv.weight");
        QCOMPARE(turned.size(), stored.size());
        for (std::size_t head = 0; head < 4; ++head)
            for (std::size_t part = 0; part < 3; ++part)
                for (std::size_t i = 0; i < 8 * 32; ++i)
                    QCOMPARE(turned[(part * 4 + head) * 8 * 32 + i], stored[(head * 3 + part) * 8 * 32 + i]);
        // llama.cpp asks for them: an output matrix of its own, and biases.
        QCOMPARE(numbersOf(folder / "out.gguf", "output.weight"), weights.at("gpt_neox.embed_in.weight"));
        QCOMPARE(numbersOf(folder / "out.gguf", "blk.0.attn_qkv.bias"), std::vector<float>(96, 0.0F));
        QCOMPARE(numbersOf(folder / "out.gguf", "blk.1.attn_output.bias"), std::vector<float>(32, 0.0F));
        QCOMPARE(result.notes.front().rule, std::string("exact_gelu"));
    }

    void export_phi3_keepsItsJoinedMatrices() {
        const test::TemporaryFolder folder;
        const auto weights = test::writeModel(folder.path(), test::smallConfig("Phi3ForCausalLM"));
        test::writePieces(folder.path());
        exported(folder);
        QCOMPARE(numbersOf(folder / "out.gguf", "blk.0.ffn_up.weight"),
                 weights.at("model.layers.0.mlp.gate_up_proj.weight"));
        QCOMPARE(numbersOf(folder / "out.gguf", "blk.0.attn_qkv.weight"),
                 weights.at("model.layers.0.self_attn.qkv_proj.weight"));
    }

    void export_q8_keepsVectorsWideAndUnevenRowsHalf() {
        const test::TemporaryFolder folder;
        test::writeModel(folder.path(), test::smallConfig("LlamaForCausalLM"));
        test::writePieces(folder.path());
        const GgufExportResult result = exported(folder, GgufType::Q8_0);
        const GgufFile file(folder / "out.gguf");
        QVERIFY(file.tensor("blk.0.attn_q.weight")->type == GgufType::Q8_0);
        QVERIFY(file.tensor("token_embd.weight")->type == GgufType::Q8_0);
        QVERIFY(file.tensor("blk.0.ffn_down.weight")->type == GgufType::Float16);  // rows of 48
        QVERIFY(file.tensor("blk.0.attn_norm.weight")->type == GgufType::Float32);
        QCOMPARE(valueOf<std::uint32_t>(folder / "out.gguf", "general.file_type"), 7U);
        QCOMPARE(valueOf<std::uint32_t>(folder / "out.gguf", "general.quantization_version"), 2U);
        QCOMPARE(result.notes.front().rule, std::string("uneven_matrices"));
        QCOMPARE(result.notes.front().args, std::vector<std::string>{"2"});
        QCOMPARE(result.bytes, static_cast<std::uint64_t>(fs::file_size(folder / "out.gguf")));
    }

    void export_numberBeyondFloat16_isToldAndNothingIsWritten() {
        const test::TemporaryFolder folder;
        test::writeModel(folder.path(), test::smallConfig("LlamaForCausalLM"),
                         [](test::WrittenWeights& weights) {
                             weights.at("model.layers.1.mlp.up_proj.weight")[32 * 3 + 5] = 70000.0F;
                         });
        test::writePieces(folder.path());
        const std::size_t before = filesIn(folder.path());
        STUDIO_COMPARE_ERROR_TEXT(
            exported(folder, GgufType::Float16), ErrorCode::SettingInvalid,
            "\"model.layers.1.mlp.up_proj.weight\" has at row 3, column 5 the number 70000");
        QCOMPARE(filesIn(folder.path()), before);
        exported(folder, GgufType::BFloat16);
        exported(folder, GgufType::Float32);
    }

    void export_notFiniteWeight_isRefusedInEveryType() {
        const test::TemporaryFolder folder;
        test::writeModel(folder.path(), test::smallConfig("LlamaForCausalLM"),
                         [](test::WrittenWeights& weights) {
                             weights.at("model.norm.weight")[9] = std::numeric_limits<float>::quiet_NaN();
                         });
        test::writePieces(folder.path());
        for (const GgufType type : {GgufType::Float32, GgufType::Float16, GgufType::BFloat16, GgufType::Q8_0})
            STUDIO_COMPARE_ERROR_TEXT(exported(folder, type), ErrorCode::WeightsInvalid, "not finite");
        QVERIFY(!fs::exists(folder / "out.gguf"));
    }

    void export_overAnotherFile_isRefusedUnlessItIsGguf() {
        const test::TemporaryFolder folder;
        test::writeModel(folder.path(), test::smallConfig("LlamaForCausalLM"));
        test::writePieces(folder.path());
        const std::string weights = readFile(folder / "model.safetensors");
        STUDIO_COMPARE_ERROR_TEXT(
            exportGguf({folder.path(), folder / "model.safetensors", GgufType::Float32, "", {}}),
            ErrorCode::InvalidArgument, "no GGUF file");
        QCOMPARE(readFile(folder / "model.safetensors") == weights, true);
        writeFileAtomically(folder / "out.gguf", "GGUF, an older one");
        exported(folder);
        QVERIFY(GgufFile(folder / "out.gguf").tensors().size() > 10);
        fs::create_symlink("/dev/null", folder / "nowhere");
        STUDIO_COMPARE_ERROR(exportGguf({folder.path(), folder / "nowhere", GgufType::Float32, "", {}}),
                             ErrorCode::InvalidArgument);
        STUDIO_COMPARE_ERROR(exportGguf({folder.path(), folder.path(), GgufType::Float32, "", {}}),
                             ErrorCode::FileUnwritable);
    }

    void export_cancelled_leavesNothing() {
        const test::TemporaryFolder folder;
        test::writeModel(folder.path(), test::smallConfig("LlamaForCausalLM"));
        test::writePieces(folder.path());
        const std::size_t before = filesIn(folder.path());
        std::stop_source stop;
        int calls = 0;
        const auto progress = [&](const Progress&) {
            if (++calls == 5) stop.request_stop();
        };
        const GgufExport request{folder.path(), folder / "out.gguf", GgufType::Float32, "", {}};
        QVERIFY_EXCEPTION_THROWN(exportGguf(request, progress, stop.get_token()), Cancelled);
        QCOMPARE(calls, 5);
        QCOMPARE(filesIn(folder.path()), before);
    }

    void export_progress_growsToTheSizeOfTheFile() {
        const test::TemporaryFolder folder;
        test::writeModel(folder.path(), test::smallConfig("LlamaForCausalLM"));
        test::writePieces(folder.path());
        std::vector<std::int64_t> done;
        std::int64_t total = 0;
        exportGguf({folder.path(), folder / "out.gguf", GgufType::Float16, "", {}},
                   [&](const Progress& progress) {
                       done.push_back(progress.done);
                       total = progress.total;
                   });
        QVERIFY(std::is_sorted(done.begin(), done.end()));
        QCOMPARE(done.back(), total);
        QCOMPARE(total, static_cast<std::int64_t>(fs::file_size(folder / "out.gguf")));
    }

    void export_toADiskThatIsTooSmall_isRefusedBeforeWriting() {
        const test::TemporaryFolder folder, disk;
        test::writeModel(folder.path(), test::smallConfig("LlamaForCausalLM"));
        test::writePieces(folder.path());
        STUDIO_ON_SMALL_DISK(disk.path(), 64 * 1024, [&]() -> std::string {
            bool written = false;
            const auto error = test::errorOf([&] {
                exportGguf({folder.path(), disk / "out.gguf", GgufType::Float32, "", {}},
                           [&](const Progress&) { written = true; });
            });
            if (!error || error->code() != ErrorCode::DiskFull) return "it was not refused as a full disk";
            if (written || filesIn(disk.path()) != 0) return "something was written";
            return std::string(error->what()).find(" bytes free") == std::string::npos ? error->what() : "";
        });
    }

    void export_nameOfPhi3_isOnlyForModelsWithItsTokens() {
        const test::TemporaryFolder folder;
        const auto nameOf = [&](const std::string& name) {
            exportGguf({folder.path(), folder / "out.gguf", GgufType::Float32, name, {}});
            return valueOf<std::string>(folder / "out.gguf", "general.name");
        };
        test::writeModel(folder.path(), test::smallConfig("Phi3ForCausalLM"));
        test::writePieces(folder.path());
        QCOMPARE(nameOf("Phi-3-mini phi3 child"), std::string("Phi 3-mini phi 3 child"));
        writeJsonFile(folder / "added_tokens.json", {{"<|endoftext|>", 9}});
        QCOMPARE(nameOf("Phi-3-mini"), std::string("Phi-3-mini"));
        QCOMPARE(nameOf("child"), std::string("child (Phi-3)"));
        test::writeModel(folder.path(), test::smallConfig("LlamaForCausalLM"));
        QCOMPARE(nameOf("my-PHI3"), std::string("my-PHI 3"));
    }

    void export_name_isTheFoldersOrTheGivenOne() {
        const test::TemporaryFolder folder;
        test::writeModel(folder.path(), test::smallConfig("LlamaForCausalLM"));
        test::writePieces(folder.path());
        exported(folder);
        QCOMPARE(valueOf<std::string>(folder / "out.gguf", "general.name"),
                 folder.path().filename().string());
        exportGguf({folder.path(), folder / "out.gguf", GgufType::Float32, "mine", "{{ messages }}"});
        QCOMPARE(valueOf<std::string>(folder / "out.gguf", "general.name"), std::string("mine"));
        QCOMPARE(valueOf<std::string>(folder / "out.gguf", "tokenizer.chat_template"),
                 std::string("{{ messages }}"));
    }
};

STUDIO_TEST(GgufExportTest)
#include "gguf_export_test.moc"
