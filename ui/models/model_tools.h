// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "core/base/files.h"
#include "core/base/line_process.h"
#include "core/hub/http_library.h"
#include "core/hub/retry_pace.h"
#include "ui/jobs/job_runner.h"

class QSettings;

namespace studio::ui {

/// What is remembered for the next time.
inline constexpr const char* kHubAddressKey = "hub/address";
inline constexpr const char* kExportFolderKey = "export/folder";

/// What downloading and exporting need of the world around them; tests give others. A value.
struct ModelTools {
    EngineFactory engine = [] { return makeEngine(); };  ///< called on a worker thread, for exports
    QSettings* settings = nullptr;                       ///< outlives the page; null: nothing is remembered
    Environment environment = initialEnvironment();      ///< with a token and a hub's address, or without
    HubPatience patience = {};
    std::function<std::unique_ptr<HttpClient>()> makeClient = makeHttpClient;
    std::function<std::uint64_t(const std::filesystem::path&)> freeBytes = freeDiskBytes;
};

}  // namespace studio::ui
