// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/sample_writer.h"

#include <algorithm>

#include "core/base/files.h"

namespace studio {

std::vector<SamplePrompt> samplePromptsOf(const TrainJob& job) {
    if (!job.samplePrompts.empty()) return job.samplePrompts;
    std::vector<SamplePrompt> prompts;
    const std::vector<Record>& rows = job.validation->empty() ? *job.train : *job.validation;
    for (std::size_t i = 0; i < std::min(static_cast<std::size_t>(kSampledRows), rows.size()); ++i)
        prompts.push_back({rows[i].id, rows[i].instruction,
                           hydratedPrompt(job.promptTemplate, rows[i].instruction, rows[i].input)});
    return prompts;
}

SampleWriter::SampleWriter(std::filesystem::path runFolder, std::vector<SamplePrompt> prompts,
                           AnswerFunction answer, JobObserver& observer)
    : m_runFolder(std::move(runFolder)),
      m_prompts(std::move(prompts)),
      m_answer(std::move(answer)),
      m_observer(observer) {}

void SampleWriter::write(std::int64_t step) const {
    LineAppender file(samplesFile(m_runFolder));
    for (const SamplePrompt& prompt : m_prompts) {
        const RunSample sample{step, prompt.rowId, prompt.title, m_answer(prompt.prompt)};
        file.append(runSampleLine(sample));
        m_observer.onEvent(SampleEvent{sample});
    }
}

}  // namespace studio
