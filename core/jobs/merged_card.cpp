// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/merged_card.h"

#include <sstream>

#include "core/base/files.h"
#include "core/formats/model_licence.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

constexpr const char* kCardFile = "README.md";

/// A card's YAML head, line by line without the dashes, and what is below it.
struct CardParts {
    std::string head, body;
};

CardParts partsOf(const std::string& card) {
    constexpr std::string_view kDashes = "---";
    std::istringstream lines(card);
    CardParts parts;
    const auto next = [&lines](std::string& line) {
        if (!std::getline(lines, line)) return false;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        return true;
    };
    std::string line;
    if (!next(line) || line != kDashes) return {{}, card};
    while (next(line) && line != kDashes) parts.head += line + "\n";
    if (line != kDashes) return {{}, card};  // a rule, and no head
    parts.body.assign(std::istreambuf_iterator<char>(lines), {});
    return parts;
}

/// Lines that say of an adapter what is not so of a whole model.
bool isOfAdapter(std::string_view line) {
    return line.starts_with("library_name:") || line.starts_with("base_model_relation:") ||
           line.starts_with("- base_model:adapter:");
}

std::string mergedHead(const std::string& head, const fs::path& base) {
    std::string text = "---\nlibrary_name: transformers\n";
    bool licensed = false;
    std::istringstream lines(head);
    for (std::string line; std::getline(lines, line);) {
        if (isOfAdapter(line)) continue;
        licensed = licensed || line.starts_with("license:");
        text += line + "\n";
    }
    const ModelLicence licence = licensed ? ModelLicence() : statedLicence(base);
    if (!licence.name.empty()) text += "license: " + licence.name + "\n";
    return text + "---\n\n";
}

std::string withoutPeftSection(std::string body) {
    const std::string heading = std::string("\n") + kPeftSection + "\n";
    const std::size_t begin = body.find(heading);
    if (begin == std::string::npos) return body;
    const std::size_t end = body.find("\n## ", begin + heading.size());
    return body.erase(begin, end == std::string::npos ? end : end - begin);
}

std::string nameOf(const fs::path& folder) {
    return (folder.has_filename() ? folder : folder.parent_path()).filename().string();
}

/// The card of the merged model that a run left beside its adapter; empty where it is no run's.
fs::path cardOfRun(const fs::path& adapter) {
    const fs::path folder = fs::absolute(adapter).lexically_normal();
    const fs::path run = (folder.has_filename() ? folder : folder.parent_path()).parent_path();
    const fs::path card = run / "model" / kCardFile;
    std::error_code ignored;
    return fs::exists(run / "run.json", ignored) && fs::is_regular_file(card, ignored) ? card : fs::path();
}

}  // namespace

std::string mergedCard(const MergedModel& merged) {
    if (const fs::path ofRun = cardOfRun(merged.adapter); !ofRun.empty()) return readFile(ofRun);
    const std::string how = "The LoRA adapter `" + nameOf(merged.adapter) + "`, merged into the model `" +
                            nameOf(merged.base) + "` by FineTune Studio " + programVersion() + ".";
    std::error_code ignored;
    const fs::path own = merged.adapter / kCardFile;
    const CardParts card = fs::is_regular_file(own, ignored) ? partsOf(readFile(own)) : CardParts();
    const std::string head = mergedHead(card.head, merged.base);
    if (card.body.empty()) return head + "# " + merged.name + "\n\n" + how + "\n";
    const std::size_t text = card.body.find_first_not_of('\n');
    return head + "> " + how + " What follows is the adapter's own card.\n\n" +
           withoutPeftSection(card.body.substr(text == std::string::npos ? card.body.size() : text));
}

}  // namespace studio
