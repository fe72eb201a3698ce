// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace studio {

/// What a model's folder says of its licence; both are empty where it says nothing.
struct ModelLicence {
    std::string name;  ///< of the model card: "apache-2.0"
    std::string file;  ///< with the text, without its folder: "LICENSE"

    bool isStated() const { return !name.empty() || !file.empty(); }
};

/// Reads "license" (and for "other" its "license_name") in the front matter of README.md, which is the model
/// card of the Hugging Face Hub (https://huggingface.co/docs/hub/model-cards#model-card-metadata), and looks
/// for a file LICENSE or COPYING. Never throws: what cannot be read is not stated.
ModelLicence statedLicence(const std::filesystem::path& modelFolder);

}  // namespace studio
