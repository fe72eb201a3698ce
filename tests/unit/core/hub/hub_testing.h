// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "core/hub/model_download.h"
#include "tests/support/fake_hub.h"

namespace studio::test {

/// Waits in hundredths of the usual ones.
inline HubPatience quickly() {
    HubPatience patience;
    patience.connectSeconds = 2.0;
    patience.stallSeconds = 1.0;
    patience.firstPauseSeconds = 0.01;
    patience.longestPauseSeconds = 0.05;
    patience.longestRetryAfterSeconds = 3.0;
    patience.attempts = 4;
    return patience;
}

inline HubQuery queryOf(const FakeHub& hub) {
    HubQuery query;
    query.hub = hub.address();
    query.model = FakeHub::kModel;
    query.patience = quickly();
    return query;
}

inline DownloadPlan planOf(const FakeHub& hub, const FileChoice& choice = {}) {
    return planDownload(listHubModel(queryOf(hub), {}), choice);
}

inline DownloadSettings settingsFor(const std::filesystem::path& folder) {
    DownloadSettings settings;
    settings.folder = folder;
    settings.patience = quickly();
    return settings;
}

inline DownloadResult download(const FakeHub& hub, const std::filesystem::path& folder) {
    return downloadModel(planOf(hub), settingsFor(folder), {}, {});
}

inline std::string bytesIn(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

inline const DownloadedFile& fileIn(const DownloadResult& result, const std::string& path) {
    for (const DownloadedFile& file : result.files) {
        if (file.file.path == path) return file;
    }
    throw std::runtime_error("no file " + path);
}

/// The number in "bytes=N-", or -1 where no Range was asked for.
inline std::int64_t rangeStart(const HttpSeen& request) {
    const std::string range = request.header("range");
    return range.empty() ? -1 : std::stoll(range.substr(6));
}

}  // namespace studio::test
