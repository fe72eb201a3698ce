// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_request.h"

#include <QRegularExpression>
#include <QStringList>

#include "core/base/files.h"
#include "core/formats/chat_templates.h"
#include "core/jobs/measured_speed.h"
#include "core/jobs/project_rows.h"
#include "ui/train/field_editor.h"

namespace studio::ui {

TrainPlan makeTrainPlan(const TrainRequest& request, const std::stop_token& stop) {
    TrainPlan plan;
    const auto project = Project::open(request.projectFolder);
    TrainJob& job = plan.job;
    job.modelFolder = request.modelFolder;
    job.runName = request.runName;
    job.settings = request.settings;
    job.promptTemplate = request.promptTemplate;
    plan.leftOut = takeProjectRows(*project, job, stop);
    job.samplePrompts = samplePromptsOfRows(*project, request.sampleRows, request.promptTemplate);

    plan.model = readModelConfig(request.modelFolder);
    checkStart(job, plan.model, *request.tokenizer, request.devices);
    std::error_code ignored;
    // A fine-tuned model's own template goes before the one that its base was trained with.
    const bool fineTuned = std::filesystem::exists(request.modelFolder / kPromptTemplateFile, ignored);
    plan.leavesChatFormat =
        !fineTuned && !request.promptTemplate.isChat() && hasChatTemplate(request.modelFolder);
    plan.instructionsUnread = !unreadInstructionsText(job).empty();
    plan.freeMemoryBytes = availableMemoryBytes(job.settings.device);
    plan.freeDiskBytes = freeDiskBytes(request.projectFolder);
    const PreflightMachine machine = machineFor(job);
    plan.measuredRun = machine.measuredRun;
    // Rows without anything to learn are shown with the way to them, instead of the error of requireRows().
    plan.found = computePreflight(job, *request.tokenizer, plan.model, machine, stop);
    return plan;
}

QString shellQuoted(const QString& argument) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:=+,@%-]+$"));
    if (plain.match(argument).hasMatch()) return argument;
    QString inner = argument;
    inner.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

QString trainCommand(const TrainRequest& request) {
    const auto path = [](const std::filesystem::path& folder) {
        return shellQuoted(QString::fromStdString(folder.string()));
    };
    QStringList lines{QStringLiteral("finetune train --project ") + path(request.projectFolder)};
    lines << QStringLiteral("--model ") + path(request.modelFolder);
    lines << QStringLiteral("--template %1 --run %2")
                 .arg(shellQuoted(QString::fromStdString(request.promptTemplate.name)),
                      shellQuoted(QString::fromStdString(request.runName)));
    if (!request.recipe.empty())
        lines << QStringLiteral("--recipe ") + shellQuoted(QString::fromStdString(request.recipe));
    QStringList assignments;
    for (const std::string& field : changedFields(request.settings, request.recipeSettings)) {
        assignments << QStringLiteral("--set ") +
                           shellQuoted(QString::fromStdString(field) + QLatin1Char('=') +
                                       settingText(value(request.settings, field)));
    }
    if (request.settings.sampleEvery > 0) {
        for (const std::int64_t row : request.sampleRows)
            assignments << QStringLiteral("--sample-row %1").arg(row);
    }
    for (int i = 0; i < assignments.size(); i += 2) lines << assignments.mid(i, 2).join(QLatin1Char(' '));
    return lines.join(QStringLiteral(" \\\n  "));
}

}  // namespace studio::ui
