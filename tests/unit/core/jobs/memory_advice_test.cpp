// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/memory_advice.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/byte_text.h"
#include "core/base/error.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

ModelConfig smallModel() {
    ModelConfig model;
    model.vocabSize = 1000;
    model.hiddenSize = 128;
    model.intermediateSize = 512;
    model.layerCount = 4;
    model.headCount = model.keyValueHeadCount = 4;
    model.headSize = 32;
    model.contextLength = 1024;
    return model;
}

std::vector<Example> rowsOf(std::initializer_list<std::size_t> lengths) {
    std::vector<Example> rows;
    for (const std::size_t length : lengths) {
        Example row;
        row.ids.resize(length);
        rows.push_back(row);
    }
    return rows;
}

TrainSettings largeBatch() {
    TrainSettings settings;
    settings.batchRows = 8;
    settings.accumulation = 2;
    settings.cutoff = 1024;
    settings.precision = "float32";
    return settings;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

class MemoryAdviceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void advice_largeBatch_namesForecastAndTheThreeMildestWays() {
        const ModelConfig model = smallModel();
        const std::vector<Example> rows = rowsOf({1000, 900, 800, 700, 600, 500, 400, 300});
        const TrainSettings settings = largeBatch();
        const MemoryNeed need{model, settings, rows, 0, 555'000'000};
        const Error error = notEnoughMemory(need, "training");
        QVERIFY(error.code() == ErrorCode::OutOfMemory);
        const std::string total = byteText(estimateNeed(need, settings).total());
        QVERIFY2(has(error.cause(), "about " + total + " are needed"), error.what());
        QVERIFY2(has(error.cause(), "555 MB were free"), error.what());
        QCOMPARE(error.args().front(), total);
        // Everything fits: what changes the training least comes first, each with what it needs.
        TrainSettings parts = settings;
        parts.batchTokens = 2600;  // half of the heaviest batch
        QVERIFY2(has(error.nextStep(), "batch_tokens=2600 for the same steps in smaller parts (about " +
                                           byteText(estimateNeed(need, parts).total()) + ")"),
                 error.what());
        TrainSettings again = settings;
        again.gradientCheckpointing = true;
        QVERIFY2(has(error.nextStep(),
                     "gradient_checkpointing=true for the same steps, about a quarter slower (about " +
                         byteText(estimateNeed(need, again).total()) + ")"),
                 error.what());
        QVERIFY2(has(error.nextStep(), "optimizer=adamw8bit (about "), error.what());
        QVERIFY2(has(error.nextStep(), "a smaller base model"), error.what());
        QVERIFY2(!has(error.nextStep(), "method=lora") && !has(error.nextStep(), "cutoff="), error.what());
    }

    void advice_littleIsFree_whatFitsComesFirst() {
        ModelConfig model = smallModel();
        model.layerCount = 200;  // so that weights, gradients and moments are most of it
        const std::vector<Example> rows = rowsOf({60, 50, 40, 30});
        const TrainSettings settings = largeBatch();
        const MemoryNeed all{model, settings, rows, 0, 0};
        TrainSettings lora = settings;
        lora.method = "lora";
        TrainSettings recomputed = settings;
        recomputed.gradientCheckpointing = true;
        // Room for adapters alone.
        const std::uint64_t room = estimateNeed(all, lora).total() + 1'000'000;
        QVERIFY(room < estimateNeed(all, recomputed).total());
        const Error error = notEnoughMemory({model, settings, rows, 0, room}, "training");
        QVERIFY2(has(error.nextStep(), "Train with method=lora (about "), error.what());
    }

    void advice_whatIsSetAlready_isNotOffered() {
        const ModelConfig model = smallModel();
        const std::vector<Example> rows = rowsOf({1000, 900, 800, 700, 600, 500, 400, 300});
        TrainSettings settings = largeBatch();
        settings.gradientCheckpointing = true;
        settings.method = "lora";
        settings.optimizer = "sgd";
        settings.batchTokens = 4000;
        const Error error = notEnoughMemory({model, settings, rows, 0, 0}, "training");
        for (const char* offered : {"gradient_checkpointing", "adamw8bit", "method=lora"})
            QVERIFY2(!has(error.nextStep(), offered), error.what());
        QVERIFY2(has(error.nextStep(), "batch_tokens=2000 "), error.what());
        QVERIFY2(has(error.nextStep(), "cutoff=500 "), error.what());
    }

    void advice_oneShortRow_leavesTheSmallerModel() {
        const ModelConfig model = smallModel();
        const std::vector<Example> rows = rowsOf({100});
        TrainSettings settings;
        settings.batchRows = 1;
        settings.cutoff = 1024;
        const Error error = notEnoughMemory({model, settings, rows, 0, 0, "cuda:0"}, "training");
        QVERIFY2(!has(error.nextStep(), "batch_tokens") && !has(error.nextStep(), "cutoff"), error.what());
        QVERIFY2(has(error.nextStep(), "a smaller base model"), error.what());
        QVERIFY2(!has(error.cause(), "free"), error.what());
    }

    void availableMemory_underALimitOfTheAddressSpace_isWhatThatLeaves() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("A sanitizer takes terabytes of address space for itself.");
#endif
        const pid_t child = ::fork();
        if (child == 0) {
            const rlimit limit{6'000'000'000, 6'000'000'000};
            const bool set = ::setrlimit(RLIMIT_AS, &limit) == 0;
            const std::uint64_t available = availableMemoryBytes();
            ::_exit(set && available > 0 && available < 6'000'000'000 ? 0 : 1);
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
    }
};

STUDIO_TEST(MemoryAdviceTest)
#include "memory_advice_test.moc"
