// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <optional>

#include "core/jobs/model_export.h"
#include "ui/jobs/latest_value.h"
#include "ui/jobs/task_runner.h"
#include "ui/models/model_tools.h"

namespace studio::ui {

/// What of a model decides how it can be exported.
struct ExportFacts {
    TensorType stored = TensorType::Float32;
    QString notGguf;         ///< why it cannot be a GGUF file; empty: it can
    QString notGgufDetails;  ///< the same as the core says it
};

/// What an export would take. Nothing where that cannot be known.
struct ExportNeed {
    std::optional<ExportSize> size;
    quint64 freeBytes = 0;
    bool isThere = false;  ///< something stands at its target already
    QString problem{};     ///< why the size is not known
};

/// How far an export is.
struct ExportStep {
    enum class Stage {
        Loading,  ///< weights, in the engine
        Writing   ///< bytes
    } stage = Stage::Loading;
    std::int64_t done = 0, total = 0;
    double bytesPerSecond = 0.0;  ///< while it writes; 0: not known yet
    double secondsLeft = -1.0;    ///< < 0: not known
};

/// Looks at a model and exports it, on a thread of its own, with the very function that the command line
/// uses; the engine is made there when an export needs it and let go afterwards. GUI thread; destroying it
/// stops what goes on and waits for the thread.
class ExportTask : public QObject {
    Q_OBJECT

public:
    explicit ExportTask(const ModelTools& tools, QObject* parent = nullptr);

    /// Ends in inspected() or failed(). Not while it exports.
    void inspect(const std::filesystem::path& model);
    /// Ends in measured(); a later call replaces an earlier one.
    void measure(const ModelExport& request);
    /// Ends in exported(), failed() or stopped().
    void run(const ModelExport& request);
    void stop();
    bool isExporting() const { return m_exporting; }

Q_SIGNALS:
    void inspected(const studio::ui::ExportFacts& facts);
    void measured(const studio::ui::ExportNeed& need);
    void progressed(const studio::ui::ExportStep& step);
    void exported(const studio::ExportResult& result);
    void stopped();
    /// A sentence for people, and what "Copy details" copies.
    void failed(const QString& sentence, const QString& details);

private:
    void tell(const ExportStep& step);
    void fail(const Error& error);

    ModelTools m_tools;
    bool m_exporting = false;
    std::stop_source m_stop;
    LatestValue<ExportStep> m_step;
    TaskRunner m_measuring;
    TaskRunner m_tasks;  // last member: its thread uses the others
};

}  // namespace studio::ui
