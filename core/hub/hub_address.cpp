// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_address.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/formats/quoted.h"
#include "core/hub/web_origin.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

constexpr std::size_t kLongestPart = 96;
constexpr std::size_t kLongestRevision = 255;

std::string valueOf(const Environment& environment, const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

bool isIdCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

bool isIdPart(std::string_view part) {
    const auto isEdge = [](char c) { return c == '-' || c == '.'; };
    return !part.empty() && part.size() <= kLongestPart &&
           std::all_of(part.begin(), part.end(), isIdCharacter) && !isEdge(part.front()) &&
           !isEdge(part.back()) && part.find("--") == std::string_view::npos &&
           part.find("..") == std::string_view::npos;
}

/// What may be repeated in a message: some write a password before an "@".
std::string withoutPassword(const std::string& address) {
    const std::size_t at = address.rfind('@');
    return at == std::string::npos ? address : "…" + address.substr(at);
}

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

std::string hubAddress(const std::string& given, const Environment& environment) {
    std::string address = given;
    if (address.empty()) address = valueOf(environment, "HF_ENDPOINT");
    if (address.empty()) address = kUsualHub;
    while (!address.empty() && address.back() == '/') address.pop_back();
    const std::string path = originOf(address) ? address.substr(address.find("://") + 3) : "";
    const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
        return isIdCharacter(c) || c == '/' || c == ':' || c == '[' || c == ']' || c == '~';
    });
    if (path.empty() || !plain) {
        throw Error(ErrorCode::SettingInvalid,
                    "The address of the hub, " + inQuotes(withoutPassword(address)) +
                        ", is not one such as https://huggingface.co.",
                    "Correct it (--hub, the hub setting, or HF_ENDPOINT in the environment); it has no name, "
                    "password or query.",
                    {withoutPassword(address), "hub_address"});
    }
    return address;
}

void checkModelId(const std::string& model) {
    const std::size_t slash = model.find('/');
    const bool isId = slash == std::string::npos ? isIdPart(model)
                                                 : isIdPart(std::string_view(model).substr(0, slash)) &&
                                                       isIdPart(std::string_view(model).substr(slash + 1));
    if (isId) return;
    throw Error(ErrorCode::InvalidArgument, inQuotes(model) + " is not the name of a model on a hub.",
                "Give it as ORGANISATION/NAME, as it stands at the head of the model's page.", {model});
}

void checkRevision(const std::string& revision) {
    if (!revision.empty() && revision.size() <= kLongestRevision &&
        std::none_of(revision.begin(), revision.end(), isControl))
        return;
    throw Error(ErrorCode::InvalidArgument, inQuotes(revision) + " is not the name of a revision.",
                "Give a branch, a tag or a commit, such as main.", {revision, "revision_name"});
}

fs::path usualModelFolder(const std::string& model, const Environment& environment) {
    fs::path data = valueOf(environment, "XDG_DATA_HOME");
    const fs::path home = valueOf(environment, "HOME");
    if (!data.is_absolute() && home.is_absolute()) data = home / ".local" / "share";
    if (!data.is_absolute()) {
        throw Error(ErrorCode::SettingInvalid,
                    "Neither HOME nor XDG_DATA_HOME says where this user's models are.",
                    "Say where the model is to go, with --to.", {"HOME"});
    }
    std::string name = model;
    if (const std::size_t slash = name.find('/'); slash != std::string::npos) name.replace(slash, 1, "--");
    return data / "finetune-studio" / "models" / name;
}

std::string modelPage(const std::string& hub, const std::string& model) {
    return hub + "/" + urlPath(model);
}

std::string modelInfoUrl(const std::string& hub, const std::string& model, const std::string& revision) {
    return hub + "/api/models/" + urlPath(model) + "/revision/" + urlSegment(revision);
}

std::string modelTreeUrl(const std::string& hub, const std::string& model, const std::string& commit) {
    return hub + "/api/models/" + urlPath(model) + "/tree/" + urlSegment(commit) + "?recursive=true";
}

std::string modelFileUrl(const std::string& hub, const std::string& model, const std::string& commit,
                         const std::string& path) {
    return modelPage(hub, model) + "/resolve/" + urlSegment(commit) + "/" + urlPath(path);
}

}  // namespace studio
