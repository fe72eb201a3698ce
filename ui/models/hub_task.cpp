// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_task.h"

#include <QMetaObject>
#include <optional>
#include <utility>

#include "core/hub/download_folder.h"
#include "core/hub/web_origin.h"
#include "ui/jobs/either_stop.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

struct Found {
    HubListed listed;
    HubToken token;
};

QString keptFolder(const fs::path& folder) {
    std::error_code ignored;
    const fs::path part = downloadTarget(folder).string() + ".part";
    return fs::exists(part, ignored) ? QString::fromStdString(part.string()) : QString();
}

/// How a download ended: with a result, or stopped.
struct End {
    std::optional<DownloadResult> result;
    QString kept{};
};

}  // namespace

HubTask::HubTask(const ModelTools& tools, QObject* parent) : QObject(parent), m_tools(tools) {}

void HubTask::begin(Work work) {
    m_work = work;
    m_stop = std::stop_source();
}

void HubTask::stop() {
    m_stop.request_stop();
}

void HubTask::fail(const Error& error) {
    m_work = Work::None;
    const ErrorText text = errorText(error);
    Q_EMIT failed(sentences(text.cause, text.nextStep), text.details);
}

void HubTask::list(const HubQuery& asked, const std::string& usersHub) {
    begin(Work::Listing);
    m_tasks.run<std::optional<Found>>(
        [tools = m_tools, asked, usersHub,
         mine = m_stop.get_token()](const std::stop_token& runners) -> std::optional<Found> {
            const EitherStop stop(mine, runners);
            HubQuery query = asked;
            try {
                const HubToken token = findHubToken(tools.environment, stop.token());
                Found found;
                found.listed.isUsersHub = haveSameOrigin(query.hub, usersHub);
                if (found.listed.isUsersHub) query.token = token;
                const auto client = tools.makeClient();
                found.listed.plan = planDownload(listHubModel(*client, query, stop.token()), {});
                found.listed.tokenSource = QString::fromStdString(token.source);
                found.listed.tokenSent = !query.token.value.empty() && mayHaveToken(query.hub);
                found.token = query.token;
                return found;
            } catch (const Cancelled&) {
                return std::nullopt;
            }
        },
        [this](const std::optional<Found>& found) {
            m_work = Work::None;
            if (!found) {
                Q_EMIT stopped({});
                return;
            }
            m_token = found->token;
            Q_EMIT listed(found->listed);
        },
        [this](const Error& error) { fail(error); });
}

void HubTask::download(const DownloadPlan& plan, const fs::path& folder) {
    begin(Work::Downloading);
    DownloadSettings settings;
    settings.folder = folder;
    settings.token = m_token;
    settings.patience = m_tools.patience;
    settings.freeBytes = m_tools.freeBytes;
    settings.makeClient = m_tools.makeClient;
    m_tasks.run<End>(
        [this, plan, settings, mine = m_stop.get_token()](const std::stop_token& runners) {
            const EitherStop stop(mine, runners);
            // Posted and not called: this is another thread, which ends before the object does.
            const auto tell = [this](const DownloadProgress& progress) {
                if (!m_progress.put(progress)) return;
                QMetaObject::invokeMethod(
                    this,
                    [this] {
                        if (const auto newest = m_progress.take()) Q_EMIT progressed(*newest);
                    },
                    Qt::QueuedConnection);
            };
            try {
                return End{downloadModel(plan, settings, tell, stop.token())};
            } catch (const Cancelled&) {
                return End{std::nullopt, keptFolder(settings.folder)};
            }
        },
        [this](const End& end) {
            m_work = Work::None;
            if (end.result)
                Q_EMIT downloaded(*end.result);
            else
                Q_EMIT stopped(end.kept);
        },
        [this](const Error& error) { fail(error); });
}

}  // namespace studio::ui
