// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/jobs/job.h"
#include "core/storage/run_samples.h"

namespace studio {

/// Answers a prompt with the model as it is now. May throw Cancelled.
using AnswerFunction = std::function<std::string(const std::string& prompt)>;

/// The prompts that a run answers as it learns: those of the job, else of the first rows of the validation
/// split.
std::vector<SamplePrompt> samplePromptsOf(const TrainJob& job);

/// Writes the answers to samples.jsonl and tells them to the job's observer.
class SampleWriter {
public:
    SampleWriter(std::filesystem::path runFolder, std::vector<SamplePrompt> prompts, AnswerFunction answer,
                 JobObserver& observer);
    void write(std::int64_t step) const;

private:
    std::filesystem::path m_runFolder;
    std::vector<SamplePrompt> m_prompts;
    AnswerFunction m_answer;
    JobObserver& m_observer;
};

}  // namespace studio
