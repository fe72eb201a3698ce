// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/data/import.h"
#include "core/storage/project.h"
#include "ui/jobs/task_runner.h"

class QTimer;

namespace studio::ui {

/// What files gave, before anything is stored.
struct ImportBatch {
    struct Problem {
        QString file;
        Error error;  ///< the file as a whole could not be read
    };
    QStringList files;
    QStringList formats;  ///< as which each readable file was read
    std::vector<Record> records;
    std::vector<RefusedRow> refused;
    std::vector<ImportNote> notes;
    std::vector<Problem> problems;
};

struct ExportRequest {
    RecordQuery query;
    std::filesystem::path path;
    bool array = false;  ///< one JSON array instead of JSON lines
};

/// Reads files, stores what they gave, deals splits, and writes files, off the GUI thread, one at a time. The
/// latter three open the project a second time on that thread, so that the window stays alive with any number
/// of rows. All functions and signals: GUI thread.
class RecordTransfer : public QObject {
    Q_OBJECT

public:
    explicit RecordTransfer(QObject* parent = nullptr);
    ~RecordTransfer() override;

    bool isBusy() const { return m_busy; }
    void read(const QStringList& files);
    void store(const std::filesystem::path& project, std::shared_ptr<const ImportBatch> batch);
    void write(const std::filesystem::path& project, const ExportRequest& request);
    void split(const std::filesystem::path& project, const SplitSettings& settings);
    /// Ends the work under way as if it had not begun; stopped() follows.
    void stop();

Q_SIGNALS:
    /// Every 100 ms: how far the present file or project has come.
    void progressed(const QString& file, qint64 done, qint64 total);
    void readFinished(std::shared_ptr<const studio::ui::ImportBatch> batch);
    void stored(int rows);
    void written(const QString& file, int rows);
    void splitDone();
    void stopped();
    void failed(const studio::Error& error);

private:
    struct State {
        std::atomic<std::int64_t> done{0};
        std::atomic<std::int64_t> total{0};
        std::atomic<int> file{0};
        std::stop_source stop;
    };
    template <typename Result>
    void start(std::function<std::shared_ptr<const Result>(State&)> work,
               std::function<void(const Result&)> then);

    std::shared_ptr<State> m_state;
    QStringList m_files;
    bool m_busy = false;
    QTimer* m_timer;
    std::unique_ptr<TaskRunner> m_runner;
};

}  // namespace studio::ui
