// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/model_cache.h"

#include <algorithm>
#include <vector>

#include "core/checkpoint/adapter_io.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// The folder, and size and time of each of its files.
std::string stampOf(const fs::path& folder) {
    std::vector<std::string> stamps;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const auto time = entry.last_write_time(ignored).time_since_epoch().count();
        stamps.push_back(entry.path().filename().string() + ":" +
                         std::to_string(entry.is_regular_file() ? entry.file_size(ignored) : 0) + ":" +
                         std::to_string(time));
    }
    std::sort(stamps.begin(), stamps.end());
    std::string key = fs::weakly_canonical(folder, ignored).string();
    for (const std::string& stamp : stamps) key += "|" + stamp;
    return key;
}

std::string keyOf(const fs::path& folder, const Compute& compute, bool int8) {
    return compute.deviceName() + "|" + (int8 ? "int8" : compute.precisionName()) + "|" + stampOf(folder);
}

constexpr std::size_t kMostAdapters = 4;

}  // namespace

AdapterSet& ModelCache::adapterOf(LoadedModel& model, const fs::path& folder) {
    const std::string key = stampOf(folder);
    if (const auto found = model.adapters.find(key); found != model.adapters.end()) return found->second;
    AdapterSet adapters = loadAdapter(folder, model.decoder->config(), model.decoder->compute());
    if (model.adapters.size() >= kMostAdapters) model.adapters.erase(model.adapters.begin());
    return model.adapters.emplace(key, std::move(adapters)).first->second;
}

std::shared_ptr<LoadedModel> ModelCache::get(const fs::path& folder, const Compute& compute, bool int8,
                                             const ProgressFunction& progress, const std::stop_token& stop) {
    const std::string key = keyOf(folder, compute, int8);
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return entry.key == key; });
    if (found != m_entries.end()) {
        m_entries.splice(m_entries.begin(), m_entries, found);
        return m_entries.front().model;
    }
    auto model = std::make_shared<LoadedModel>();
    model->decoder = loadModel(folder, compute, progress, stop);
    model->scorer = int8 ? makeNextTokenScorer(*model->decoder, DecodeFormat::Int8)
                         : makeNextTokenScorer(*model->decoder);
    model->tokenizer = loadTokenizer(folder);
    model->hash = modelHash(folder, stop);
    m_entries.push_front({key, model});
    if (m_entries.size() > kMostModels) m_entries.pop_back();
    return model;
}

}  // namespace studio
