// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_licence.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string_view>

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr std::size_t kMostCardBytes = 64 << 10;
constexpr std::size_t kLongestName = 80;

/// The beginning of a regular file; a pipe or a device of that name would make us wait.
std::string beginningOf(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) return {};
    std::string text(kMostCardBytes, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
    return text;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view kAround = " \t\r\"'";
    const std::size_t first = text.find_first_not_of(kAround);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(kAround) - first + 1));
}

/// A name that a line of a table can show.
std::string shown(const std::string& name) {
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    return plain && name.size() <= kLongestName ? name : std::string();
}

/// The value of "key: value", or of the first entry of a list below it; of YAML that is all a licence needs.
std::string valueOf(const std::string& frontMatter, std::string_view key) {
    std::istringstream lines(frontMatter);
    bool listed = false;
    for (std::string line; std::getline(lines, line);) {
        if (listed) {
            const std::string entry = trimmed(line);
            return entry.starts_with("- ") ? trimmed(std::string_view(entry).substr(2)) : std::string();
        }
        if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ':') continue;
        std::string_view rest = std::string_view(line).substr(key.size() + 1);
        if (const std::size_t comment = rest.find(" #"); comment != std::string_view::npos)
            rest = rest.substr(0, comment);
        std::string value = trimmed(rest);
        if (!value.empty()) return value;
        listed = true;
    }
    return {};
}

/// Between the first line "---" and the next one.
std::string frontMatterOf(const std::string& card) {
    std::istringstream lines(card);
    std::string line, text;
    const auto isBorder = [&] { return trimmed(line) == "---"; };
    if (!std::getline(lines, line) || !isBorder()) return {};
    while (std::getline(lines, line)) {
        if (isBorder()) return text;
        text += line + '\n';
    }
    return {};
}

}  // namespace

ModelLicence statedLicence(const fs::path& modelFolder) {
    ModelLicence licence;
    const std::string frontMatter = frontMatterOf(beginningOf(modelFolder / "README.md"));
    licence.name = shown(valueOf(frontMatter, "license"));
    if (licence.name == "other" || licence.name.empty()) {
        const std::string own = shown(valueOf(frontMatter, "license_name"));
        if (!own.empty()) licence.name = own;
    }
    static constexpr std::array kFiles = {"LICENSE",     "LICENSE.txt", "LICENSE.md", "LICENCE",
                                          "LICENCE.txt", "LICENCE.md",  "COPYING"};
    for (const char* name : kFiles) {
        std::error_code error;
        if (!fs::is_regular_file(modelFolder / name, error)) continue;
        licence.file = name;
        break;
    }
    return licence;
}

}  // namespace studio
