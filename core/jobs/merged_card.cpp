// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/merged_card.h"

#include <optional>
#include <sstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json_fields.h"
#include "core/formats/model_folders.h"
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

/// Lines that say of which model, and under which licence, an adapter was made.
bool isOfItsBase(std::string_view line) {
    return line.starts_with("base_model:") || line.starts_with("license");
}

std::string mergedHead(const std::string& head, const fs::path& base, bool ofAnotherBase) {
    std::string text = "---\nlibrary_name: transformers\n";
    bool licensed = false;
    std::istringstream lines(head);
    for (std::string line; std::getline(lines, line);) {
        if (isOfAdapter(line) || (ofAnotherBase && isOfItsBase(line))) continue;
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

/// The run that an adapter is of.
struct AdaptersRun {
    fs::path card;             ///< of the merged model that it left beside the adapter; empty: there is none
    bool isOfThisBase = true;  ///< it trained the model that the adapter goes into
};

/// Nothing where the adapter is no run's.
std::optional<AdaptersRun> runOf(const MergedModel& merged) {
    const fs::path folder = fs::absolute(merged.adapter).lexically_normal();
    const fs::path run = (folder.has_filename() ? folder : folder.parent_path()).parent_path();
    std::error_code ignored;
    if (!fs::exists(run / "run.json", ignored)) return std::nullopt;
    AdaptersRun found;
    if (fs::is_regular_file(run / "model" / kCardFile, ignored)) found.card = run / "model" / kCardFile;
    try {
        found.isOfThisBase =
            sameFolder(textOf(readJsonFile(run / "run.json"), "/base_model/path"), merged.base);
    } catch (const Error&) {
        found.isOfThisBase = false;  // a damaged run.json tells nothing of it
    }
    return found;
}

}  // namespace

std::string mergedCard(const MergedModel& merged) {
    const std::optional<AdaptersRun> run = runOf(merged);
    const bool ofAnotherBase = run && !run->isOfThisBase;
    if (run && run->isOfThisBase && !run->card.empty()) return readFile(run->card);
    const std::string how = "The LoRA adapter `" + runOrFolderName(merged.adapter) +
                            "`, merged into the model `" + runOrFolderName(merged.base) +
                            "` by FineTune Studio " + programVersion() + ".";
    std::error_code ignored;
    const fs::path own = merged.adapter / kCardFile;
    const CardParts card = fs::is_regular_file(own, ignored) ? partsOf(readFile(own)) : CardParts();
    const std::string head = mergedHead(card.head, merged.base, ofAnotherBase);
    if (card.body.empty()) return head + "# " + merged.name + "\n\n" + how + "\n";
    const std::size_t text = card.body.find_first_not_of('\n');
    return head + "> " + how + " What follows is the adapter's own card.\n\n" +
           withoutPeftSection(card.body.substr(text == std::string::npos ? card.body.size() : text));
}

}  // namespace studio
