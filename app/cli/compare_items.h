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

/// One side of a comparison, "NAME=FOLDER" or "NAME=FOLDER+ADAPTER".
struct CompareArm {
    std::string name;
    std::filesystem::path modelFolder;
    std::filesystem::path adapterFolder{};  ///< a LoRA adapter beside the model; empty: none

    /// The folder with the template that the arm was trained with.
    const std::filesystem::path& trainedFolder() const {
        return adapterFolder.empty() ? modelFolder : adapterFolder;
    }
};

/// Reads "NAME=FOLDER" and "NAME=FOLDER+ADAPTER" arguments; a folder whose name has a "+" is that folder, and
/// an adapter alone stands beside the base that it names. Throws UsageError for another form or a name given
/// twice, and as modelFolderOf() and adapterFolderOf() do.
std::vector<CompareArm> parseArms(const std::vector<std::string>& texts);

/// The accepted records of one split, in order of their rows. Throws NoTrainingRows-like InvalidArgument when
/// the split is empty, with the verb that fills it.
std::vector<CompareItem> itemsOfProject(const std::filesystem::path& project, Split split);

/// A file of prompts: a JSON array or JSON lines of strings or of objects with "instruction" (or "prompt"),
/// "input" and "output" (or "reference"); any other text is one prompt a line. Throws BadFormat naming the
/// line.
std::vector<CompareItem> itemsOfFile(const std::filesystem::path& file);

}  // namespace studio
