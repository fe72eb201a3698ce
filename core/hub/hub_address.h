// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/base/line_process.h"

namespace studio {

inline constexpr const char* kUsualHub = "https://huggingface.co";

/// A hub's address as it was given (a setting, an option) or, where that is empty, HF_ENDPOINT of the
/// environment, or kUsualHub; without slashes at its end. Throws SettingInvalid where it is no http(s)
/// address or holds a name, a password, a query or anything else that such an address has not.
std::string hubAddress(const std::string& given, const Environment& environment);

/// Throws InvalidArgument unless `model` is "ORGANISATION/NAME", or "NAME" as the oldest models have it:
/// letters, digits, "-", "_" and ".", at most 96 each, no "--" and no "..", and "-" and "." at no end. These
/// are the hub's own rules.
void checkModelId(const std::string& model);

/// Throws InvalidArgument for a revision that is empty, longer than 255 bytes or holds control characters.
void checkRevision(const std::string& revision);

/// Where downloads go unless the user says otherwise: $XDG_DATA_HOME (or ~/.local/share) and
/// finetune-studio/models/ORGANISATION--NAME in it. Throws SettingInvalid where neither is known.
std::filesystem::path usualModelFolder(const std::string& model, const Environment& environment);

/// The addresses of the hub's protocol; `hub` as hubAddress() gives it.
std::string modelPage(const std::string& hub, const std::string& model);
std::string modelInfoUrl(const std::string& hub, const std::string& model, const std::string& revision);
std::string modelTreeUrl(const std::string& hub, const std::string& model, const std::string& commit);
std::string modelFileUrl(const std::string& hub, const std::string& model, const std::string& commit,
                         const std::string& path);

}  // namespace studio
