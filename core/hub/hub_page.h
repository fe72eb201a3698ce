// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace studio {

/// What a person means who names a model of a hub.
struct HubPage {
    std::string hub;       ///< empty: not said
    std::string model;     ///< "ORGANISATION/NAME", as checkModelId() takes it
    std::string revision;  ///< empty: not said
};

/// Reads "ORGANISATION/NAME", or the address of the model's page or of a file of it as a browser shows it:
/// "https://huggingface.co/ORGANISATION/NAME/tree/REVISION", with or without "https://". Throws
/// InvalidArgument for anything else, and for the pages of data sets and spaces.
HubPage hubPageOf(const std::string& text);

}  // namespace studio
