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
#include "core/engine/shared_models.h"
#include "core/model/next_token_scorer.h"

namespace studio {

/// A PEFT adapter that was asked for beside a model.
struct LoadedAdapter {
    AdapterSet factors;
    std::string hash;  ///< adaptedModelHash() of it beside the model
};

/// A model that is ready to answer. Its weights are those of all others of the same folder and precision.
struct LoadedModel {
    std::shared_ptr<const SharedModel> shared;
    std::unique_ptr<Decoder> decoder;               ///< with adapters of its own
    std::unique_ptr<NextTokenScorer> scorer;        ///< reads the decoder
    std::map<std::string, LoadedAdapter> adapters;  ///< by their folder and its stamps
};

/// Keeps the most recently used models loaded, so that asking the same two models again costs nothing. A
/// folder whose weights changed on disk is loaded anew; what another cache has loaded is not loaded again.
/// Not thread-safe.
class ModelCache {
public:
    explicit ModelCache(SharedModels& shared) : m_shared(shared) {}

    /// `int8`: its answers are made with weights of int8, which the CPU's kernels alone have; else in the
    /// precision of `compute`.
    std::shared_ptr<LoadedModel> get(const std::filesystem::path& folder, const Compute& compute, bool int8,
                                     const ProgressFunction& progress, const std::stop_token& stop);
    /// A PEFT adapter for the model; kept with it.
    static LoadedAdapter& adapterOf(LoadedModel& model, const std::filesystem::path& folder);
    void clear() { m_entries.clear(); }

private:
    struct Entry {
        std::string key;  ///< folder, device, precision, and size and time of the weight files
        std::shared_ptr<LoadedModel> model;
    };
    static constexpr std::size_t kMostModels = 3;
    SharedModels& m_shared;
    std::list<Entry> m_entries;  ///< newest first
};

}  // namespace studio
