// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/formats/adapter_files.h"
#include "core/formats/model_folders.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/pickled_adapter.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_adapter.h"

using namespace studio;
namespace fs = std::filesystem;

class AdapterSummaryTest : public QObject {
    Q_OBJECT

private:
    test::TemporaryFolder m_folder;

    fs::path base() const { return m_folder / "models/base"; }
    /// An adapter in a folder below the test's, that names its base so.
    fs::path adapter(const std::string& name, const std::string& baseName) const {
        test::writeAdapter(m_folder / name, readModelConfig(base()), {.base = baseName});
        return m_folder / name;
    }

private Q_SLOTS:
    void initTestCase() { test::writeSmallModel(base()); }

    void base_whereItMayLie_isFound_data() {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("found");
        const QString whole = QString::fromStdString(base().string());
        QTest::newRow("whole path") << "adapters/one" << whole << true;
        QTest::newRow("beside the adapter") << "models/two"
                                            << "base" << true;
        QTest::newRow("the folder it lies in") << "models/base/lora"
                                               << "someone/base" << true;
        QTest::newRow("further up") << "models/base/training/lora"
                                    << "base" << true;
        QTest::newRow("another name") << "models/base/other"
                                      << "someone/else" << false;
        QTest::newRow("not on this machine") << "adapters/three"
                                             << "/nowhere/base" << false;
        QTest::newRow("not said") << "models/base/none"
                                  << "" << false;
    }
    void base_whereItMayLie_isFound() {
        QFETCH(QString, folder);
        QFETCH(QString, name);
        QFETCH(bool, found);
        const fs::path base = adapterBase(adapter(folder.toStdString(), name.toStdString()));
        QCOMPARE(!base.empty(), found);
        if (found) QVERIFY2(sameFolder(base, this->base()), base.c_str());
    }

    void base_ofDamagedOrMissingAdapter_isNone() {
        makeFolders(m_folder / "damaged");
        writeFileAtomically(m_folder / "damaged" / kAdapterConfigFile, "{");
        QVERIFY(adapterBase(m_folder / "damaged").empty());
        QVERIFY(adapterBase(m_folder / "missing").empty());
    }

    void summary_ofAnAdapter_saysWhatItAdapts() {
        const fs::path folder = adapter("adapters/whole", base().string());
        const AdapterSummary summary = summarizeAdapter(folder, base());
        QCOMPARE(summary.config.rank, std::int64_t(4));
        QCOMPARE(summary.config.alpha, 8.0);
        QCOMPARE(summary.base, base());
        QCOMPARE(summary.family, std::string("Llama"));
        QCOMPARE(summary.baseConfig.hiddenSize, std::int64_t(16));
        QCOMPARE(summary.targets, (std::vector<std::string>{"q_proj", "v_proj"}));
        // Two layers with two projections of 16 × 16, each of two factors.
        QCOMPARE(summary.parameters, std::int64_t(2 * 2 * 2 * 4 * 16));
        QCOMPARE(summary.held, summary.parameters);
        QCOMPARE(summary.bytes, std::uint64_t(fs::file_size(folder / kAdapterWeightsFile)));
    }

    void summary_modulesOfOtherRanks_areHeldAsWideAsTheWidestOfTheirProduct() {
        const fs::path folder = adapter("adapters/patterned", base().string());
        const std::vector<float> zeros(5 * 48);
        std::vector<TensorToWrite> tensors;
        const auto add = [&](const std::string& module, std::int64_t rank, std::int64_t inputs,
                             std::int64_t outputs) {
            const auto* bytes = reinterpret_cast<const std::byte*>(zeros.data());
            const std::string name = peftName("model.layers.0." + module);
            tensors.push_back({name + ".lora_A.weight", TensorType::Float32, {rank, inputs}, bytes});
            tensors.push_back({name + ".lora_B.weight", TensorType::Float32, {outputs, rank}, bytes});
        };
        add("self_attn.q_proj", 4, 16, 16);
        add("self_attn.v_proj", 1, 16, 16);
        add("self_attn.o_proj", 2, 16, 16);  // a product of its own
        add("mlp.up_proj", 5, 16, 32);       // beside the gate, which has no factors
        writeSafetensors(folder / kAdapterWeightsFile, tensors);
        OrderedJson json = readJsonFile(folder / kAdapterConfigFile);
        json["rank_pattern"] = {{"v_proj", 1}, {"o_proj", 2}, {"up_proj", 5}};
        json.erase("target_modules");
        writeJsonFile(folder / kAdapterConfigFile, json);
        const AdapterSummary summary = summarizeAdapter(folder, base());
        const std::int64_t apart = 2 * (16 + 16) + 5 * (16 + 32);
        QCOMPARE(summary.parameters, std::int64_t((4 + 1) * (16 + 16) + apart));
        QCOMPARE(summary.held, std::int64_t((4 + 4) * (16 + 16) + apart));
    }

