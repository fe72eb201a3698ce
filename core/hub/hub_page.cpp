// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_page.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/formats/quoted.h"
#include "core/hub/hub_address.h"
#include "core/hub/web_origin.h"

namespace studio {
namespace {

/// The parts of a model's page that are followed by a revision.
constexpr std::array<std::string_view, 5> kViews{"tree", "blob", "resolve", "raw", "commits"};

std::string trimmed(const std::string& text) {
    constexpr const char* kSpaces = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpaces);
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

std::vector<std::string> partsOf(const std::string& path) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        if (end > begin) parts.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

int digitOf(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// "refs%2Fpr%2F1": a revision with a slash is one part of the address. What is not so encoded stays.
std::string decoded(const std::string& part) {
    std::string text;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const bool whole = part[i] == '%' && i + 2 < part.size();
        const int high = whole ? digitOf(part[i + 1]) : -1, low = whole ? digitOf(part[i + 2]) : -1;
        if (high < 0 || low < 0) {
            text += part[i];
            continue;
        }
        text += static_cast<char>(16 * high + low);
        i += 2;
    }
    return text;
}

bool isView(const std::string& part) {
    return std::find(kViews.begin(), kViews.end(), part) != kViews.end();
}

/// What may be repeated in a message: some write a password before an "@".
std::string withoutPassword(const std::string& text) {
    const std::size_t at = text.rfind('@');
    return at == std::string::npos ? text : "…" + text.substr(at);
}

/// The address that a text is, with its scheme; nothing where it is the name of a model.
std::optional<std::string> addressIn(const std::string& text) {
    if (text.find("://") != std::string::npos) return text;
    // Of "host/ORGANISATION/NAME" the first part has a dot; a name alone has two parts at most.
    const std::vector<std::string> parts = partsOf(text);
    if (parts.size() > 2 && parts.front().find('.') != std::string::npos) return "https://" + text;
    return std::nullopt;
}

HubPage pageAt(const std::string& text, const std::string& address) {
    const std::string plain = address.substr(0, address.find_first_of("?#"));
    const std::size_t host = plain.find("://") + 3, path = std::min(plain.find('/', host), plain.size());
    const auto origin = originOf(plain.substr(0, path));
    const std::vector<std::string> parts = partsOf(plain.substr(path));
    const bool isModel = origin && !parts.empty() && parts.front() != "datasets" && parts.front() != "spaces";
    if (!isModel) {
        const std::string shown = withoutPassword(text);
        throw Error(ErrorCode::InvalidArgument, inQuotes(shown) + " is not the address of a model's page.",
                    "Give the model as ORGANISATION/NAME, or the address of its page, such as "
                    "https://huggingface.co/ORGANISATION/NAME.",
                    {shown});
    }
    HubPage page;
    page.hub = origin->text();
    // The oldest models have no organisation: behind their name a view follows, or nothing.
    const bool isNameAlone = parts.size() == 1 || isView(parts[1]);
    const std::size_t behind = isNameAlone ? 1 : 2;
    page.model = isNameAlone ? parts[0] : parts[0] + "/" + parts[1];
    if (parts.size() > behind + 1 && isView(parts[behind])) page.revision = decoded(parts[behind + 1]);
    return page;
}

}  // namespace

HubPage hubPageOf(const std::string& given) {
    const std::string text = trimmed(given);
    const std::optional<std::string> address = addressIn(text);
    HubPage page = address ? pageAt(text, *address) : HubPage{{}, text, {}};
    checkModelId(page.model);
    if (!page.revision.empty()) checkRevision(page.revision);
    return page;
}

}  // namespace studio
