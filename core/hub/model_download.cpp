// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/model_download.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "core/base/byte_text.h"
#include "core/base/progress.h"
#include "core/hub/file_transfer.h"
#include "core/hub/hub_address.h"
#include "core/hub/present_files.h"
#include "core/hub/transfer_rate.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

using Clock = std::chrono::steady_clock;
using Stage = DownloadProgress::Stage;

/// How soon a stop is noticed.
constexpr std::chrono::milliseconds kPoll{50};
constexpr std::chrono::milliseconds kProgressGap{100};
/// For less, remembering the ETag costs more than fetching it again.
constexpr std::int64_t kWorthResuming = std::int64_t{1} << 20U;

/// One call of downloadModel().
class Download {
public:
    Download(const DownloadPlan& plan, const DownloadSettings& settings,
             const DownloadProgressFunction& progress, const std::stop_token& stop)
        : m_plan(plan),
          m_settings(settings),
          m_progress(progress),
          m_stop(stop),
          m_target(downloadTarget(settings.folder)) {}

    DownloadResult run();

private:
    void findPresent();
    void makeTransfers();
    void checkDisk() const;
    void fetch();
    void startReady();
    void settleDone();
    void finish();
    DownloadResult result() const;
    std::vector<DownloadedFile> files() const;
    DownloadReceipt receipt() const;
    void report(Stage stage, std::int64_t done, std::int64_t total, bool always);
    void reportFetching();
    BytesFunction checking();

    const DownloadPlan& m_plan;
    const DownloadSettings& m_settings;
    const DownloadProgressFunction& m_progress;
    const std::stop_token& m_stop;
    const fs::path m_target;
    const Clock::time_point m_begun = Clock::now();

    std::optional<DownloadReceipt> m_earlier;
    PresentFiles m_inTarget, m_inPart;
    std::unique_ptr<DownloadFolder> m_folder;
    std::deque<FileTransfer> m_transfers;  ///< largest first
    std::unique_ptr<HttpClient> m_client;  ///< behind the transfers, so that it goes before them
    TransferRate m_rate;
    Clock::time_point m_reported{};
};

void Download::report(Stage stage, std::int64_t done, std::int64_t total, bool always) {
    const auto now = Clock::now();
    if (!m_progress || (!always && now - m_reported < kProgressGap)) return;
    m_reported = now;
    DownloadProgress progress;
    progress.stage = stage;
    progress.bytesDone = done;
    progress.bytesTotal = total;
    progress.filesTotal = static_cast<std::int64_t>(m_plan.files.size());
    progress.filesDone = progress.filesTotal;
    for (const FileTransfer& transfer : m_transfers) {
        if (transfer.state() != FileTransfer::State::Done) --progress.filesDone;
        if (!progress.failure) progress.failure = transfer.failure();
    }
    if (stage == Stage::Downloading) {
        progress.bytesPerSecond = m_rate.bytesPerSecond();
        progress.secondsLeft = m_rate.secondsFor(total - done);
    }
    m_progress(progress);
}

BytesFunction Download::checking() {
    return [this](std::int64_t done, std::int64_t total) { report(Stage::Checking, done, total, false); };
}

void Download::findPresent() {
    m_earlier = earlierDownload(m_target, m_plan.model);
    if (!m_earlier) return;
    m_inTarget = presentFiles(m_target, m_plan, /*removesWrong=*/false, checking(), m_stop);
}

void Download::makeTransfers() {
    m_folder->dropAllBut(m_plan.files);
    m_inPart = presentFiles(m_folder->path(), m_plan, /*removesWrong=*/true, checking(), m_stop);
    const bool sends = !m_settings.token.value.empty() && mayHaveToken(m_plan.hub);
    std::vector<HubFile> missing;
    for (const HubFile& file : m_plan.files) {
        if (m_inTarget.count(file.path) == 0 && m_inPart.count(file.path) == 0) missing.push_back(file);
    }
    std::stable_sort(missing.begin(), missing.end(),
                     [](const HubFile& one, const HubFile& other) { return one.size > other.size; });
    for (const HubFile& file : missing) {
        TransferOrder order;
        order.file = file;
        order.url = modelFileUrl(m_plan.hub, m_plan.model, m_plan.commit, file.path);
        order.token = sends ? m_settings.token.value : "";
        order.question = {m_plan.hub, m_plan.model, m_plan.revision, file.path,
                          sends ? m_settings.token.source : ""};
        order.patience = m_settings.patience;
        order.partial = m_folder->partialOf(file);
        order.etag = m_folder->etagOf(file);
        m_transfers.emplace_back(std::move(order)).adopt(m_stop);
    }
}

void Download::checkDisk() const {
    std::int64_t needed = 0;
    for (const FileTransfer& transfer : m_transfers) needed += transfer.file().size - transfer.bytes();
    const std::uint64_t free = m_settings.freeBytes(m_target);
    if (needed <= 0 || static_cast<std::uint64_t>(needed) <= free) return;
    const std::string need = byteText(static_cast<std::uint64_t>(needed));
    throw Error(ErrorCode::DiskFull,
                "The download of " + m_plan.model + " needs " + need + " on the disk of " +
                    m_target.string() + ", where " + byteText(free) + " are free.",
                "Make room there, or choose a folder on another disk.",
                {m_target.string(), "no_room", need, byteText(free)});
}

