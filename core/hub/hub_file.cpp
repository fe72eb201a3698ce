// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_file.h"

#include <algorithm>
#include <string_view>

#include "core/hub/download_state.h"

namespace studio {
namespace {

constexpr std::size_t kLongestPath = 1024, kLongestName = 240;
constexpr int kMostFolders = 20;

bool hasControl(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7f) return true;
        // U+0080 to U+009F, the controls of ISO 6429, in UTF-8.
        if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0)
            return true;
    }
    return false;
}

}  // namespace

std::string unsafePath(const std::string& path) {
    if (path.empty()) return "it has no name";
    if (path.size() > kLongestPath) return "its path is too long";
    if (hasControl(path)) return "its name has a control character";
    if (path.find('\\') != std::string::npos) return "its name has a backslash";
    if (path.front() == '/') return "its path is absolute";
    if (std::count(path.begin(), path.end(), '/') > kMostFolders) return "its path is too deep";
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view name(path.data() + begin, end - begin);
        if (name.empty() || name == "." || name == "..") return "its path does not stay in the folder";
        if (name.size() > kLongestName) return "its name is too long";
        if (begin == 0 && (name == kStateFolder || name == kReceiptFile))
            return "its name is that of this program's own files";
        begin = end + 1;
    }
    return {};
}

}  // namespace studio
