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

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

class MemoryAdviceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void advice_largeBatch_namesForecastAndThreeWays() {
        const ModelConfig model = smallModel();
        const std::vector<Example> rows = rowsOf({1000, 900, 800, 700, 600, 500, 400, 300});
        TrainSettings settings;
        settings.batchRows = 8;
        settings.accumulation = 2;
        settings.cutoff = 1024;
        const MemoryNeed need{model, settings, rows, 0, 500'000'000};
        const Error error = notEnoughMemory(need, "training");
        QVERIFY(error.code() == ErrorCode::OutOfMemory);
        const std::string total = byteText(estimateNeed(need, settings).total());
        QVERIFY2(has(error.cause(), "about " + total + " are needed"), error.what());
        QVERIFY2(has(error.cause(), "500 MB were free"), error.what());
        QCOMPARE(error.args().front(), total);
        QVERIFY2(has(error.nextStep(), "batch_rows=4 with accumulation=4"), error.what());
        QVERIFY2(has(error.nextStep(), "cutoff=500"), error.what());
        QVERIFY2(has(error.nextStep(), "a smaller base model"), error.what());
        QVERIFY2(has(error.nextStep(), "gradient_checkpointing=true"), error.what());
        QVERIFY2(has(error.nextStep(), "method=lora"), error.what());
        // What is advised needs less.
        for (const auto& [rows, cutoff] : {std::pair{4, 1024}, {8, 500}}) {
            TrainSettings less = settings;
            less.batchRows = rows;
            less.cutoff = cutoff;
            QVERIFY(estimateNeed(need, less).total() < estimateNeed(need, settings).total());
        }
    }

    void advice_oneShortRow_leavesTheSmallerModel() {
        const ModelConfig model = smallModel();
        const std::vector<Example> rows = rowsOf({100});
        TrainSettings settings;
        settings.batchRows = 1;
        settings.cutoff = 1024;
        const Error error = notEnoughMemory({model, settings, rows, 0, 0, "cuda:0"}, "training");
        QVERIFY2(!has(error.nextStep(), "batch_rows") && !has(error.nextStep(), "cutoff"), error.what());
        QVERIFY2(has(error.nextStep(), "a smaller base model"), error.what());
        QVERIFY2(!has(error.cause(), "free"), error.what());
    }

    void availableMemory_underALimitOfTheAddressSpace_isWhatThatLeaves() {
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
