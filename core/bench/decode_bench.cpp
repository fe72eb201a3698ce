// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/decode_bench.h"

#include <memory>

#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/bench/memory_bandwidth.h"
#include "core/bench/number_tokenizer.h"
#include "core/bench/references.h"
#include "core/bench/shape_runs.h"
#include "core/bench/stopwatch.h"
#include "core/bench/training_step.h"
#include "core/generate/batch_generator.h"
#include "core/tensor/kernels/kernel_table.h"

namespace studio {

namespace {

/// Tokens of one measurement, from an empty cache on.
constexpr std::int64_t kTokens = 128;
constexpr std::size_t kPrompts = 200;
/// One by one every so manyth prompt is answered.
constexpr std::size_t kOneByOneStep = 5;

const std::string kOneSequence = "one sequence";

/// Bytes of weights that a token reads.
double weightBytes(const ModelConfig& config, DecodeFormat format) {
    const auto hidden = static_cast<double>(config.hiddenSize),
               wide = static_cast<double>(config.intermediateSize);
    const auto heads = static_cast<double>(config.headCount * config.headSize);
    const auto keyHeads = static_cast<double>(config.keyValueHeadCount * config.headSize);
    const double block = hidden * (2.0 * heads + 2.0 * keyHeads) + (config.gelu ? 2.0 : 3.0) * hidden * wide;
    const double values =
        static_cast<double>(config.layerCount) * block + static_cast<double>(config.vocabSize) * hidden;
    const double scales = 2.0 / static_cast<double>(kInt8Group);
    return values * (format == DecodeFormat::Float32    ? 4.0
                     : format == DecodeFormat::Bfloat16 ? 2.0
                                                        : 1.0 + scales);
}

/// One way to decode one shape.
struct Contender {
    std::string name, precision;
    const Decoder* model = nullptr;
    std::unique_ptr<NextTokenScorer> scorer;
    DecodeFormat format = DecodeFormat::Float32;
    std::vector<double> seconds{};

    void run() {
        const std::int64_t words = model->config().vocabSize;
        KeyValueCache cache(model->config(), kTokens, at::kCPU);
        std::int64_t id = 1;
        const Stopwatch watch;
        for (std::int64_t i = 0; i < kTokens; ++i)
            id = cpuKernels().decode.summarize(scorer->next({{id, &cache}}), words).highest;
        seconds.push_back(watch.seconds() / static_cast<double>(kTokens));
    }
};

std::vector<GenerationRequest> testSet(const ModelConfig& config) {
    Random random(3);
    std::vector<GenerationRequest> requests(kPrompts);
    for (GenerationRequest& request : requests) {
        const std::uint64_t length = 16 + random.below(33);
        for (std::uint64_t i = 0; i < length; ++i)
            request.prompt.push_back(
                static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(config.vocabSize))));
        request.settings.maxNewTokens = static_cast<std::int64_t>(24 + random.below(49));
    }
    return requests;
}

class ShapeBench {
public:
    ShapeBench(const BenchShape& shape, const BenchJob& job, JobObserver& observer,
               const std::stop_token& stop)
        : m_shape(shape), m_job(job), m_observer(observer), m_stop(stop), m_threads(useThreads(job)) {
        observer.onEvent(StageEvent{"preparing " + shape.name, 0, 0});
        m_references = References(job, shape.name, observer, stop).decoding();
        m_float32 = modelOf(at::kFloat);
        // Elsewhere the products of a prompt are faster in float32.
        if (cpuHasFastBfloat16()) m_bfloat16 = modelOf(at::kBFloat16);
        add("float32", *m_float32, DecodeFormat::Float32);
        add("bfloat16", m_bfloat16 ? *m_bfloat16 : *m_float32, DecodeFormat::Bfloat16);
        add("int8", *m_float32, DecodeFormat::Int8);
        if (job.references && m_references.empty())
            m_contenders.push_back({"ATen", "float32", m_float32.get(), makeAtenScorer(*m_float32)});
    }

    void run() {
        for (std::int64_t round = 0; round <= m_job.rounds; ++round) {
            for (Contender& contender : m_contenders) {
                throwIfStopped(m_stop);
                m_memory.measure();
                contender.run();
                if (round == 0) contender.seconds.clear();  // its memory was made
            }
            m_observer.onEvent(StageEvent{"measuring " + m_shape.name, round, m_job.rounds});
            if (round == 0) continue;  // the references are warm
            for (Reference& reference : m_references) reference.measure(m_stop);
        }
        for (const Contender& contender : m_contenders) m_rows.push_back(rowOf(contender));
        for (const Reference& reference : m_references)
            addReferenceRow(m_rows, {"decode", m_shape.name, kOneSequence}, reference);
        m_references.clear();  // their memory is of use now
        if (m_shape.name == "b") runTestSet();
    }

