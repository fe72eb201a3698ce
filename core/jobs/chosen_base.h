// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>

namespace studio {

/// The model that an adapter is to stand beside. What a project has chosen for it (`ofProject`: adapters with
/// their bases) goes before what the user has (`ofUser`), and both go before what the adapter says itself;
/// but a base of the project's that has gone is passed over where another one is known. Empty where none is.
/// That it is there is for the caller to find out.
std::filesystem::path chosenBase(const std::filesystem::path& adapter,
                                 const std::map<std::filesystem::path, std::filesystem::path>& ofProject,
                                 const std::filesystem::path& ofUser);

}  // namespace studio
