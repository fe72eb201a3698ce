// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>

namespace studio {

/// Removes what exports that were killed left half-written in a folder, and returns how many files and
/// folders that were. Taken for such is only what has the name that AtomicFile and AtomicFolder give, belongs
/// to this user, is locked by nobody, and names a process that is not there: so nothing on file systems that
/// other machines may see (lockDecides()), and nothing that any other program made. What cannot be removed
/// stays. Does not throw.
std::size_t removeExportLeftovers(const std::filesystem::path& folder);
/// The same in the folder where a file or folder is to be exported to, which gives room for it.
std::size_t removeLeftoversBeside(const std::filesystem::path& out);

}  // namespace studio
