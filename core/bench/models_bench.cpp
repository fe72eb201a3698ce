// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/models_bench.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <span>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/bench/passing_folder.h"
#include "core/bench/random_model.h"
#include "core/bench/shape_runs.h"
#include "core/bench/stopwatch.h"
#include "core/checkpoint/model_io.h"
#include "core/model/next_token_scorer.h"
#include "core/tensor/compute.h"
#include "core/tensor/kernels/kernel_table.h"

namespace studio {

namespace {

constexpr std::int64_t kPromptTokens = 512, kNewTokens = 64;

struct Precision {
    const char* name;
    TensorType stored;
    DecodeFormat format;
    bool ofFiles;  ///< files have it; else the weights are made from float32 ones
};
constexpr Precision kPrecisions[] = {
    {"float32", TensorType::Float32, DecodeFormat::Float32, true},
    {"float32 of bfloat16", TensorType::BFloat16, DecodeFormat::Float32, true},
    {"float32 of float16", TensorType::Float16, DecodeFormat::Float32, true},
    {"bfloat16", TensorType::BFloat16, DecodeFormat::Bfloat16, true},
    {"int8", TensorType::Float32, DecodeFormat::Int8, false}};

/// Seconds of a plain read() of a file into memory of its own, which is where loading has to bring it, too.
double secondsOfReading(const std::filesystem::path& file, std::uint64_t bytes) {
    constexpr std::size_t kAtOnce = 8U << 20;
    const Stopwatch watch;
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    std::uint64_t done = 0;
    while (memory != MAP_FAILED && fd >= 0 && done < bytes) {
        const ssize_t count = ::read(fd, static_cast<char*>(memory) + done, kAtOnce);
        if (count <= 0) break;
        done += static_cast<std::uint64_t>(count);
    }
    const double seconds = watch.seconds();
    if (fd >= 0) ::close(fd);
    if (memory != MAP_FAILED) ::munmap(memory, bytes);
    if (done == bytes) return seconds;
    throw Error(ErrorCode::FileUnreadable, "The file " + file.string() + " cannot be read to its end.",
                "Look whether memory and disk are free.", {file.string()});
}

/// The highest resident memory counts from now on. False where the system does not let us.
bool forgetPeak() {
    std::ofstream file("/proc/self/clear_refs");
    file << "5" << std::flush;
    return file.good();
}

class FamilyBench {
public:
    FamilyBench(const BenchFamily& family, const Precision& precision, const BenchJob& job,
                JobObserver& observer, const std::stop_token& stop)
        : m_family(family), m_precision(precision), m_job(job), m_observer(observer), m_stop(stop) {
        m_compute.threads = useThreads(job.threads);
        m_compute.fused = true;
        // Elsewhere the products of a prompt are faster in float32.
        const bool narrow = precision.format == DecodeFormat::Bfloat16 && cpuHasFastBfloat16();
        m_compute.matmulType = narrow ? at::kBFloat16 : at::kFloat;
    }

    std::vector<BenchRow> rows() {
        tell("writing", 0);
        const PassingFolder folder;
        const RandomModel stored(folder.path(), m_family.config, m_precision.stored);
        std::vector<BenchRow> rows;
        if (m_precision.ofFiles) {
            rows.push_back(load(folder.path(), stored));
        } else {
            m_model = loadModelToAnswer(folder.path(), m_compute, {}, m_stop);
        }
        answer(rows);
        return rows;
    }

private:
    void tell(const std::string& what, std::int64_t round) const {
        m_observer.onEvent(StageEvent{what + " " + m_family.name, round, m_job.rounds});
    }

    BenchRow rowOf(const std::string& task) const {
        BenchRow row;
        row.bench = "models";
        row.shape = m_family.name;
        row.contender = "fused";
        row.precision = m_precision.name;
        row.task = task;
        return row;
    }

    /// The first time for its memory, then again and again for its time, each into memory that is new.
    BenchRow load(const std::filesystem::path& folder, const RandomModel& stored) {
        BenchRow row = rowOf("load");
        row.fileBytes = stored.fileBytes();
        secondsOfReading(stored.file(), row.fileBytes);  // whatever of it was not in the memory is now
        const bool counted = forgetPeak();
        const std::uint64_t before = residentBytes();
        m_model = loadModelToAnswer(folder, m_compute, {}, m_stop);
        if (counted) row.loadBytes = std::max(peakResidentBytes(), before) - before;
        std::vector<double> loads, reads;
        for (std::int64_t round = 0; round < m_job.rounds; ++round) {
            tell("loading", round);
            throwIfStopped(m_stop);
            m_model.reset();
            giveBackFreeHeap();
            reads.push_back(secondsOfReading(stored.file(), row.fileBytes));
            loads.push_back(secondsOf([&] { m_model = loadModelToAnswer(folder, m_compute, {}, m_stop); }));
        }
        const auto bytes = static_cast<double>(row.fileBytes);
        row.milliseconds = median(loads) * 1e3;
        row.loadedGigabytes = bytes / median(loads) * 1e-9;
        row.ceilingGigabytes = bytes / median(reads) * 1e-9;
        row.ceilingShare = median(reads) / median(loads);
        return row;
    }

