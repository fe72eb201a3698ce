// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/line_process.h"
#include "core/formats/json.h"
#include "core/jobs/job.h"

namespace studio {

/// A script that does one piece of work a request, a line of JSON, and answers with a JSON object. So its
/// measurements stand between ours, and a machine that gets slower does so for both.
class ReferenceProcess {
public:
    ReferenceProcess(const std::vector<std::string>& arguments, const Environment& environment)
        : m_process(arguments, environment) {}
    /// Nothing where the script has ended, or takes too long; there are no answers from then on.
    std::optional<Json> ask(const Json& request, const std::stop_token& stop);
    /// What it says by itself when it is ready.
    std::optional<Json> hear(const std::stop_token& stop);

private:
    LineProcess m_process;
};

/// The same work by another program in one precision.
struct Reference {
    std::string contender;  ///< "PyTorch", "PyTorch as Debian has it", "llama.cpp"
    std::string precision;
    std::shared_ptr<ReferenceProcess> process;
    std::size_t mostRounds = 1000;  ///< a very slow one is measured less often
    std::vector<double> seconds{};

    /// Once more, unless it has had its rounds; a process that gives no answer is not asked again. With the
    /// last reference that needs it the process ends.
    void measure(const std::stop_token& stop);
};

/// What a reference's row says besides its speed.
struct ReferenceRow {
    std::string bench, shape, task;
    double tokens = 1.0;  ///< of a measurement
    std::optional<double> paddingShare{};
};
/// Adds nothing where the reference gave no answer.
void addReferenceRow(std::vector<BenchRow>& rows, const ReferenceRow& about, const Reference& reference);

/// Finds and starts the other programs, by scripts of the sources' tests/bench: PyTorch through python3, and
/// llama.cpp, whose library is looked for in $STUDIO_LLAMA_CPP, in the npm package and where the system has
/// its libraries. PyTorch gets what is best for it: OpenBLAS without overrides and, where it is installed,
/// with OpenMP, AVX-512, an allocator that keeps its memory, and the number of threads that is faster for
/// it. "as Debian has it" is the same script without any of that. What is missing is told to the observer.
/// All are warm when they are given back.
class References {
public:
    References(const BenchJob& job, const std::string& shape, JobObserver& observer,
               const std::stop_token& stop);

    /// Whole training steps: PyTorch in bfloat16 (autocast), in float32, and as Debian has it.
    std::vector<Reference> training() const;
    /// Steps over rows padded to the longest of their batch: PyTorch in float32.
    /// `batches`: [{"ids": [[…]], "labels": [[…]]}], labels -100 where nothing is learned.
    std::vector<Reference> padded(const Json& batches) const;
    /// One sequence, token by token: PyTorch and llama.cpp.
    std::vector<Reference> decoding() const;

private:
    void tell(const std::string& message) const;
    std::string pythonWith(const std::string& module) const;
    std::string script(const std::string& name) const;
    /// False where not all precisions were answered.
    bool start(const std::string& contender, const std::vector<std::string>& command,
               const Environment& environment, const std::vector<std::string>& precisions,
               std::vector<Reference>& references, const Json& first = {}) const;
    void startPyTorch(const std::string& name, const std::vector<std::string>& precisions,
                      std::vector<Reference>& references, const Json& first = {}) const;

    const BenchJob& m_job;
    std::string m_shape;
    JobObserver& m_observer;
    std::stop_token m_stop;
};

/// The environment in which PyTorch is fastest.
Environment bestPyTorchEnvironment(Environment environment);

}  // namespace studio
