// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_samples.h"

#include <fstream>

#include "core/base/files.h"
#include "core/formats/json.h"

namespace fs = std::filesystem;

namespace studio {

std::string runSampleLine(const RunSample& sample) {
    return OrderedJson{
        {"step", sample.step}, {"row", sample.rowId}, {"title", sample.title}, {"text", sample.text}}
        .dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

fs::path samplesFile(const fs::path& runFolder) {
    return runFolder / "samples.jsonl";
}

std::vector<RunSample> readRunSamples(const fs::path& runFolder) {
    std::vector<RunSample> samples;
    std::ifstream file(samplesFile(runFolder), std::ios::binary);
    for (std::string line; std::getline(file, line);) {
        const OrderedJson json = OrderedJson::parse(line, nullptr, /*allow_exceptions=*/false);
        const auto is = [&](const char* key, bool (OrderedJson::*kind)() const noexcept) {
            return json.is_object() && json.contains(key) && (json[key].*kind)();
        };
        if (!is("step", &OrderedJson::is_number_integer) || !is("row", &OrderedJson::is_number_integer) ||
            !is("title", &OrderedJson::is_string) || !is("text", &OrderedJson::is_string))
            continue;
        samples.push_back({json["step"].get<std::int64_t>(), json["row"].get<std::int64_t>(),
                           json["title"].get<std::string>(), json["text"].get<std::string>()});
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
