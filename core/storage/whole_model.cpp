// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/whole_model.h"

namespace fs = std::filesystem;

namespace studio {

std::string missingOfModel(const fs::path& model) {
    const auto isThere = [&](const char* name) {
        std::error_code ignored;
        return fs::exists(model / name, ignored);
    };
    std::string missing;
    if (!isThere("config.json")) missing = (model / "config.json").string();
    if (!isThere("model.safetensors") && !isThere("model.safetensors.index.json"))
        missing += (missing.empty() ? "" : ", ") + (model / "model.safetensors").string();
    return missing;
}

}  // namespace studio
