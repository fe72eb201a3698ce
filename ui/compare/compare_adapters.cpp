// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Opening an adapter on the Compare page, for one of its arms.
#include <algorithm>

#include "core/base/error.h"
#include "core/formats/model_folders.h"
#include "ui/compare/compare_page.h"
#include "ui/dialogs/dialogs.h"
#include "ui/session/adapter_opening.h"
#include "ui/widgets/note_bar.h"

namespace fs = std::filesystem;

namespace studio::ui {

void ComparePage::chooseAdapter(int arm) {
    m_note->clear();
    if (!m_session.isOpen())
        return showError(
            Error(ErrorCode::InvalidArgument, "No project is open.", "Open a project or make a new one."));
    FileRequest request;
    request.title = tr("Open an adapter folder");
    m_dialogs.openFolder(this, request, [this, arm](const QString& folder) {
        const AdapterOpening opening{[this, arm](const fs::path& adapter, const fs::path& base) {
                                         openAdapterFor(arm, adapter, base);
                                     },
                                     [this](const Error& error) { showError(error); }};
        openAdapter(this, m_dialogs, m_openings[static_cast<std::size_t>(arm)],
                    fs::path(folder.toStdString()), {}, opening);
    });
}

// The project keeps it: it can be chosen from now on.
void ComparePage::openAdapterFor(int arm, const fs::path& adapter, const fs::path& base) {
    try {
        m_session.addAdapter(adapter, base);
        const std::vector<ModelChoice> known = m_session.answerers();
        const auto found = std::find_if(known.begin(), known.end(), [&](const ModelChoice& model) {
            return sameFolder(model.place(), adapter);
        });
        if (found == known.end()) return;
        m_chosen[static_cast<std::size_t>(arm)] = true;
        m_arms[static_cast<std::size_t>(arm)]->setModel(*found);
    } catch (const Error& error) {
        return showError(error);
    }
    reloadModels();
}

}  // namespace studio::ui
