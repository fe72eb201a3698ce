// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_token.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/hub/web_origin.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

constexpr std::size_t kLongestToken = 4096;
/// A keyring that is locked asks its user first.
constexpr double kKeyringSeconds = 60.0;

std::string trimmed(std::string text) {
    constexpr const char* kSpaces = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpaces);
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

/// Nothing for an empty value, as a forgotten variable has.
std::optional<HubToken> checked(const std::string& text, const std::string& source) {
    HubToken token{trimmed(text), source};
    if (token.value.empty()) return std::nullopt;
    const bool printable =
        std::all_of(token.value.begin(), token.value.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!printable || token.value.size() > kLongestToken) {
        throw Error(ErrorCode::SettingInvalid,
                    "What " + source + " holds is no access token: it is not one word of printable ASCII.",
                    "Correct it, or remove it to go on without a token.", {source, "hub_token"});
    }
    return token;
}

std::string valueOf(const Environment& environment, const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

std::optional<HubToken> fromFile(const Environment& environment) {
    fs::path folder = valueOf(environment, "HF_HOME");
    if (folder.empty()) {
        fs::path cache = valueOf(environment, "XDG_CACHE_HOME");
        const fs::path home = valueOf(environment, "HOME");
        if (!cache.is_absolute() && home.is_absolute()) cache = home / ".cache";
        if (!cache.is_absolute()) return std::nullopt;
        folder = cache / "huggingface";
    }
    std::error_code absent;
    const fs::path path = folder / "token";
    const auto size = fs::is_regular_file(path, absent) ? fs::file_size(path, absent) : 0;
    if (absent || size == 0 || size > kLongestToken) return std::nullopt;
    return checked(readFile(path), path.string());
}

std::optional<HubToken> fromKeyring(const Environment& environment, const std::stop_token& stop) {
    LineProcess keyring({"secret-tool", "lookup", "service", "finetune-studio"}, environment);
    const auto line = keyring.hear(kKeyringSeconds, stop);
    // Into a pipe secret-tool writes no line break.
    return checked(line ? *line : keyring.rest(), "the keyring (service finetune-studio)");
}

}  // namespace

HubToken findHubToken(const Environment& environment, const std::stop_token& stop) {
    for (const char* name : {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
        if (auto token = checked(valueOf(environment, name), name)) return *token;
    }
    if (auto token = fromFile(environment)) return *token;
    if (auto token = fromKeyring(environment, stop)) return *token;
    return {};
}

bool mayHaveToken(const std::string& hub) {
    const auto origin = originOf(hub);
    return origin && (origin->isSecure() || origin->isLoopback());
}

}  // namespace studio