void Download::startReady() {
    int running = 0;
    for (const FileTransfer& transfer : m_transfers)
        running += transfer.state() == FileTransfer::State::Running ? 1 : 0;
    const auto now = Clock::now();
    for (FileTransfer& transfer : m_transfers) {
        if (running >= m_settings.parallel) return;
        if (transfer.state() != FileTransfer::State::Waiting || transfer.readyAt() > now) continue;
        transfer.begin(*m_client);
        if (transfer.state() == FileTransfer::State::Running) ++running;
    }
}

void Download::settleDone() {
    for (FileTransfer& transfer : m_transfers) {
        const HubFile& file = transfer.file();
        if (transfer.state() == FileTransfer::State::Done) {
            if (m_inPart.count(file.path) > 0) continue;
            m_folder->settle(file);
            m_inPart[file.path] = transfer.result();
        } else if (file.size >= kWorthResuming && !transfer.etag().empty()) {
            m_folder->rememberEtag(file, transfer.etag());
        }
    }
}

void Download::reportFetching() {
    std::int64_t received = 0, missing = 0;
    for (const FileTransfer& transfer : m_transfers) {
        received += transfer.received();
        missing += transfer.file().size - transfer.bytes();
    }
    m_rate.add(Clock::now(), received);
    report(Stage::Downloading, m_plan.bytes() - missing, m_plan.bytes(), missing == 0);
}

void Download::fetch() {
    if (m_transfers.empty()) return;
    m_client = m_settings.makeClient();
    const auto isDone = [](const FileTransfer& one) { return one.state() == FileTransfer::State::Done; };
    while (!std::all_of(m_transfers.begin(), m_transfers.end(), isDone)) {
        throwIfStopped(m_stop);
        startReady();
        m_client->wait(kPoll);
        settleDone();
        reportFetching();
    }
    settleDone();
    m_client.reset();
}

std::vector<DownloadedFile> Download::files() const {
    std::map<std::string, const FileTransfer*> transfers;
    for (const FileTransfer& transfer : m_transfers) transfers[transfer.file().path] = &transfer;
    std::vector<DownloadedFile> files;
    for (const HubFile& file : m_plan.files) {
        DownloadedFile entry;
        entry.file = file;
        const auto inPart = m_inPart.find(file.path);
        const ContentCheck::Result& found =
            inPart != m_inPart.end() ? inPart->second : m_inTarget.at(file.path);
        entry.sha256 = found.sha256;
        entry.verified = found.by;
        const auto transfer = transfers.find(file.path);
        entry.fetched = transfer != transfers.end();
        if (entry.fetched) entry.resumedFrom = transfer->second->resumedFrom();
        files.push_back(std::move(entry));
    }
    return files;
}

/// What an earlier download of the same commit brought, when this one was only of some files, stays known.
DownloadReceipt Download::receipt() const {
    DownloadReceipt receipt{{m_plan.hub, m_plan.model, m_plan.revision, m_plan.commit}, {}};
    std::set<std::string> known;
    for (const DownloadedFile& file : files()) {
        receipt.files.push_back({file.file.path, file.sha256});
        known.insert(file.file.path);
    }
    if (!m_earlier || m_earlier->origin.commit != m_plan.commit) return receipt;
    for (const auto& file : m_earlier->files) {
        if (known.count(file.path) == 0) receipt.files.push_back(file);
    }
    return receipt;
}

DownloadResult Download::result() const {
    DownloadResult result;
    result.folder = m_target;
    result.commit = m_plan.commit;
    result.files = files();
    if (m_earlier) result.stale = staleFiles(*m_earlier, m_plan);
    for (const FileTransfer& transfer : m_transfers) result.bytesFetched += transfer.received();
    result.seconds = std::chrono::duration<double>(Clock::now() - m_begun).count();
    return result;
}

void Download::finish() {
    report(Stage::Finishing, m_plan.bytes(), m_plan.bytes(), true);
    m_folder->finish(receipt(), m_stop);
}

DownloadResult Download::run() {
    if (m_plan.files.empty()) {
        throw Error(ErrorCode::InvalidArgument,
                    "None of the files of " + m_plan.model + " is one to download as asked.",
                    "List its files first, and choose others.", {m_plan.model});
    }
    findPresent();
    const bool isComplete = m_inTarget.size() == m_plan.files.size();
    if (isComplete && m_earlier->origin.commit == m_plan.commit) {
        std::error_code ignored;
        fs::remove_all(m_target / kStateFolder, ignored);  // of a process that was killed at its very end
        return result();
    }
    m_folder = std::make_unique<DownloadFolder>(
        m_target, DownloadOrigin{m_plan.hub, m_plan.model, m_plan.revision, m_plan.commit});
    makeTransfers();
    checkDisk();
    fetch();
    finish();
    return result();
}

}  // namespace

DownloadResult downloadModel(const DownloadPlan& plan, const DownloadSettings& settings,
                             const DownloadProgressFunction& progress, const std::stop_token& stop) {
    return Download(plan, settings, progress, stop).run();
}

}  // namespace studio
