// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/record_transfer.h"

#include <QFile>
#include <QTimer>

namespace studio::ui {

namespace {

constexpr int kProgressMs = 100;

std::filesystem::path filePath(const QString& file) {
    return std::filesystem::path(QFile::encodeName(file).toStdString());
}

void append(ImportBatch& batch, ImportResult result) {
    batch.formats << QString::fromStdString(result.format);
    batch.records.insert(batch.records.end(), std::make_move_iterator(result.records.begin()),
                         std::make_move_iterator(result.records.end()));
    batch.refused.insert(batch.refused.end(), result.refused.begin(), result.refused.end());
    batch.notes.insert(batch.notes.end(), result.notes.begin(), result.notes.end());
}

}  // namespace

RecordTransfer::RecordTransfer(QObject* parent) : QObject(parent), m_runner(std::make_unique<TaskRunner>()) {
    m_timer = new QTimer(this);
    m_timer->setInterval(kProgressMs);
    connect(m_timer, &QTimer::timeout, this, [this] {
        Q_EMIT progressed(m_files.value(m_state->file.load()), m_state->done.load(), m_state->total.load());
    });
}

RecordTransfer::~RecordTransfer() {
    stop();
}

// The work has a stop of its own besides the runner's: the runner drops what it was told to stop, but whether
// rows were stored in the moment of a stop must be known.
template <typename Result>
void RecordTransfer::start(std::function<std::shared_ptr<const Result>(State&)> work,
                           std::function<void(const Result&)> then) {
    m_busy = true;
    m_state = std::make_shared<State>();
    m_timer->start();
    using Shared = std::shared_ptr<const Result>;
    m_runner->run<Shared>(
        [work = std::move(work), state = m_state](const std::stop_token&) -> Shared {
            try {
                return work(*state);
            } catch (const Cancelled&) {
                return nullptr;
            }
        },
        [this, then = std::move(then)](const Shared& result) {
            m_timer->stop();
            m_busy = false;
            if (result)
                then(*result);
            else
                Q_EMIT stopped();
        },
        [this](const Error& error) {
            m_timer->stop();
            m_busy = false;
            Q_EMIT failed(error);
        });
}

void RecordTransfer::read(const QStringList& files) {
    m_files = files;
    start<std::shared_ptr<const ImportBatch>>(
        [files](State& state) {
            auto batch = std::make_shared<ImportBatch>();
            batch->files = files;
            const ProgressFunction progress = [&state](const Progress& now) {
                state.done = now.done;
                state.total = now.total;
            };
            for (int i = 0; i < files.size(); ++i) {
                state.file = i;
                state.done = 0;
                state.total = 0;
                try {
                    append(*batch,
                           importRecords(filePath(files[i]), "auto", progress, state.stop.get_token()));
                } catch (const Error& error) {
                    batch->problems.push_back({files[i], error});
                }
            }
            return std::make_shared<const std::shared_ptr<const ImportBatch>>(std::move(batch));
        },
        [this](const std::shared_ptr<const ImportBatch>& batch) { Q_EMIT readFinished(batch); });
}

void RecordTransfer::store(const std::filesystem::path& project, std::shared_ptr<const ImportBatch> batch) {
    m_files.clear();
    start<int>(
        [project, batch = std::move(batch)](State& state) {
            const ProgressFunction progress = [&state](const Progress& now) {
                state.done = now.done;
                state.total = now.total;
            };
            const auto own = Project::open(project);
            const auto ids = own->add(batch->records, "import", progress, state.stop.get_token());
            return std::make_shared<const int>(static_cast<int>(ids.size()));
        },
        [this](const int& rows) { Q_EMIT stored(rows); });
}

void RecordTransfer::write(const std::filesystem::path& project, const ExportRequest& request) {
    m_files = {QFile::decodeName(QByteArray::fromStdString(request.path.string()))};
    start<int>(
        [project, request](State& state) {
            const auto own = Project::open(project);
            const auto records = own->records(request.query);
            throwIfStopped(state.stop.get_token());
            if (request.array)
                exportJsonArray(records, request.path);
            else
                exportJsonl(records, request.path);
            return std::make_shared<const int>(static_cast<int>(records.size()));
        },
        [this](const int& rows) { Q_EMIT written(m_files.value(0), rows); });
}

void RecordTransfer::split(const std::filesystem::path& project, const SplitSettings& settings) {
    m_files.clear();
    start<bool>(
        [project, settings](State&) {
            Project::open(project)->split(settings);
            return std::make_shared<const bool>(true);
        },
        [this](const bool&) { Q_EMIT splitDone(); });
}

void RecordTransfer::stop() {
    if (m_busy) m_state->stop.request_stop();
}

}  // namespace studio::ui
