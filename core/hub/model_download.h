// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/hub/content_check.h"
#include "core/hub/file_choice.h"
#include "core/hub/http_library.h"
#include "core/hub/hub_listing.h"

/// Downloading a model: listHubModel() says what there is, planDownload() chooses, downloadModel() fetches.
/// Nothing else of this program asks a network, and none of this is called unless the user asks for it.
namespace studio {

/// How far a download has come. A value: what it says stays true.
struct DownloadProgress {
    enum class Stage {
        Checking,     ///< reads what is there already
        Downloading,  ///< fetches
        Finishing     ///< puts the folder in its place
    };
    Stage stage = Stage::Checking;
    std::int64_t bytesDone = 0;  ///< of all files, also those that were there; may go back after a failure
    std::int64_t bytesTotal = 0;
    double bytesPerSecond = 0.0;  ///< of the last seconds; 0: not known yet
    double secondsLeft = -1.0;    ///< < 0: not known
    std::int64_t filesDone = 0, filesTotal = 0;
    std::optional<Error> failure;  ///< while a file waits after one: what that was
};

/// Called on the thread that downloads, about ten times a second.
using DownloadProgressFunction = std::function<void(const DownloadProgress&)>;

struct DownloadSettings {
    std::filesystem::path folder;  ///< the model's folder, which appears when it is whole
    HubToken token;                ///< sent only where mayHaveToken() lets it
    HubPatience patience;
    int parallel = 4;  ///< files at a time
    std::function<std::uint64_t(const std::filesystem::path&)> freeBytes = freeDiskBytes;
    std::function<std::unique_ptr<HttpClient>()> makeClient = makeHttpClient;
};

struct DownloadedFile {
    HubFile file;
    std::string sha256;  ///< of its content
    Verified verified = Verified::Size;
    bool fetched = false;          ///< false: it was there, whole and right
    std::int64_t resumedFrom = 0;  ///< so many bytes of a fetched one were there before
};

struct DownloadResult {
    std::filesystem::path folder;
    std::string commit;
    std::vector<DownloadedFile> files;
    std::vector<std::string> stale;  ///< of another commit, from an earlier download, and left where they are
    std::int64_t bytesFetched = 0;   ///< over the network
    double seconds = 0.0;
};

/// Fetches the files of a plan into FOLDER.part, several at a time, checks each, and moves the folder into
/// its place once all are there. Files that an earlier download left in FOLDER or FOLDER.part are read and
/// checked first and not fetched again; what is there of half ones is kept. Ended early, in whatever way, the
/// same call goes on where it was. Blocks; starts no thread. Throws InvalidArgument for a plan without files
/// and a folder that is not to be written into, DiskFull before anything is fetched, AccessDenied,
/// FileNotFound, NetworkFailed, FileUnwritable, Cancelled.
DownloadResult downloadModel(const DownloadPlan& plan, const DownloadSettings& settings,
                             const DownloadProgressFunction& progress, const std::stop_token& stop);

}  // namespace studio
