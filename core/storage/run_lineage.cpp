// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_lineage.h"

#include <algorithm>

namespace fs = std::filesystem;

namespace studio {

namespace {

/// The folder of a run where `model` is its folder or the "model" in it.
fs::path runFolderOf(const fs::path& model) {
    fs::path folder = model.lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    return folder.filename() == "model" ? folder.parent_path() : folder;
}

fs::path resolved(const fs::path& path) {
    std::error_code failed;
    const fs::path whole = fs::weakly_canonical(path, failed);
    return failed ? path : whole;
}

/// Which run's model each run began with. Paths are resolved once: there may be many runs, and this is asked
/// with every look at one of them.
class Parents {
public:
    explicit Parents(const RunEntries& runs) : m_runs(runs) {
        for (const auto& run : runs) m_places.push_back(resolved(run->summary.folder));
    }

    std::shared_ptr<const RunEntry> of(const RunEntry& run) const {
        if (run.summary.baseModel.empty()) return nullptr;
        const fs::path wanted = runFolderOf(run.summary.baseModel);
        const fs::path place = resolved(wanted);
        for (std::size_t i = 0; i < m_runs.size(); ++i)
            if (m_places[i] == place && m_runs[i].get() != &run) return m_runs[i];
        // A project that was moved or copied: the path is of the old place, which is gone. A run that began
        // later cannot be the base.
        std::error_code ignored;
        if (wanted.parent_path().filename() != "runs" || fs::exists(wanted, ignored)) return nullptr;
        auto named = findRun(m_runs, wanted.filename().string());
        const bool possible = named && named.get() != &run && named->summary.created <= run.summary.created;
        return possible ? named : nullptr;
    }

private:
    const RunEntries& m_runs;
    std::vector<fs::path> m_places;
};

}  // namespace

RunLineage lineageOf(const RunEntry& run, const RunEntries& runs) {
    RunLineage lineage;
    const Parents parents(runs);
    const RunEntry* at = &run;
    for (auto parent = parents.of(*at); parent; parent = parents.of(*at)) {
        // Run folders are written by hand, too: a circle must not hold the program.
        const bool known =
            parent.get() == &run ||
            std::find(lineage.ancestors.begin(), lineage.ancestors.end(), parent) != lineage.ancestors.end();
        if (known) break;
        lineage.ancestors.push_back(parent);
        at = parent.get();
    }
    lineage.root = at->summary.baseModel;
    for (const auto& each : runs) {
        if (each.get() != &run && parents.of(*each).get() == &run) lineage.children.push_back(each);
    }
    return lineage;
}

}  // namespace studio
