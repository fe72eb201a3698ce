// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace studio {

/// What is worth knowing about what was written for another program, or about the adapter that answers. The
/// command line says its English sentence; the Studio has one for each rule in its user's language.
struct ExportNote {
    std::string rule;                 ///< stable snake_case name: "exact_gelu"
    std::string message;              ///< whole English sentences, the last of which may say what to do
    std::vector<std::string> args{};  ///< bare values that the sentence speaks of: a number, a name
};
using ExportNotes = std::vector<ExportNote>;

}  // namespace studio
