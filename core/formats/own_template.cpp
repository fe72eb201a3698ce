// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/own_template.h"

#include "core/base/files.h"
#include "core/formats/model_config.h"

namespace studio {

std::optional<PromptTemplate> ownTemplate(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / kPromptTemplateFile;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) return std::nullopt;
    return parsePromptTemplate(readFile(file), file.string());
}

}  // namespace studio
