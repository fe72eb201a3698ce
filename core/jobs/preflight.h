// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/config/schedule.h"
#include "core/data/example.h"
#include "core/formats/model_config.h"
#include "core/jobs/job.h"
#include "core/jobs/run_forecast.h"

namespace studio {

/// What a run will need in memory, in bytes, split by what it is for. An estimate, see estimateMemory().
struct MemoryEstimate {
    std::uint64_t weights = 0;
    std::uint64_t gradients = 0;
    std::uint64_t optimizer = 0;
    std::uint64_t activations = 0;
    std::uint64_t program = 0;  ///< the engine library and its work space

    std::uint64_t total() const { return weights + gradients + optimizer + activations + program; }
};

/// What is known before a training starts: everything that follows from rows, template, tokenizer and
/// settings.
struct Preflight {
    std::int64_t trainRows = 0;  ///< that can be learned from
    std::int64_t validationRows = 0;
    bool validationTakenFromTrain = false;
    std::vector<ExampleProblem> cutRows;    ///< of the train rows
    std::vector<ExampleProblem> emptyRows;  ///< of the train rows: no label is left, they are not used
    std::vector<ExampleProblem> validationCutRows;    ///< measured without their end
    std::vector<ExampleProblem> validationEmptyRows;  ///< not measured
    std::int64_t cutoff = 0;  ///< in force: the setting, or the model's context where that is shorter
    std::int64_t tokensPerEpoch = 0;
    std::int64_t longestRow = 0;  ///< tokens of the longest train row before the cutoff
    /// Tokens of the first epoch if each row were padded to the longest of its micro-batch. Rows are packed
    /// end to end instead, so that none is computed but tokensPerEpoch.
    std::int64_t paddedTokensPerEpoch = 0;
    StepPlan plan;
    MemoryEstimate memory;
    std::int64_t heaviestTokens = 0;    ///< of one micro-batch
    std::uint64_t probedPeakBytes = 0;  ///< resident, where a probe has tried rows as long as these; else 0
    DiskNeed disk;
    std::uint64_t diskBytes = 0;  ///< of the run folder: disk.total()
    RunSeconds time;
    double seconds = 0.0;  ///< of the whole run: time.total()
    /// Between these it is where nothing was measured; both are `seconds` where something was.
    double secondsLeast = 0.0, secondsMost = 0.0;
    double tokensPerSecond = 0.0;
    bool secondsMeasured = false;  ///< by a probe or an earlier run of this model; else computed from a rate
    bool secondsProbed = false;    ///< by a probe: each part of it
    std::vector<std::string> unknownSources;  ///< that the mixture names and no train row comes from
};

/// What a pre-flight takes from the machine and from earlier runs.
struct PreflightMachine {
    int threads = 1;
    /// Trained tokens a second with these settings, by an earlier run; see measuredSpeed().
    std::optional<double> measuredTokensPerSecond;
    /// Of the same model and settings on this machine; goes before the rate of an earlier run.
    std::optional<ProbeResult> probe = std::nullopt;
    std::string measuredRun = {};  ///< whose rate it is
};

/// Tokenises all rows of the job exactly as the training will. Throws NoTrainingRows, TemplateInvalid,
/// Cancelled.
Preflight computePreflight(const TrainJob& job, const Tokenizer& tokenizer, const ModelConfig& model,
                           const PreflightMachine& machine, const std::stop_token& stop = {});

/// The most tokens of one micro-batch of these rows: by the rows of a batch, or by the token budget.
std::int64_t microBatchTokens(const std::vector<Example>& examples, const TrainSettings& settings,
                              std::int64_t cutoff);

/// Tokens of the heaviest micro-batch there can be: of the longest rows, cut at `cutoff`, as many as it has.
std::int64_t heaviestBatchTokens(const std::vector<Example>& examples, std::int64_t batchRows,
                                 std::int64_t cutoff);

/// 4 bytes a weight, 4 more for the gradient of each that is trained, and the optimizer's state; where
/// products take bfloat16, 2 more for the rounded copy of what is trained, and 2 in all of what is frozen.
/// Activations: what the backward pass keeps of a micro-batch's `tokens`, or, where that is more, what passes
/// by when so many tokens are evaluated at once, or what is held at the end: the last weights beside the best
/// ones, and the whole base model in float32 when adapters are merged into it.
MemoryEstimate estimateMemory(const ModelConfig& model, const TrainSettings& settings, std::int64_t tokens,
                              std::int64_t evaluatedTokens);

/// What the engine takes on a device besides a model, in bytes: libtorch, its threads and work space.
std::uint64_t programBytes(const std::string& device);

/// Floating-point operations to train on one token in rows of `length` tokens: 6 for each weight in a matrix
/// product and 6 * layers * hidden * length for causal attention (Chowdhery et al. 2022, PaLM, appendix B).
double trainingFlopsPerToken(const ModelConfig& model, double length);

/// Floating-point operations a second that one CPU thread is taken to reach where no run was measured yet.
inline constexpr double kAssumedFlopsPerThread = 50e9;

/// Bytes that this process may still allocate where a setting "device" lets it compute. On the CPU free and
/// reclaimable memory of the machine, or what its control group or the limit on its address space leaves,
/// whichever is least; on a GPU what is free there. 0 where none is known.
std::uint64_t availableMemoryBytes(const std::string& device = "cpu");

}  // namespace studio
