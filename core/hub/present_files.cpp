// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/present_files.h"

#include <algorithm>
#include <set>

namespace fs = std::filesystem;

namespace studio {
namespace {

/// 0 where it is none.
std::int64_t sizeOnDisk(const fs::path& path) {
    std::error_code absent;
    if (!fs::is_regular_file(fs::symlink_status(path, absent))) return 0;
    const auto size = fs::file_size(path, absent);
    return absent ? 0 : static_cast<std::int64_t>(size);
}

/// What will be read: files of another size are known to be wrong.
std::int64_t bytesToRead(const fs::path& folder, const DownloadPlan& plan) {
    std::int64_t sum = 0;
    for (const HubFile& file : plan.files) {
        if (sizeOnDisk(folder / file.path) == file.size) sum += file.size;
    }
    return sum;
}

}  // namespace

PresentFiles presentFiles(const fs::path& folder, const DownloadPlan& plan, bool removesWrong,
                          const BytesFunction& progress, const std::stop_token& stop) {
    PresentFiles present;
    const std::int64_t total = bytesToRead(folder, plan);
    std::int64_t done = 0;
    for (const HubFile& file : plan.files) {
        const fs::path path = folder / file.path;
        const auto result = checkFile(path, file, stop);
        if (result) done += file.size;
        std::error_code ignored;
        if (result && result->right)
            present[file.path] = *result;
        else if (removesWrong)
            fs::remove(path, ignored);
        if (progress) progress(done, total);
    }
    return present;
}

std::vector<std::string> staleFiles(const DownloadReceipt& receipt, const DownloadPlan& plan) {
    std::vector<std::string> stale;
    if (receipt.origin.commit == plan.commit) return stale;
    std::set<std::string> planned;
    for (const HubFile& file : plan.files) planned.insert(file.path);
    for (const auto& file : receipt.files) {
        if (planned.count(file.path) == 0) stale.push_back(file.path);
    }
    return stale;
}

}  // namespace studio
