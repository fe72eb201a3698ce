// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace studio {

/// The heading of the section in which an adapter's card says how it is loaded beside its base model.
inline constexpr const char* kPeftSection = "## Use with PEFT";

/// Which adapter went into which model, and what the two are together.
struct MergedModel {
    std::string name;               ///< what the merged model is called
    std::filesystem::path adapter;  ///< its folder
    std::filesystem::path base;     ///< the model's folder
};

/// README.md (Markdown) of a model that an adapter was merged into. An adapter of a run has the card of the
/// run's own merged model, where it goes into the model that the run trained; into another one, nothing is
/// said of that model and its licence. Another adapter's card is taken along with what of it would be wrong
/// now: its library is transformers, and it is no longer loaded with PEFT. One without a card gets a
/// sentence. Where the card states no licence, it is the base model's. Throws FileUnreadable.
std::string mergedCard(const MergedModel& merged);

}  // namespace studio
