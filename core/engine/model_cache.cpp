// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/model_cache.h"

#include <algorithm>
#include <vector>

#include "core/checkpoint/adapter_io.h"
#include "core/formats/adapter_files.h"
#include "core/formats/finite_weights.h"

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

LoadedAdapter& ModelCache::adapterOf(LoadedModel& model, const fs::path& folder) {
    const std::string key = stampOf(folder);
    if (const auto found = model.adapters.find(key); found != model.adapters.end()) return found->second;
    LoadedAdapter adapter{loadAdapter(folder, model.decoder->config(), model.decoder->compute()),
                          adaptedModelHash(model.shared->hash, folder)};
    checkAdapterFinite(folder);
    if (model.adapters.size() >= kMostAdapters) model.adapters.erase(model.adapters.begin());
    return model.adapters.emplace(key, std::move(adapter)).first->second;
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
    const auto load = [&] {
        auto loaded = std::make_shared<SharedModel>();
        std::unique_ptr<Decoder> decoder = loadModelToAnswer(folder, compute, progress, stop);
        loaded->scorer =
            int8 ? makeNextTokenScorer(*decoder, DecodeFormat::Int8) : makeNextTokenScorer(*decoder);
        loaded->decoder = std::move(decoder);
        loaded->tokenizer = loadTokenizer(folder);
        loaded->hash = modelHash(folder, stop);
        return loaded;
    };
    auto model = std::make_shared<LoadedModel>();
    model->shared = m_shared.get(key, load, stop);
    model->decoder = model->shared->decoder->sharingWeights();
    model->scorer = model->shared->scorer->over(*model->decoder);
    m_entries.push_front({key, model});
    if (m_entries.size() > kMostModels) m_entries.pop_back();
    return model;
}

}  // namespace studio
