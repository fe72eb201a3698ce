// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/shared_models.h"

#include "core/base/progress.h"

namespace studio {

std::shared_ptr<const SharedModel> SharedModels::get(const std::string& key, const Load& load,
                                                     const std::stop_token& stop) {
    if (auto found = findOrBegin(key, stop)) return found;
    std::shared_ptr<const SharedModel> model;
    try {
        model = load();
    } catch (...) {
        end(key, nullptr);
        throw;
    }
    end(key, model);
    return model;
}

/// Null: the caller is the one who loads it, and must call end().
std::shared_ptr<const SharedModel> SharedModels::findOrBegin(const std::string& key,
                                                             const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    const bool free = m_ended.wait(lock, stop, [&] { return !m_loading.contains(key); });
    if (!free) throw Cancelled();
    std::erase_if(m_models, [](const auto& model) { return model.second.expired(); });
    if (const auto found = m_models.find(key); found != m_models.end())
        if (auto model = found->second.lock()) return model;
    m_loading.insert(key);
    return nullptr;
}

void SharedModels::end(const std::string& key, const std::shared_ptr<const SharedModel>& model) {
    {
        const std::lock_guard lock(m_mutex);
        m_loading.erase(key);
        if (model) m_models[key] = model;
    }
    m_ended.notify_all();
}

}  // namespace studio
