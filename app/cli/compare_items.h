// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/data/split.h"

namespace studio {

/// One thing to ask all arms.
struct CompareItem {
    std::int64_t row = 0;  ///< of the project; 0 for a prompt from elsewhere
    std::string instruction;
    std::string input;
    std::string reference;
    bool hasReference = false;
};

/// One side of a comparison, "NAME=FOLDER".
struct CompareArm {
    std::string name;
    std::filesystem::path modelFolder;
};

/// Reads "NAME=FOLDER" arguments. Throws UsageError for another form or a name given twice.
std::vector<CompareArm> parseArms(const std::vector<std::string>& texts);

/// The accepted records of one split, in order of their rows. Throws NoTrainingRows-like InvalidArgument when
/// the split is empty, with the verb that fills it.
std::vector<CompareItem> itemsOfProject(const std::filesystem::path& project, Split split);

/// A file of prompts: a JSON array or JSON lines of strings or of objects with "instruction" (or "prompt"),
/// "input" and "output" (or "reference"); any other text is one prompt a line. Throws BadFormat naming the
/// line.
std::vector<CompareItem> itemsOfFile(const std::filesystem::path& file);

}  // namespace studio
