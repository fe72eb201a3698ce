// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/jobs/job.h"

namespace studio {

/// What probes have measured on this machine, for later pre-flights: one small file of the user's cache
/// folder. Reads it anew each time; a damaged one counts as empty. Safe for several processes: the last one
/// to write wins.
class ProbeCache {
public:
    /// $XDG_CACHE_HOME, or ~/.cache, and finetune-studio/probes.json in it; no file where neither is known.
    ProbeCache();
    explicit ProbeCache(std::filesystem::path file) : m_file(std::move(file)) {}

    /// A name of everything that decides how fast a training is and what it needs, but for its rows: the
    /// model's files, the settings, the processor and this version of the program.
    static std::string keyOf(const TrainJob& job);
    std::optional<ProbeResult> find(const std::string& key) const;
    /// Keeps the newest kMost. A cache that cannot be written is no error.
    void keep(const std::string& key, const ProbeResult& result) const;

    static constexpr std::size_t kMost = 200;

private:
    std::filesystem::path m_file;
};

}  // namespace studio
