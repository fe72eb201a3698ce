// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>

#include "core/hub/model_download.h"
#include "ui/jobs/latest_value.h"
#include "ui/jobs/task_runner.h"
#include "ui/models/model_tools.h"

namespace studio::ui {

/// What a hub said of a model.
struct HubListed {
    DownloadPlan plan;
    QString tokenSource;     ///< where a token was found; empty: none was
    bool tokenSent = false;  ///< false for one that the hub's address must not have
    bool isUsersHub = true;  ///< false: only an address that was pasted names it
};

/// Asks a hub and downloads from it on a thread of its own, one thing at a time. Asks nothing before it is
/// told to. The access token stays in here. GUI thread; destroying it stops what goes on and waits for the
/// thread, which looks twenty times a second.
class HubTask : public QObject {
    Q_OBJECT

public:
    explicit HubTask(const ModelTools& tools, QObject* parent = nullptr);

    /// Ends in listed(), failed() or stopped(). The query's token is looked for on the thread, and sent only
    /// where the query's hub has the origin of `usersHub`, the address that the user set.
    void list(const HubQuery& query, const std::string& usersHub);
    /// Ends in downloaded(), failed() or stopped(). Sends the token that list() found.
    void download(const DownloadPlan& plan, const std::filesystem::path& folder);
    /// Nothing where nothing goes on.
    void stop();
    bool isListing() const { return m_work == Work::Listing; }
    bool isDownloading() const { return m_work == Work::Downloading; }
    bool isBusy() const { return m_work != Work::None; }

Q_SIGNALS:
    void listed(const studio::ui::HubListed& found);
    void progressed(const studio::DownloadProgress& progress);
    void downloaded(const studio::DownloadResult& result);
    /// `kept`: the folder in which what has arrived waits for the next time; empty: there is none.
    void stopped(const QString& kept);
    /// A sentence for people, and what "Copy details" copies.
    void failed(const QString& sentence, const QString& details);

private:
    enum class Work { None, Listing, Downloading };

    void begin(Work work);
    void fail(const Error& error);

    ModelTools m_tools;
    HubToken m_token;
    Work m_work = Work::None;
    std::stop_source m_stop;
    LatestValue<DownloadProgress> m_progress;
    TaskRunner m_tasks;  // last member: its thread uses the others
};

}  // namespace studio::ui
