// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/model/next_token_scorer.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {

/// A model that is ready to answer.
struct LoadedModel {
    std::unique_ptr<Decoder> decoder;
    std::unique_ptr<NextTokenScorer> scorer;  ///< reads the decoder
    std::unique_ptr<Tokenizer> tokenizer;
    std::string hash;  ///< modelHash() of the folder
    /// Adapters that were asked for beside it, by their folder and its stamps.
    std::map<std::string, AdapterSet> adapters;
};

/// Keeps the most recently used models loaded, so that asking the same two models again costs nothing. A
/// folder whose weights changed on disk is loaded anew. Not thread-safe.
class ModelCache {
public:
    /// `int8`: its answers are made with weights of int8, which the CPU's kernels alone have; else in the
    /// precision of `compute`.
    std::shared_ptr<LoadedModel> get(const std::filesystem::path& folder, const Compute& compute, bool int8,
                                     const ProgressFunction& progress, const std::stop_token& stop);
    /// A PEFT adapter for the model, which shares its memory; kept with it.
    static AdapterSet& adapterOf(LoadedModel& model, const std::filesystem::path& folder);
    void clear() { m_entries.clear(); }

private:
    struct Entry {
        std::string key;  ///< folder, device, precision, and size and time of the weight files
        std::shared_ptr<LoadedModel> model;
    };
    static constexpr std::size_t kMostModels = 3;
    std::list<Entry> m_entries;  ///< newest first
};

}  // namespace studio
