// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/formats/adapter_files.h"

namespace studio {

/// In quotes, as YAML and Python both read it.
std::string quotedText(const std::string& text);

/// The section of an adapter's card that says how PEFT loads it beside its base (kPeftSection), Markdown;
/// mergedCard() leaves it out again. `base`: a folder, or a name on the hub.
std::string peftSection(const std::string& base);

/// README.md (Markdown) for an adapter that has none: what its configuration says. Of a base that is a path
/// on some machine only the last part is named.
std::string plainAdapterCard(const std::string& name, const AdapterConfig& adapter);

}  // namespace studio
