// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/model_cache.h"

#include <atomic>
#include <cmath>
#include <thread>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/adapter_io.h"
#include "core/formats/json.h"
#include "core/formats/model_folders.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_adapter.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

/// Two arms of a comparison: each has a cache of its own.
struct Arms {
    std::shared_ptr<LoadedModel> get(ModelCache& cache, const fs::path& folder, bool int8 = false) {
        const auto progress = [this](const Progress& done) {
            if (done.done == 1) ++loads;
        };
        return cache.get(folder, chooseCompute("cpu", "float32", 1, 0), int8, progress, {});
    }

    SharedModels shared;
    ModelCache first{shared}, second{shared};
    int loads = 0;
};

/// The scores that follow each of a few tokens, as an answer reads them.
Tensor answerOf(LoadedModel& model) {
    const at::NoGradGuard noGrad;
    const std::vector<std::int64_t> ids{1, 403, 407, 261, 378, 900};
    KeyValueCache cache(model.decoder->config(), static_cast<std::int64_t>(ids.size()), at::kCPU);
    std::vector<Tensor> rows;
    for (const std::int64_t id : ids)
        rows.push_back(at::from_blob(const_cast<float*>(model.scorer->next({{id, &cache, {}}})),
                                     {1, model.decoder->config().vocabSize}, at::kFloat)
                           .clone());
    return at::cat(rows);
}

/// The symbol of a byte in GPT-2's vocabularies, as UTF-8.
std::string symbolOf(int byte) {
    const auto isItself = [](int b) { return (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174; };
    int code = byte;
    if (!isItself(byte)) {
        code = 256;
        for (int b = 0; b < byte; ++b) code += isItself(b) ? 0 : 1;
    }
    return QString(QChar(code)).toStdString();
}

/// The embedded model with a tokenizer of bytes: sentencepiece cannot be loaded beside libtorch in programs
/// with a sanitizer, and these tests are for those, too.
void writeBase(const fs::path& folder) {
    makeFolders(folder);
    for (const char* file : {"config.json", "model.safetensors"})
        fs::copy_file(embeddedModelFolder() / file, folder / file);
    OrderedJson vocabulary = OrderedJson::object();
    for (int byte = 0; byte < 256; ++byte) vocabulary[symbolOf(byte)] = byte;
    writeFileAtomically(folder / "vocab.json", vocabulary.dump());
    writeFileAtomically(folder / "merges.txt", "#version: 0.2\n");
}

const void* memoryOf(const LoadedModel& model) {
    return model.decoder->parameters().front().tensor.data_ptr();
}

}  // namespace

/// One copy of a model for all who answer with it, and adapters beside it.
class ModelCacheTest : public QObject {
    Q_OBJECT

private:
    test::TemporaryFolder m_folder;
    const fs::path m_base = m_folder / "base";

    fs::path adapter(const std::string& name, float size) const {
        test::writeAdapter(m_folder / name, readModelConfig(m_base),
                           {.base = m_base.string(), .size = size, .seed = name.size()});
        return m_folder / name;
    }

private Q_SLOTS:
    void initTestCase() {
        if (embeddedModelFolder().empty()) QSKIP("this build has no embedded model");
        writeBase(m_base);
    }

    void get_sameModelInTwoArms_isLoadedOnceIntoOneMemory() {
        Arms arms;
        const auto base = arms.get(arms.first, m_base);
        const auto tuned = arms.get(arms.second, m_base);
        QCOMPARE(arms.loads, 1);
        QVERIFY(base != tuned && base->decoder != tuned->decoder);
        QVERIFY(memoryOf(*base) == memoryOf(*tuned));
        QVERIFY(base->shared == tuned->shared);
        QVERIFY(at::equal(answerOf(*base), answerOf(*tuned)));
        QCOMPARE(base->shared->hash, modelHash(m_base));
        arms.get(arms.first, m_base);
        QCOMPARE(arms.loads, 1);
    }

    void get_afterAllLetGo_loadsAnew() {
        Arms arms;
        arms.get(arms.first, m_base);
        arms.get(arms.second, m_base);
        arms.first.clear();
        arms.get(arms.first, m_base);  // the other one still has it
        QCOMPARE(arms.loads, 1);
        arms.first.clear();
        arms.second.clear();
        arms.get(arms.first, m_base);
        QCOMPARE(arms.loads, 2);
    }

