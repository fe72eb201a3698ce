// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace studio {

/// What people say of a run: notes.json in its folder. Nothing else writes or removes that file, so that it
/// outlives a run that goes on.
struct RunNotes {
    std::string note;               ///< any text
    std::vector<std::string> tags;  ///< as normalTag() gives them, each once, in the order given

    bool operator==(const RunNotes&) const = default;
};

/// Where there is no such file nothing was said. Throws BadFormat and the errors of readFile().
RunNotes readRunNotes(const std::filesystem::path& runFolder);
/// Written as a whole or not at all; without note and tags the file is removed. Throws FileUnwritable,
/// DiskFull.
void writeRunNotes(const std::filesystem::path& runFolder, const RunNotes& notes);

/// A tag without white space at its ends. Throws InvalidArgument for an empty one, one of more than 40
/// characters, and one with a comma or a line break: tags are typed in a row, parted by commas.
std::string normalTag(const std::string& tag);
/// "a, b ,a" is the tags a and b. Throws as normalTag(); empty parts are left out.
std::vector<std::string> tagsFromText(const std::string& text);
/// Adds tags and takes others away; what is there already, or is not there, stays as it is.
void changeTags(RunNotes& notes, const std::vector<std::string>& add, const std::vector<std::string>& remove);

}  // namespace studio
