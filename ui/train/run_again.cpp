// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that are made again: what is read for it, and TrainPage's part of it.
#include "ui/train/run_again.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/formats/json.h"
#include "core/storage/project.h"
#include "ui/dialogs/dialogs.h"
#include "ui/text/error_text.h"
#include "ui/train/queue_model.h"
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

// TrainPage
// -----------------------------------------------------------------------------------------------------

void TrainPage::repeatRun(const RunSummary& run) {
    try {
        const RunOrigin origin = readRunOrigin(run);
        chooseOrigin(m_session, origin, run.name);
        showSetup();
        SettingsForm& form = m_setup->form();
        form.fillFrom(origin.settings);
        form.setRunName(QString::fromStdString(m_queue->freeName(run.name)));
        form.focusField("learning_rate");
    } catch (const Error& error) {
        showError(tr("The settings were not taken over"), error);
    }
}

}  // namespace studio::ui