    void adapters_besideOneArm_leaveTheOtherAsItIsToTheBit_data() {
        QTest::addColumn<bool>("int8");
        QTest::newRow("float32") << false;
        QTest::newRow("int8") << true;
    }
    void adapters_besideOneArm_leaveTheOtherAsItIsToTheBit() {
        QFETCH(bool, int8);
        Arms arms;
        const auto base = arms.get(arms.first, m_base, int8);
        const Tensor before = answerOf(*base);
        const auto tuned = arms.get(arms.second, m_base, int8);
        QVERIFY(at::equal(answerOf(*tuned), before));
        Tensor changed;
        for (const std::string name : {"one", "another", "one"}) {
            LoadedAdapter& beside = ModelCache::adapterOf(*tuned, adapter(name, 0.3F));
            {
                const AttachedAdapters attached(*tuned->decoder, tuned->scorer.get(), beside.factors);
                const Tensor now = answerOf(*tuned);
                QVERIFY((now - before).abs().max().item<double>() > 1e-2);
                QVERIFY(!changed.defined() || !at::equal(now, changed));
                changed = now;
                QVERIFY(at::equal(answerOf(*base), before));
            }
            QVERIFY(at::equal(answerOf(*tuned), before));  // taken away
        }
        QCOMPARE(arms.loads, 1);
        QVERIFY(memoryOf(*base) == memoryOf(*tuned));
    }

    void adapters_withoutEffect_giveTheBaseToTheBit() {
        Arms arms;
        const auto model = arms.get(arms.first, m_base);
        const Tensor before = answerOf(*model);
        LoadedAdapter& beside = ModelCache::adapterOf(*model, adapter("nothing", 0.0F));
        const AttachedAdapters attached(*model->decoder, model->scorer.get(), beside.factors);
        QVERIFY(at::equal(answerOf(*model), before));
    }

    void adapters_withNaN_areRefusedByTheirTensor() {
        Arms arms;
        const auto model = arms.get(arms.first, m_base);
        STUDIO_COMPARE_ERROR_TEXT(ModelCache::adapterOf(*model, adapter("diverged", std::nanf(""))),
                                  ErrorCode::WeightsInvalid, "lora_A.weight\" holds NaN or infinity");
        QVERIFY(model->adapters.empty());
    }

    void adapters_hash_saysWhichWeightsAnswer() {
        Arms arms;
        const auto model = arms.get(arms.first, m_base);
        const fs::path folder = adapter("named", 0.1F);
        const std::string hash = ModelCache::adapterOf(*model, folder).hash;
        QVERIFY(hash.starts_with(model->shared->hash + "+"));
        QCOMPARE(hash, adaptedModelHash(modelHash(m_base), folder));
        // Another strength is another model, though the factors are the same.
        test::writeAdapter(folder, readModelConfig(m_base),
                           {.base = m_base.string(), .alpha = 16.0, .size = 0.1F, .seed = 5});
        QVERIFY(ModelCache::adapterOf(*model, folder).hash != hash);
    }

    void get_folderThatChanged_isLoadedAnew() {
        const fs::path copy = m_folder / "copy";
        fs::copy(m_base, copy, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        Arms arms;
        const auto before = arms.get(arms.first, copy);
        writeFileAtomically(copy / "README.md", "Other words.");
        const auto after = arms.get(arms.second, copy);
        QCOMPARE(arms.loads, 2);
        QVERIFY(memoryOf(*before) != memoryOf(*after));
    }

    void shared_twoAskAtOnce_oneLoadsAndBothHaveIt() {
        SharedModels shared;
        std::atomic<int> loads{0};
        const auto load = [&] {
            ++loads;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            return std::make_shared<const SharedModel>();
        };
        std::shared_ptr<const SharedModel> one, other;
        {
            const std::jthread first([&] { one = shared.get("model", load, {}); });
            const std::jthread second([&] { other = shared.get("model", load, {}); });
        }
        QCOMPARE(loads.load(), 1);
        QVERIFY(one && one == other);
        QVERIFY(shared.get("another", load, {}) != one);
    }

    void shared_loadThatFails_isTriedByWhoWaits() {
        SharedModels shared;
        std::atomic<int> loads{0};
        const auto load = [&]() -> std::shared_ptr<const SharedModel> {
            const int number = ++loads;
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            if (number == 1) throw Error(ErrorCode::WeightsInvalid, "The weights are damaged.", "");
            return std::make_shared<const SharedModel>();
        };
        std::atomic<int> failed{0}, found{0};
        const auto ask = [&] {
            try {
                if (shared.get("model", load, {})) ++found;
            } catch (const Error&) {
                ++failed;
            }
        };
        {
            const std::jthread first(ask);
            const std::jthread second(ask);
        }
        QCOMPARE(failed.load(), 1);
        QCOMPARE(found.load(), 1);
        QCOMPARE(loads.load(), 2);
    }

    void shared_stoppedWhileAnotherLoads_waitsNoLonger() {
        SharedModels shared;
        std::stop_source stop;
        bool cancelled = false;
        const auto load = [&] {
            // Who asks from within waits for himself, until he is stopped.
            stop.request_stop();
            try {
                shared.get(
                    "model", [] { return std::make_shared<const SharedModel>(); }, stop.get_token());
            } catch (const Cancelled&) {
                cancelled = true;
            }
            return std::make_shared<const SharedModel>();
        };
        QVERIFY(shared.get("model", load, {}) != nullptr);
        QVERIFY(cancelled);
    }
};

STUDIO_TEST(ModelCacheTest)
#include "model_cache_test.moc"