    const std::vector<BenchRow>& rows() const { return m_rows; }

private:
    std::unique_ptr<Decoder> modelOf(at::ScalarType type) const {
        Compute compute;
        compute.matmulType = type;
        compute.threads = m_threads;
        compute.fused = true;
        auto model = std::make_unique<Decoder>(m_shape.config, compute);
        model->initialize(1);
        return model;
    }

    void add(const std::string& precision, const Decoder& model, DecodeFormat format) {
        m_contenders.push_back({"fused", precision, &model, makeNextTokenScorer(model, format), format});
    }

    BenchRow rowOf(const Contender& contender) const {
        BenchRow row;
        row.bench = "decode";
        row.shape = m_shape.name;
        row.contender = contender.name;
        row.precision = contender.precision;
        row.task = kOneSequence;
        const double seconds = median(contender.seconds);
        row.milliseconds = seconds * 1e3;
        row.tokensPerSecond = 1.0 / seconds;
        row.ceilingShare =
            weightBytes(m_shape.config, contender.format) / seconds / m_memory.bytesPerSecond();
        row.ceilingGigabytes = m_memory.bytesPerSecond() * 1e-9;
        return row;
    }

    void runTestSet() {
        const std::vector<GenerationRequest> all = testSet(m_shape.config);
        std::vector<GenerationRequest> some;
        for (std::size_t i = 0; i < all.size(); i += kOneByOneStep) some.push_back(all[i]);
        const std::string set = std::to_string(kPrompts) + " prompts", oneByOne = set + ", one by one";
        std::int64_t done = 0;
        for (Contender& contender : m_contenders) {
            if (!contender.scorer->fused()) continue;
            m_observer.onEvent(StageEvent{"answering " + set, done++, 3});
            const auto [together, alone] = answered(contender, all, some);
            addAnswers(contender, set + " together", together).comparedTo = oneByOne;
            addAnswers(contender, oneByOne, alone);
        }
    }

    struct Answers {
        double seconds = 0.0, tokens = 0.0;
        void add(const Answers& more) { seconds += more.seconds, tokens += more.tokens; }
        double secondsAToken() const { return seconds / tokens; }
    };

    /// Seconds a token of all together and of some one by one, half of them before and half after.
    std::pair<double, double> answered(const Contender& contender, const std::vector<GenerationRequest>& all,
                                       const std::vector<GenerationRequest>& some) const {
        const BatchLimits oneAtOnce{1, BatchLimits().cacheBytes};
        Answers alone = answer(contender, half(some, false), oneAtOnce);
        const Answers together = answer(contender, all, {});
        alone.add(answer(contender, half(some, true), oneAtOnce));
        return {together.secondsAToken(), alone.secondsAToken()};
    }

    static std::vector<GenerationRequest> half(const std::vector<GenerationRequest>& all, bool second) {
        const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
        return second ? std::vector(middle, all.end()) : std::vector(all.begin(), middle);
    }

    Answers answer(const Contender& contender, const std::vector<GenerationRequest>& requests,
                   const BatchLimits& limits) const {
        const NumberTokenizer tokenizer(m_shape.config.vocabSize);
        std::size_t tokens = 0;
        BatchFunctions functions;
        functions.onAnswer = [&](std::size_t, const Generation& answer) { tokens += answer.ids.size(); };
        const Stopwatch watch;
        generateBatch(*contender.model, *contender.scorer, tokenizer, requests, limits, functions, m_stop);
        throwIfStopped(m_stop);
        return {watch.seconds(), static_cast<double>(tokens)};
    }

    BenchRow& addAnswers(const Contender& contender, const std::string& task, double secondsAToken) {
        BenchRow row;
        row.bench = "decode";
        row.shape = m_shape.name;
        row.contender = contender.name;
        row.precision = contender.precision;
        row.task = task;
        row.milliseconds = secondsAToken * 1e3;
        row.tokensPerSecond = 1.0 / secondsAToken;
        m_rows.push_back(row);
        return m_rows.back();
    }

    const BenchShape& m_shape;
    const BenchJob& m_job;
    JobObserver& m_observer;
    std::stop_token m_stop;
    std::vector<Reference> m_references;
    MemoryBandwidth m_memory;
    int m_threads;
    std::unique_ptr<Decoder> m_float32, m_bfloat16;
    std::vector<Contender> m_contenders;
    std::vector<BenchRow> m_rows;
};

}  // namespace

BenchResult benchDecoding(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    return measureShapes(job, {"a", "b", "c"}, observer, [&](const BenchShape& shape) {
        ShapeBench bench(shape, job, observer, stop);
        bench.run();
        return bench.rows();
    });
}

}  // namespace studio
