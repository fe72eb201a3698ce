// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_samples.h"

#include <fstream>

#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/storage/project.h"

namespace fs = std::filesystem;

namespace studio {

std::vector<SamplePrompt> samplePromptsOfRows(const Project& project, const std::vector<std::int64_t>& rows,
                                              const PromptTemplate& promptTemplate) {
    std::vector<SamplePrompt> prompts;
    for (const std::int64_t id : rows) {
        const std::optional<Record> record = project.record(id);
        if (!record || record->kind != RecordKind::Pair) continue;
        prompts.push_back(
            {id, record->instruction, hydratedPrompt(promptTemplate, record->instruction, record->input)});
    }
    return prompts;
}

std::string runSampleLine(const RunSample& sample) {
    return OrderedJson{
        {"step", sample.step}, {"row", sample.rowId}, {"title", sample.title}, {"text", sample.text}}
        .dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

fs::path samplesFile(const fs::path& runFolder) {
    return runFolder / "samples.jsonl";
}

std::optional<RunSample> runSampleOf(std::string_view line) {
    const OrderedJson json =
        OrderedJson::parse(line.begin(), line.end(), nullptr, /*allow_exceptions=*/false);
    const auto is = [&](const char* key, bool (OrderedJson::*kind)() const noexcept) {
        return json.is_object() && json.contains(key) && (json[key].*kind)();
    };
    if (!is("step", &OrderedJson::is_number_integer) || !is("row", &OrderedJson::is_number_integer) ||
        !is("title", &OrderedJson::is_string) || !is("text", &OrderedJson::is_string))
        return std::nullopt;
    return RunSample{json["step"].get<std::int64_t>(), json["row"].get<std::int64_t>(),
                     json["title"].get<std::string>(), json["text"].get<std::string>()};
}

std::vector<RunSample> readRunSamples(const fs::path& runFolder) {
    std::vector<RunSample> samples;
    std::ifstream file(samplesFile(runFolder), std::ios::binary);
    for (std::string line; std::getline(file, line);) {
        if (const auto sample = runSampleOf(line)) samples.push_back(*sample);
    }
    return samples;
}

void dropRunSamplesAfter(const fs::path& runFolder, std::int64_t step) {
    std::error_code ignored;
    if (!fs::exists(samplesFile(runFolder), ignored)) return;
    std::string kept;
    for (const RunSample& sample : readRunSamples(runFolder)) {
        if (sample.step <= step) (kept += runSampleLine(sample)) += '\n';
    }
    writeFileAtomically(samplesFile(runFolder), kept);
}

}  // namespace studio
