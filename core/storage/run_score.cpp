// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_score.h"

#include "core/base/error.h"
#include "core/formats/json.h"

namespace fs = std::filesystem;

namespace studio {

fs::path runScoreFile(const fs::path& runFolder) {
    return runFolder / "exact_match.json";
}

std::optional<RunScore> readRunScore(const fs::path& runFolder) {
    std::error_code ignored;
    if (!fs::exists(runScoreFile(runFolder), ignored)) return std::nullopt;
    try {
        const OrderedJson json = readJsonFile(runScoreFile(runFolder));
        const auto number = [&json](const char* key) -> std::int64_t {
            const auto found = json.is_object() ? json.find(key) : json.end();
            return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : -1;
        };
        const RunScore score{number("matched"), number("all"), number("measured")};
        if (score.all <= 0 || score.matched < 0 || score.matched > score.all) return std::nullopt;
        return score;
    } catch (const Error&) {
        return std::nullopt;
    }
}

void writeRunScore(const fs::path& runFolder, const RunScore& score) {
    writeJsonFile(runScoreFile(runFolder),
                  {{"matched", score.matched}, {"all", score.all}, {"measured", score.measured}});
}

}  // namespace studio
