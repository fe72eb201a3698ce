// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/prompt_template.h"

namespace studio {

/// A fixed prompt that a run answers as it learns.
struct SamplePrompt {
    std::int64_t rowId = 0;  ///< 0: no row of the data
    std::string title;       ///< what people read: the instruction
    std::string prompt;      ///< final text, template and separator applied
};

/// How many rows are answered where a run names no prompts.
inline constexpr std::int64_t kSampledRows = 3;

/// What the model said to one of them at one step: a line of samples.jsonl.
struct RunSample {
    std::int64_t step = 0;
    std::int64_t rowId = 0;
    std::string title;
    std::string text;

    bool operator==(const RunSample&) const = default;
};

class Project;

/// The prompts of these rows, in their order; a row that is no longer there, or is no pair, is left out.
std::vector<SamplePrompt> samplePromptsOfRows(const Project& project, const std::vector<std::int64_t>& rows,
                                              const PromptTemplate& promptTemplate);

std::string runSampleLine(const RunSample& sample);
std::filesystem::path samplesFile(const std::filesystem::path& runFolder);
/// Nothing where the line is none of these.
std::optional<RunSample> runSampleOf(std::string_view line);
/// In the order of the file; lines that cannot be read are left out.
std::vector<RunSample> readRunSamples(const std::filesystem::path& runFolder);

/// Forgets the answers of later steps than `step`: a run that goes on from there gives them again.
void dropRunSamplesAfter(const std::filesystem::path& runFolder, std::int64_t step);

}  // namespace studio
