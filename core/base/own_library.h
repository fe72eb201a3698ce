// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace studio {

/// A shared library that belongs to this program and is loaded when it is first needed.
struct OwnLibrary {
    std::string fileName;     ///< "libstudio_engine.so"
    std::string environment;  ///< a variable that names another file to load
    std::string entry;        ///< the one function it exports
    /// Its own dependencies come before the program's when it looks for a symbol.
    bool preferOwnSymbols = false;
};

/// Loads it (RTLD_LOCAL: its symbols stay its own) from beside the program or from ../lib/finetune-studio,
/// and returns the address of its entry. It stays loaded. Throws EngineUnavailable naming the file and the
/// loader's reason.
void* loadOwnLibrary(const OwnLibrary& library);

}  // namespace studio