    void summary_pickledWeights_areTheSame() {
        const fs::path folder = adapter("adapters/old", base().string());
        const AdapterSummary before = summarizeAdapter(folder, base());
        const std::string hash = adaptedModelHash("a", folder);
        test::pickleAdapter(folder);
        const AdapterSummary summary = summarizeAdapter(folder, base());
        QCOMPARE(summary.targets, before.targets);
        QCOMPARE(summary.parameters, before.parameters);
        QCOMPARE(summary.bytes, std::uint64_t(fs::file_size(folder / kAdapterPickleFile)));
        QVERIFY(adaptedModelHash("a", folder) != hash);
        fs::remove(folder / kAdapterPickleFile);
        STUDIO_COMPARE_ERROR(adaptedModelHash("a", folder), ErrorCode::WeightsInvalid);
    }

    void summary_baseThatStatesAnotherType_hasThatOfItsFiles() {
        const fs::path claims = m_folder / "claims";
        test::writeSmallModel(claims);
        OrderedJson json = readJsonFile(claims / "config.json");
        json["torch_dtype"] = "bfloat16";
        writeJsonFile(claims / "config.json", json);
        QCOMPARE(readModelConfig(claims).storedType, TensorType::BFloat16);
        const AdapterSummary summary = summarizeAdapter(adapter("adapters/typed", claims.string()), claims);
        QCOMPARE(summary.baseConfig.storedType, TensorType::Float32);
    }

    void summary_besideASoundBase_readsNothingOfIt() {
        const fs::path sound = m_folder / "sound";
        test::writeSmallModel(sound);
        const ModelConfig config = summarizeModel(sound).config;
        const fs::path folder = adapter("adapters/beside", sound.string());
        fs::remove_all(sound);
        STUDIO_COMPARE_ERROR(summarizeAdapter(folder, sound), ErrorCode::FileNotFound);
        const AdapterSummary summary = summarizeAdapter(folder, sound, config);
        QCOMPARE(summary.base, sound);
        QCOMPARE(summary.baseConfig.hiddenSize, std::int64_t(16));
        QCOMPARE(summary.targets, (std::vector<std::string>{"q_proj", "v_proj"}));
        // That the adapter fits is found out all the same.
        test::writeSmallModel(m_folder / "broader", 32);
        STUDIO_COMPARE_ERROR(summarizeAdapter(folder, sound, readModelConfig(m_folder / "broader")),
                             ErrorCode::WeightsInvalid);
    }

    void summary_withoutFittingBase_isRefused() {
        const fs::path folder = adapter("adapters/alone", "someone/base");
        STUDIO_COMPARE_ERROR_TEXT(summarizeAdapter(folder, {}), ErrorCode::FileNotFound, "someone/base");
        STUDIO_COMPARE_ERROR_TEXT(summarizeAdapter(folder, m_folder / "gone"), ErrorCode::FileNotFound,
                                  "gone");
        STUDIO_COMPARE_ERROR_TEXT(summarizeAdapter(folder, {}), ErrorCode::FileNotFound,
                                  "--model beside --adapter");
        STUDIO_COMPARE_ERROR_TEXT(summarizeAdapter(adapter("adapters/silent", ""), {}),
                                  ErrorCode::FileNotFound, "does not say which base model");
        test::writeSmallModel(m_folder / "wider", 32);
        STUDIO_COMPARE_ERROR(summarizeAdapter(folder, m_folder / "wider"), ErrorCode::WeightsInvalid);
        STUDIO_COMPARE_ERROR(summarizeAdapter(base(), base()), ErrorCode::FileNotFound);
    }

    void hash_namesModelFactorsAndStrength() {
        const fs::path folder = m_folder / "adapters/hashed";
        const auto hashWith = [&](double alpha, std::uint64_t seed) {
            test::writeAdapter(folder, readModelConfig(base()),
                               {.base = base().string(), .alpha = alpha, .seed = seed});
            return adaptedModelHash(modelHash(base()), folder);
        };
        const std::string hash = hashWith(8.0, 3);
        QVERIFY(hash.starts_with(modelHash(base()) + "+"));
        QCOMPARE(hash.size(), std::size_t(64 + 1 + 64));
        QCOMPARE(hashWith(8.0, 3), hash);
        QVERIFY(hashWith(16.0, 3) != hash);
        QVERIFY(hashWith(8.0, 4) != hash);
        STUDIO_COMPARE_ERROR(adaptedModelHash("a", m_folder / "gone"), ErrorCode::FileNotFound);
    }
};

STUDIO_TEST(AdapterSummaryTest)
#include "adapter_summary_test.moc"