    void answer(std::vector<BenchRow>& rows) {
        const auto scorer = makeNextTokenScorer(*m_model, m_precision.format);
        std::vector<double> prompts, tokens;
        for (std::int64_t round = 0; round <= m_job.rounds; ++round) {
            tell("answering with", round);
            throwIfStopped(m_stop);
            KeyValueCache cache(m_model->config(), kPromptTokens + kNewTokens, at::kCPU);
            std::int64_t id = 0;
            const double prompt = secondsOf([&] { id = takePrompt(*scorer, cache); });
            const double written = secondsOf([&] {
                for (std::int64_t i = 0; i < kNewTokens; ++i) id = best(scorer->next({{id, &cache}}));
            });
            if (round == 0) continue;  // its memory was made
            prompts.push_back(prompt);
            tokens.push_back(written / static_cast<double>(kNewTokens));
        }
        rows.push_back(rateOf("prompt of " + std::to_string(kPromptTokens), median(prompts), kPromptTokens));
        rows.push_back(rateOf(std::to_string(kNewTokens) + " tokens behind it", median(tokens), 1));
    }

    BenchRow rateOf(const std::string& task, double seconds, std::int64_t tokens) const {
        BenchRow row = rowOf(task);
        row.milliseconds = seconds * 1e3;
        row.tokensPerSecond = static_cast<double>(tokens) / seconds;
        return row;
    }

    std::int64_t best(const float* scores) const {
        return cpuKernels().decode.summarize(scores, m_model->config().vocabSize).highest;
    }

    /// As answers do it (core/generate/batch_generator.cpp). The first token behind the prompt.
    std::int64_t takePrompt(NextTokenScorer& scorer, KeyValueCache& cache) const {
        Random random(9);
        std::vector<std::int64_t> prompt;
        for (std::int64_t i = 0; i < kPromptTokens; ++i)
            prompt.push_back(static_cast<std::int64_t>(
                random.below(static_cast<std::uint64_t>(m_model->config().vocabSize))));
        const std::span<const std::int64_t> before(prompt.data(), prompt.size() - 1);
        const auto count = static_cast<std::int64_t>(before.size());
        if (count <= scorer.mostPromptTokens()) return best(scorer.next({{prompt.back(), &cache, before}}));
        m_model->fillCache(at::from_blob(prompt.data(), {count}, at::kLong), cache);
        return best(scorer.next({{prompt.back(), &cache}}));
    }

    const BenchFamily& m_family;
    const Precision& m_precision;
    const BenchJob& m_job;
    JobObserver& m_observer;
    std::stop_token m_stop;
    Compute m_compute;
    std::unique_ptr<Decoder> m_model;
};

[[noreturn]] void throwUnknown(const std::string& what, const std::string& name, const std::string& known) {
    throw Error(ErrorCode::InvalidArgument, "There is no " + what + " \"" + name + "\" in this bench.",
                "Use " + known + ".", {name});
}

const Precision& precisionNamed(const std::string& name) {
    for (const Precision& precision : kPrecisions)
        if (name == precision.name) return precision;
    throwUnknown("task", name, "float32, bfloat16 or int8");
}

}  // namespace

std::vector<BenchRow> measureFamily(const BenchFamily& family, const std::string& precision,
                                    const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    return FamilyBench(family, precisionNamed(precision), job, observer, stop).rows();
}

BenchResult benchModels(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    if (!job.only.empty()) precisionNamed(job.only);
    BenchResult result;
    std::string known;
    for (const BenchFamily& family : benchFamilies()) {
        known += (known.empty() ? "" : ", ") + family.name;
        if (!job.shape.empty() && job.shape != family.name) continue;
        for (const Precision& precision : kPrecisions) {
            if (!job.only.empty() && job.only != precision.name) continue;
            for (const BenchRow& row : measureFamily(family, precision.name, job, observer, stop)) {
                observer.onEvent(BenchEvent{row});
                result.rows.push_back(row);
            }
        }
    }
    if (result.rows.empty()) throwUnknown("family", job.shape, known);
    return result;
}

}  // namespace studio
