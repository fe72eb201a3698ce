// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that go on or are made again: what is read for it, and TrainPage's part of it.
#include "ui/train/run_again.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/storage/project.h"
#include "ui/dialogs/dialogs.h"
#include "ui/jobs/job_runner.h"
#include "ui/text/error_text.h"
#include "ui/train/run_view.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/train/train_page.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

[[noreturn]] void throwNotSaid(const fs::path& file, const char* part) {
    throw Error(ErrorCode::BadFormat, file.string() + " has no usable " + part + ".",
                "Put the file back from a copy, or set up a new run by hand.", {file.string()});
}

/// The step that a run goes on from; 0 where it has no checkpoint.
std::int64_t newestCheckpoint(const RunFolder& folder) {
    static const std::string kStem = "step-";
    std::int64_t newest = 0;
    std::error_code error;
    for (fs::directory_iterator entry(folder.checkpointsFolder(), error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.rfind(kStem, 0) == 0)
            newest = std::max<std::int64_t>(newest, std::atoll(name.c_str() + kStem.size()));
    }
    return newest;
}

bool sameTexts(const PromptTemplate& one, const PromptTemplate& other) {
    return one.withInput == other.withInput && one.withoutInput == other.withoutInput &&
           one.separator == other.separator && one.appendEos == other.appendEos;
}

}  // namespace

RunOrigin readRunOrigin(const RunSummary& run) {
    const fs::path file = run.folder / "run.json";
    const OrderedJson document = RunFolder(run.folder).readRun();
    if (!document.is_object()) throwNotSaid(file, "description");
    const auto settings = document.find("settings"), used = document.find("template");
    if (settings == document.end() || !settings->is_object()) throwNotSaid(file, "settings");
    if (used == document.end() || !used->is_object()) throwNotSaid(file, "template");
    RunOrigin origin;
    // Settings that this version does not know are left out; the form shows what is taken.
    fromJson(*settings, origin.settings);
    origin.baseModel = run.baseModel;
    origin.promptTemplate = parsePromptTemplate(used->dump(), file.string());
    return origin;
}

void chooseOrigin(ProjectSession& session, const RunOrigin& origin, const std::string& runName) {
    if (!origin.baseModel.empty()) session.setBaseModel(origin.baseModel);
    const std::vector<PromptTemplate> known = session.templates();
    const PromptTemplate& wanted = origin.promptTemplate;
    // Its own name first: two templates may have the same texts.
    const auto named = std::find_if(known.begin(), known.end(), [&](const PromptTemplate& each) {
        return each.name == wanted.name && sameTexts(each, wanted);
    });
    const auto same =
        named != known.end() ? named : std::find_if(known.begin(), known.end(), [&](const auto& each) {
            return sameTexts(each, wanted);
        });
    if (same != known.end()) {
        session.setCurrentTemplate(QString::fromStdString(same->name));
        return;
    }
    PromptTemplate copy = wanted;
    copy.name += "-" + runName;
    copy.title += " (" + runName + ")";
    session.saveTemplate(copy);
}

RunAgain makeRunAgain(const fs::path& projectFolder, const RunSummary& run,
                      const std::vector<std::string>& changes, const std::stop_token& stop) {
    RunAgain again;
    const auto project = Project::open(projectFolder);
    TrainingRecords records = trainingRecords(*project);
    throwIfStopped(stop);
    TrainJob& job = again.job;
    job.resume = true;
    job.changes = changes;
    job.runFolder = run.folder;
    job.runName = run.name;
    job.projectName = project->name();
    const RunOrigin origin = readRunOrigin(run);
    job.modelFolder = origin.baseModel;
    job.settings = origin.settings;
    for (const std::string& change : changes) applyAssignment(job.settings, change);
    job.promptTemplate = origin.promptTemplate;
    job.validationTakenFromTrain = records.validationTakenFromTrain;
    std::vector<Record> all = records.train;
    all.insert(all.end(), records.validation.begin(), records.validation.end());
    job.dataHash = Project::snapshotHash(all);
    job.train = std::make_shared<const std::vector<Record>>(std::move(records.train));
    job.validation = std::make_shared<const std::vector<Record>>(std::move(records.validation));
    again.past = readPastRun(RunFolder(run.folder).summary());
    again.past.facts.validationRows = static_cast<qint64>(job.validation->size());
    again.past.facts.settings = job.settings;
    // What was measured after the checkpoint will be measured again.
    const std::int64_t step = newestCheckpoint(RunFolder(run.folder));
    again.past.metrics.removeIf([step](const MetricsLine& line) { return line.step > step; });
    return again;
}

// TrainPage
// -----------------------------------------------------------------------------------------------------

void TrainPage::resumeRun(const RunSummary& run, const std::vector<std::string>& changes) {
    if (isRunning() || !m_session.isOpen()) return;
    m_again.run<RunAgain>(
        [folder = m_session.project().folder(), run, changes](const std::stop_token& stop) {
            return makeRunAgain(folder, run, changes, stop);
        },
        [this](const RunAgain& again) {
            if (isRunning()) return;
            begin(again.past.facts, again.job, true);
            for (const MetricsLine& line : again.past.metrics)
                m_past.append(MetricsEvent{line, std::numeric_limits<double>::quiet_NaN()});
        },
        [this](const Error& error) {
            m_dialogs.showError(
                this, {tr("The training was not resumed"), errorLine(error), errorText(error).details});
        });
}

void TrainPage::repeatRun(const RunSummary& run) {
    try {
        const RunOrigin origin = readRunOrigin(run);
        chooseOrigin(m_session, origin, run.name);
        showSetup();
        SettingsForm& form = m_setup->form();
        form.fillFrom(origin.settings);
        form.setRunName(QString::fromStdString(freeRunName(m_session.project().runsFolder(), run.name)));
        form.focusField("learning_rate");
    } catch (const Error& error) {
        m_dialogs.showError(
            this, {tr("The settings were not taken over"), errorLine(error), errorText(error).details});
    }
}

}  // namespace studio::ui
