// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/file_choice.h"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace studio {
namespace {

bool fits(std::string_view pattern, const std::string& text) {
    return ::fnmatch(std::string(pattern).c_str(), text.c_str(), 0) == 0;
}

template <std::size_t Count>
bool fitsAny(const std::array<const char*, Count>& patterns, const std::string& text) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&text](const char* pattern) { return fits(pattern, text); });
}

/// The weights as the library transformers names them, whole or in parts.
constexpr std::array kSafetensors{"model.safetensors", "model-[0-9]*-of-[0-9]*.safetensors"};
constexpr std::array kPytorch{"pytorch_model.bin", "pytorch_model-[0-9]*-of-[0-9]*.bin"};
constexpr std::array kAdapter{"adapter_model.safetensors"};
constexpr std::array kAdapterPytorch{"adapter_model.bin"};
constexpr std::array kOtherWeights{"*.onnx",      "*.onnx_data", "*.h5",       "*.msgpack",   "*.gguf",
                                   "*.ggml",      "*.tflite",    "*.mlmodel",  "*.ot",        "*.pth",
                                   "*.pt",        "*.ckpt",      "*.ckpt.*",   "*.mlpackage", "*.engine",
                                   "*.llamafile", "*.npz",       "ggml-*.bin", "openvino_*",  "rust_model*",
                                   "tf_model*",   "flax_model*", "*.nemo",     "*.marlin"};
constexpr std::array kOtherFolders{"onnx/*",     "openvino/*", "coreml/*", "tf/*",   "flax/*",
                                   "original/*", "gguf/*",     "mlx/*",    "metal/*"};
constexpr std::array kSupport{"*.json",     "*.model",  "*.tiktoken", "vocab.txt",  "vocab*.bpe",
                              "merges.txt", "*.jinja",  "README*",    "LICENSE*",   "LICENCE*",
                              "NOTICE*",    "COPYING*", "license*",   "USE_POLICY*"};

bool isIndex(const std::string& name) {
    return fits("*.index.json", name);
}

/// What the choice depends on: which kinds of weights there are.
struct Weights {
    bool named = false;        ///< safetensors under their usual names
    bool safetensors = false;  ///< any
    bool adapter = false;      ///< an adapter's safetensors
};

Weights weightsOf(const HubListing& listing) {
    Weights weights;
    for (const HubFile& file : listing.files) {
        if (file.path.find('/') != std::string::npos) continue;
        weights.named = weights.named || fitsAny(kSafetensors, file.path);
        weights.adapter = weights.adapter || fitsAny(kAdapter, file.path);
        weights.safetensors =
            weights.safetensors || (fits("*.safetensors", file.path) && !fitsAny(kAdapter, file.path));
    }
    return weights;
}

/// For an index: that of which weights it is, so that it goes with them.
std::string weightsName(const std::string& name) {
    constexpr std::string_view kEnd = ".index.json";
    return isIndex(name) ? name.substr(0, name.size() - kEnd.size()) : name;
}

/// The reason to leave a file, or true for taking it.
struct Verdict {
    bool taken = false;
    LeftOut reason = LeftOut::NotNeeded;
};

constexpr Verdict kTaken{true, LeftOut::NotNeeded};

Verdict verdictByKind(const std::string& path, const Weights& weights) {
    const std::string name = weightsName(path);
    if (fitsAny(kOtherFolders, path)) return {false, LeftOut::OtherFormat};
    if (fitsAny(kOtherWeights, name)) return {false, LeftOut::OtherFormat};
    if (path.find('/') != std::string::npos) {
        const bool isTemplate = fits("additional_chat_templates/*.jinja", path);
        return isTemplate ? kTaken : Verdict{false, LeftOut::NotNeeded};
    }
    if (fits("*.safetensors", name)) {
        const bool usual = fitsAny(kSafetensors, name) || fitsAny(kAdapter, name);
        return usual || !weights.named ? kTaken : Verdict{false, LeftOut::OtherCopy};
    }
    if (fitsAny(kPytorch, name)) return weights.safetensors ? Verdict{false, LeftOut::OtherCopy} : kTaken;
    if (fitsAny(kAdapterPytorch, name)) return weights.adapter ? Verdict{false, LeftOut::OtherCopy} : kTaken;
    if (fits("*.bin", name)) return {false, LeftOut::OtherFormat};
    return fitsAny(kSupport, path) ? kTaken : Verdict{false, LeftOut::NotNeeded};
}

Verdict verdictOn(const HubFile& file, const FileChoice& choice, const Weights& weights) {
    if (!unsafePath(file.path).empty()) return {false, LeftOut::Unsafe};
    if (!choice.patterns.empty()) {
        const bool asked = std::any_of(choice.patterns.begin(), choice.patterns.end(),
                                       [&file](const std::string& one) { return fits(one, file.path); });
        return asked ? kTaken : Verdict{false, LeftOut::NotAskedFor};
    }
    return choice.all ? kTaken : verdictByKind(file.path, weights);
}

}  // namespace

const char* leftOutName(LeftOut reason) {
    switch (reason) {
        case LeftOut::Unsafe:
            return "unsafe_name";
        case LeftOut::OtherFormat:
            return "other_format";
        case LeftOut::OtherCopy:
            return "other_copy";
        case LeftOut::NotNeeded:
            return "not_needed";
        case LeftOut::NotAskedFor:
            return "not_asked_for";
    }
    return "not_needed";
}

std::string leftOutText(LeftOut reason) {
    switch (reason) {
        case LeftOut::Unsafe:
            return "its name is not safe to write";
        case LeftOut::OtherFormat:
            return "weights for another program";
        case LeftOut::OtherCopy:
            return "another copy of the weights";
        case LeftOut::NotNeeded:
            return "not needed to use the model";
        case LeftOut::NotAskedFor:
            return "not asked for";
    }
    return {};
}

std::int64_t DownloadPlan::bytes() const {
    std::int64_t sum = 0;  // at most 20,000 files of 16 TiB: fits
    for (const HubFile& file : files) sum += file.size;
    return sum;
}

bool DownloadPlan::hasWeights() const {
    return std::any_of(files.begin(), files.end(), [](const HubFile& file) {
        return fits("*.safetensors", file.path) || fitsAny(kPytorch, file.path) ||
               fitsAny(kAdapterPytorch, file.path);
    });
}

DownloadPlan planDownload(const HubListing& listing, const FileChoice& choice) {
    DownloadPlan plan{listing.hub, listing.model, listing.revision, listing.commit, {}, {}};
    const Weights weights = weightsOf(listing);
    for (const HubFile& file : listing.files) {
        const Verdict verdict = verdictOn(file, choice, weights);
        if (verdict.taken)
            plan.files.push_back(file);
        else
            plan.leftOut.push_back({file, verdict.reason});
    }
    return plan;
}

}  // namespace studio
