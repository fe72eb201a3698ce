// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>

#include "core/model/next_token_scorer.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {

/// A loaded model as it is on the disk. Nobody answers with it: who wants to takes a decoder that shares its
/// weights, and puts adapters beside that one. Immutable; for any thread.
struct SharedModel {
    std::unique_ptr<const Decoder> decoder;
    std::unique_ptr<const NextTokenScorer> scorer;  ///< of the decoder
    std::shared_ptr<const Tokenizer> tokenizer;
    std::string hash;  ///< modelHash() of the folder
};

/// Which models are in the memory, whichever engine loaded them: what is asked for by two of them is there
/// once. Keeps none alive itself. Thread-safe.
class SharedModels {
public:
    using Load = std::function<std::shared_ptr<const SharedModel>()>;

    /// The model of this key, loaded by `load` where nobody has it. Who asks for one that is being loaded
    /// waits for it, and loads it himself where that failed. Throws what `load` throws, and Cancelled.
    std::shared_ptr<const SharedModel> get(const std::string& key, const Load& load,
                                           const std::stop_token& stop);

private:
    std::shared_ptr<const SharedModel> findOrBegin(const std::string& key, const std::stop_token& stop);
    void end(const std::string& key, const std::shared_ptr<const SharedModel>& model);

    std::mutex m_mutex;
    std::condition_variable_any m_ended;
    std::map<std::string, std::weak_ptr<const SharedModel>> m_models;  // guarded by m_mutex
    std::set<std::string> m_loading;                                   // guarded by m_mutex
};

}  // namespace studio
