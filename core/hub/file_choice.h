// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/hub/hub_file.h"

namespace studio {

/// Which of a model's files are wanted.
struct FileChoice {
    bool all = false;                   ///< every file that can be written safely
    std::vector<std::string> patterns;  ///< and of those only what fits one of them: "*.json", "onnx/*"
};

/// Why a file is not taken.
enum class LeftOut {
    Unsafe,       ///< its name is not one to write (unsafePath())
    OtherFormat,  ///< weights for another program: ONNX, TensorFlow, Flax, GGUF, …
    OtherCopy,    ///< the same weights again, in a form that is not the one taken
    NotNeeded,    ///< neither weights, configuration, tokenizer nor licence
    NotAskedFor   ///< it fits none of the patterns
};

/// "unsafe_name", "other_format", "other_copy", "not_needed", "not_asked_for".
const char* leftOutName(LeftOut reason);
/// For people: "weights for another program".
std::string leftOutText(LeftOut reason);

struct LeftOutFile {
    HubFile file;
    LeftOut reason = LeftOut::NotNeeded;
};

/// What a download fetches and what it leaves.
struct DownloadPlan {
    std::string hub, model, revision, commit;
    std::vector<HubFile> files;
    std::vector<LeftOutFile> leftOut;

    std::int64_t bytes() const;
    /// Whether weights that this program reads, or converts, are among the files.
    bool hasWeights() const;
};

/// Chooses from a listing. Without patterns and `all`: the configuration (*.json), the tokenizer, the chat
/// template, README and licence, and the weights once: safetensors, or pytorch_model*.bin where there are
/// none, and of an adapter the same; all from the model's own folder, not from folders below it. Patterns
/// choose among all files, with "*", "?" and "[…]" as in a shell ("*" also fits "/").
DownloadPlan planDownload(const HubListing& listing, const FileChoice& choice);

}  // namespace studio
