// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with models: the part of ModelsPage that buttons, keys and menus ask for.
#include <QDir>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <utility>

#include "core/base/error.h"
#include "core/formats/adapter_files.h"
#include "core/formats/model_folders.h"
#include "ui/dialogs/dialogs.h"
#include "ui/models/model_export_dialog.h"
#include "ui/models/models_page.h"
#include "ui/session/adapter_opening.h"
#include "ui/session/model_paths.h"
#include "ui/widgets/note_bar.h"

namespace fs = std::filesystem;

namespace studio::ui {

// Open
// ----------------------------------------------------------------------------------------------------------

void ModelsPage::chooseFolder() {
    FileRequest request;
    request.title = tr("Open a model folder");
    m_dialogs.openFolder(this, request,
                         [this](const QString& folder) { openModel(fs::path(folder.toStdString())); });
}

void ModelsPage::openModel(const fs::path& chosen) {
    m_note->clear();
    fs::path folder = resolvedFolder(chosen);
    std::error_code error;
    // The model of a run folder.
    if (!fs::exists(folder / "config.json", error) && fs::exists(folder / "model" / "config.json", error))
        folder /= "model";
    if (!fs::exists(folder / "config.json", error) && !adapterIn(folder).empty()) {
        const AdapterOpening opening{
            [this](const fs::path& adapter, const fs::path& base) { addOpened(adapter, base); },
            [this](const Error& problem) { showError(problem); }};
        return openAdapter(this, m_dialogs, m_opening, folder, m_known.baseOf(adapterIn(folder)), opening);
    }
    if (!fs::exists(folder / "config.json", error)) {
        m_note->setNote(NoteKind::Error,
                        tr("There is no config.json in %1. Choose a model folder in the Hugging Face layout.")
                            .arg(QDir::toNativeSeparators(QString::fromStdString(folder.string()))));
        return;
    }
    addOpened(folder, {});
}

/// `base`: of an adapter.
void ModelsPage::addOpened(const fs::path& folder, const fs::path& base) {
    const auto listed = findModel(m_model.models(), folder);
    try {
        // One whose base was not known is listed already.
        if (!listed || (!base.empty() && !sameFolder(listed->madeFrom, base))) m_known.add(folder, base);
    } catch (const Error& problem) {
        return showError(problem);
    }
    m_wanted = folder;
    if (!base.empty()) tellNames();
    if (m_model.rowOf(folder) >= 0) {
        select(folder);
        m_table->setFocus(Qt::OtherFocusReason);
    }
    reload();
}

// Rename and remove
// ---------------------------------------------------------------------------------------------

void ModelsPage::renameCurrent() {
    const auto model = current();
    if (!model) return;
    m_dialogs.askText(this, tr("Rename in the list"),
                      tr("Name of %1; its folder keeps its own. Nothing gives the model its own name back.")
                          .arg(QString::fromStdString(model->ownName)),
                      modelName(*model),
                      [this, folder = model->folder](const QString& name) { takeName(folder, name); });
}

void ModelsPage::takeName(const fs::path& folder, const QString& name) {
    const auto model = findModel(m_model.models(), folder);
    if (!model) return;
    const QString given = name.trimmed();
    try {
        m_known.rename(folder, given == QString::fromStdString(model->ownName) ? "" : given.toStdString());
    } catch (const Error& error) {
        return showError(error);
    }
    m_wanted = folder;
    tellNames();
    reload();
}

/// Train and Compare list the models by the same names, and adapters beside the same bases.
void ModelsPage::tellNames() {
    m_session.setModelNames(
        [known = m_known](const fs::path& folder) { return QString::fromStdString(known.nameOf(folder)); },
        [known = m_known](const fs::path& adapter) { return known.baseOf(adapter); });
}

QString ModelsPage::whyNotRemovable(const ModelEntry& model) const {
    switch (model.origin) {
        case ModelOrigin::Embedded:
            return tr("It comes with the program.");
        case ModelOrigin::Run:
            return tr("It belongs to a run. Delete the run on Runs.");
        case ModelOrigin::Project:
            return tr("It lies in the project's folder.");
        case ModelOrigin::Opened:
            break;
    }
    return m_model.isBase(model) ? tr("It is the base of this project. Choose another base first.")
                                 : QString();
}

void ModelsPage::removeCurrent() {
    const auto model = current();
    if (!model) return;
    if (const QString why = whyNotRemovable(*model); !why.isEmpty()) {
        Q_EMIT statusMessage(why);
        return;
    }
    Removed removed{model->folder, m_known.nameOf(model->folder),
                    model->isAdapter ? model->madeFrom : fs::path(), m_known.contains(model->folder), false};
    try {
        m_known.remove(model->folder);
        removed.ofProject =
            m_session.isOpen() && (model->isAdapter ? m_session.removeAdapter(model->folder)
                                                    : m_session.removeModelFolder(model->folder));
    } catch (const Error& error) {
        return showError(error);
    }
    m_removed = removed;
    tellNames();
    reload();
    Q_EMIT undoStateChanged();
    Q_EMIT modelRemoved(tr("%1 is off the list; its files stay.").arg(modelName(*model)));
}

void ModelsPage::undoRemove() {
    if (!m_removed) return;
    const Removed removed = *std::exchange(m_removed, std::nullopt);
    try {
        if (removed.ofUser) m_known.add(removed.folder, removed.base);
        if (!removed.givenName.empty()) m_known.rename(removed.folder, removed.givenName);
        if (removed.ofProject && m_session.isOpen()) {
            if (removed.base.empty())
                m_session.addModelFolder(removed.folder);
            else
                m_session.addAdapter(removed.folder, removed.base);
        }
    } catch (const Error& error) {
        showError(error);
    }
    m_wanted = removed.folder;
    tellNames();
    reload();
    Q_EMIT undoStateChanged();
}

// Train and compare
// ---------------------------------------------------------------------------------------------

/// A project keeps what it uses: Train and Compare offer it from now on.
void ModelsPage::letProjectKnow(const ModelEntry& model) {
    if (model.isAdapter) {
        // That of a run is offered anyway, unless its base had to be chosen.
        if (model.origin != ModelOrigin::Run || !sameFolder(adapterBase(model.folder), model.madeFrom))
            m_session.addAdapter(model.folder, model.madeFrom);
        return;
    }
    if (model.origin == ModelOrigin::Opened || model.origin == ModelOrigin::Project)
        m_session.addModelFolder(model.folder);
}

void ModelsPage::makeBase() {
    const auto model = current();
    if (!model || !model->summary || !m_session.isOpen()) return;
    try {
        letProjectKnow(*model);
        m_session.setBaseModel(model->folder);
    } catch (const Error& error) {
        return showError(error);
    }
    Q_EMIT statusMessage(tr("%1 is the base of this project").arg(modelName(*model)));
}

void ModelsPage::trainCurrent() {
    if (!m_train->isEnabled()) return;
    makeBase();
    const auto model = current();
    if (model && sameFolder(m_session.baseModel(), model->folder)) Q_EMIT goTo(PageId::Train);
}

/// Among the others: two entries of a run have one name.
QString ModelsPage::compareName(const ModelEntry& model) const {
    // A name is no place for a mnemonic.
    const QString name = modelName(model).replace(u'&', QStringLiteral("&&"));
    if (model.isAdapter) return tr("%1 (adapter)").arg(name);
    return m_model.isBase(model) ? tr("%1 (base of this project)").arg(name) : name;
}

void ModelsPage::fillCompareMenu() {
    m_compareMenu->clear();
    const auto model = current();
    if (!model) return;
    const auto add = [this](const QString& name, const fs::path& folder) {
        m_compareMenu->addAction(name, this, [this, folder] { compareWith(folder); });
    };
    const fs::path base = model->adapter ? model->adapter->base : fs::path();
    if (!base.empty()) {
        const auto entry = findModel(m_model.models(), base);
        const QString name = entry ? modelName(*entry) : ProjectSession::modelTitle(base);
        add(tr("%1 (its base)").arg(QString(name).replace(u'&', QStringLiteral("&&"))), base);
    }
    for (const auto& other : m_model.models())
        if (other != model && other->canAnswer() && (base.empty() || !sameFolder(other->folder, base)))
            add(compareName(*other), other->folder);
    if (m_compareMenu->isEmpty())
        m_compareMenu->addAction(tr("There is no other model yet"))->setEnabled(false);
}

void ModelsPage::compareWith(const fs::path& other) {
    const auto model = current();
    const auto beside = findModel(m_model.models(), other);
    if (!model || !m_session.isOpen()) return;
    const std::vector<fs::path> arms{beside ? beside->folder : other, model->folder};
    try {
        // The base of an adapter need not be listed.
        if (beside)
            letProjectKnow(*beside);
        else
            m_session.addModelFolder(other);
        letProjectKnow(*model);
    } catch (const Error& error) {
        return showError(error);
    }
    Q_EMIT compareRequested(arms);
    Q_EMIT goTo(PageId::Compare);
}

// Menus
// -----------------------------------------------------------------------------------------------------------

void ModelsPage::showFolder() {
    if (const auto model = current()) Q_EMIT folderRequested(QString::fromStdString(model->folder.string()));
}

void ModelsPage::fillMoreMenu(QMenu& menu) {
    menu.clear();
    menu.setToolTipsVisible(true);
    const auto model = current();
    if (!model) return;
    QAction* base =
        menu.addAction(icon(Icon::Check), tr("Base of this project"), this, &ModelsPage::makeBase);
    base->setEnabled(model->summary && m_session.isOpen() && !m_model.isBase(*model));
    menu.addAction(icon(Icon::Folder), tr("Show in file manager"), this, &ModelsPage::showFolder);
    QAction* exports = menu.addAction(icon(Icon::Export), tr("Export…"), this, &ModelsPage::exportCurrent);
    exports->setEnabled(canExport(*model));
    exports->setToolTip(canExport(*model) ? tr("Write it for another program (E in the table)")
                                          : tr("This model cannot be read."));
    menu.addSeparator();
    menu.addAction(icon(Icon::Rename), tr("Rename…"), this, &ModelsPage::renameCurrent);
    QAction* remove =
        menu.addAction(icon(Icon::Clear), tr("Remove from the list"), this, &ModelsPage::removeCurrent);
    const QString why = whyNotRemovable(*model);
    remove->setEnabled(why.isEmpty());
    remove->setToolTip(why.isEmpty() ? tr("Its files stay where they are") : why);
}

void ModelsPage::openTableMenu(const QPoint& where) {
    if (!current()) return;
    auto* menu = new QMenu(this);
    fillMoreMenu(*menu);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto* train = new QAction(icon(Icon::Train), m_train->text(), menu);
    train->setEnabled(m_train->isEnabled());
    connect(train, &QAction::triggered, m_train, &QPushButton::click);
    menu->insertAction(menu->actions().front(), train);
    menu->popup(m_table->viewport()->mapToGlobal(where));
}

}  // namespace studio::ui
