// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with runs: the part of RunsPage that buttons, keys and menus ask for.
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <algorithm>

#include "core/base/files.h"
#include "core/formats/adapter_files.h"
#include "ui/charts/chart_style.h"
#include "ui/charts/overlay_chart.h"
#include "ui/dialogs/dialogs.h"
#include "ui/runs/details_view.h"
#include "ui/runs/run_words.h"
#include "ui/runs/runs_page.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"
#include "ui/widgets/note_bar.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

QString nameOf(const RunEntry& run) {
    return QString::fromStdString(run.name());
}

}  // namespace

RunEntries RunsPage::selected() const {
    RunEntries runs;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        if (auto run = m_sorted.runAt(index.row())) runs.push_back(std::move(run));
    if (runs.empty())
        if (auto run = current()) runs.push_back(std::move(run));
    return runs;
}

// All selected runs go on the chart, or, when they are there, off it.
void RunsPage::toggleTicks() {
    const RunEntries runs = selected();
    const bool all = std::all_of(runs.begin(), runs.end(),
                                 [this](const auto& run) { return m_model.isTicked(nameOf(*run)); });
    for (const auto& run : runs) m_model.setTicked(nameOf(*run), !all);
}

// Resume, repeat, compare, open
// ---------------------------------------------------------------------------------

void RunsPage::resumeCurrent() {
    const auto run = current();
    if (!run || run->resumeObstacle() != ResumeObstacle::None) return;
    const double half = run->learningRate() / 2;
    Question question;
    question.title = tr("Resume %1?").arg(nameOf(*run));
    question.text = tr("It goes on from its newest checkpoint, with its own model, settings and template.");
    question.details =
        tr("It has made %1 of %2 steps. Where the loss diverged, half the learning rate often helps.")
            .arg(countText(run->steps), countText(run->summary.status.totalSteps));
    question.answers = {{tr("Resume"), false},
                        {tr("Resume at half the learning rate, %1").arg(rateText(half)), false},
                        {tr("Leave it"), false}};
    question.safeAnswer = 2;
    question.defaultAnswer = run->state == RunState::Diverged ? 1 : 0;
    m_dialogs.ask(this, question, [this, name = run->name()](int answer) { takeResumeAnswer(name, answer); });
}

void RunsPage::takeResumeAnswer(const std::string& name, int answer) {
    // The question may have stood long: the run is looked at anew.
    const auto run = findRun(m_model.runs(), name);
    if (answer > 1 || !run || run->resumeObstacle() != ResumeObstacle::None) return;
    std::vector<std::string> changes;
    if (answer == 1)
        changes.push_back("learning_rate=" + QString::number(run->learningRate() / 2, 'g', 12).toStdString());
    Q_EMIT resumeRequested(run->summary, changes);
}

void RunsPage::repeatCurrent() {
    const auto run = current();
    if (run && m_repeat->isEnabled()) Q_EMIT repeatRequested(run->summary);
}

std::vector<fs::path> RunsPage::comparedModels() const {
    const auto modelsOf = [](const RunEntries& runs) {
        std::vector<fs::path> models;
        for (const auto& run : runs)
            if (run->summary.hasModel) models.push_back(answererOf(run->summary));
        return models;
    };
    // Two that were selected by hand, else those on the chart, else the run that is looked at.
    const std::vector<fs::path> chosen = modelsOf(selected());
    if (chosen.size() == 2) return chosen;
    RunEntries ticked;
    for (const QString& name : m_model.ticked()) ticked.push_back(m_model.runAt(m_model.rowOf(name)));
    const std::vector<fs::path> drawn = modelsOf(ticked);
    if (drawn.size() == 1 || drawn.size() == 2) return drawn;
    const auto run = current();
    return run ? modelsOf({run}) : std::vector<fs::path>();
}

// Beside its base it takes no second copy of the weights.
fs::path RunsPage::answererOf(const RunSummary& run) {
    const RunFolder folder(run.folder);
    const fs::path adapter = folder.adapterFolder();
    const bool beside = isAdapterFolder(adapter) && !adapterBase(adapter).empty();
    return beside ? adapter : folder.modelFolder();
}

void RunsPage::compare() {
    const std::vector<fs::path> models = comparedModels();
    if (models.empty()) return;
    Q_EMIT compareRequested(models);
    Q_EMIT goTo(PageId::Compare);
}

void RunsPage::openFolder() {
    if (const auto run = current())
        Q_EMIT folderRequested(QString::fromStdString(run->summary.folder.string()));
}

void RunsPage::storeNotes(const QString& run, const RunNotes& notes) {
    const auto entry = findRun(m_model.runs(), run.toStdString());
    if (!entry) return;
    try {
        writeRunNotes(entry->summary.folder, notes);
        reload();
    } catch (const Error& error) {
        showError(error);
    }
}

void RunsPage::openRunMenu(const QPoint& where) {
    if (!current()) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](Icon which, const QPushButton* button) {
        QAction* action = menu->addAction(icon(which), button->text());
        action->setEnabled(button->isEnabled());
        connect(action, &QAction::triggered, button, &QPushButton::click);
    };
    QAction* tick = menu->addAction(tr("On the chart"), this, &RunsPage::toggleTicks);
    tick->setCheckable(true);
    tick->setChecked(m_model.isTicked(nameOf(*current())));
    menu->addAction(icon(Icon::Info), tr("Notes and lineage"), this, [this] { showPane(1); });
    menu->addSeparator();
    add(Icon::Play, m_resume);
    add(Icon::Duplicate, m_repeat);
    add(Icon::Compare, m_compare);
    add(Icon::Folder, m_open);
    menu->addSeparator();
    add(Icon::Delete, m_deleteButton);
    menu->popup(m_table->viewport()->mapToGlobal(where));
}

// Trash
// ---------------------------------------------------------------------------------------------------------

void RunsPage::deleteSelected() {
    const RunEntries runs = selected();
    if (runs.empty() || !m_session.isOpen()) return;
    m_details->flush();
    m_note->clear();
    std::vector<TrashedRun> deleted;
    for (const auto& run : runs) {
        try {
            deleted.push_back(moveRunToTrash(m_session.project().runsFolder(), run->name()));
        } catch (const Error& error) {
            showError(error);  // the others go all the same: each of them was asked for
        }
    }
    if (deleted.empty()) return;
    m_deleted = std::move(deleted);
    const int count = static_cast<int>(m_deleted.size());
    const QString text =
        count == 1 ? tr("The run %1 is in the trash.").arg(QString::fromStdString(m_deleted.front().name))
                   : tr("%Ln run(s) are in the trash.", nullptr, count);
    m_session.notifyRunsChanged();
    Q_EMIT undoStateChanged();
    Q_EMIT runsDeleted(text);
}

void RunsPage::undoDelete() {
    if (!m_session.isOpen()) return;
    const std::vector<TrashedRun> deleted = std::exchange(m_deleted, {});
    m_note->clear();
    for (const TrashedRun& run : deleted) restore(run);
    Q_EMIT undoStateChanged();
}

void RunsPage::restore(const TrashedRun& run) {
    try {
        checkFreeRunName(m_session.project().runsFolder(), run.name);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::RunExists) return showError(error);
        const std::string free = freeRunName(m_session.project().runsFolder(), run.name);
        m_dialogs.askText(this, tr("Restore a run"),
                          tr("There is another run %1 now. Name of the restored one:")
                              .arg(QString::fromStdString(run.name)),
                          QString::fromStdString(free),
                          [this, run](const QString& name) { restoreAs(run, name.trimmed().toStdString()); });
        return;
    }
    restoreAs(run, run.name);
}

void RunsPage::restoreAs(const TrashedRun& run, const std::string& name) {
    try {
        restoreRun(m_session.project().runsFolder(), run, name);
    } catch (const Error& error) {
        return showError(error);
    }
    // A run that was brought back otherwise is no longer there to be undone.
    m_deleted.erase(std::remove_if(m_deleted.begin(), m_deleted.end(),
                                   [&](const TrashedRun& each) { return each.folder == run.folder; }),
                    m_deleted.end());
    m_wanted = QString::fromStdString(name);
    Q_EMIT statusMessage(tr("The run %1 is back.").arg(m_wanted));
    Q_EMIT undoStateChanged();
    m_session.notifyRunsChanged();
}

void RunsPage::trashChanged() {
    m_trashButton->setVisible(!m_trash.empty());
    m_trashButton->setText(tr("Trash, %Ln run(s)", nullptr, static_cast<int>(m_trash.size())));
    m_trashButton->setToolTip(tr("Deleted runs are kept for %Ln day(s)", nullptr, kTrashDays));
}

void RunsPage::fillTrashMenu() {
    m_trashMenu->clear();
    for (const TrashedRun& run : m_trash) {
        m_trashMenu->addAction(
            icon(Icon::Undo),
            tr("Restore %1 (%2)").arg(QString::fromStdString(run.name), startedText(run.deleted)), this,
            [this, run] { restore(run); });
    }
    m_trashMenu->addSeparator();
    m_trashMenu->addAction(icon(Icon::Delete), tr("Empty the trash…"), this, &RunsPage::emptyTrash);
}

void RunsPage::emptyTrash() {
    if (m_trash.empty() || !m_session.isOpen()) return;
    Question question;
    question.title = tr("Empty the trash?");
    question.text = tr("%Ln deleted run(s) will be removed from the disk, with their models.", nullptr,
                       static_cast<int>(m_trash.size()));
    question.details = tr("This cannot be taken back.");
    question.answers = {{tr("Remove them"), true}, {tr("Keep them"), false}};
    question.safeAnswer = 1;
    m_dialogs.ask(this, question, [this, folder = m_session.project().runsFolder()](int answer) {
        if (answer != 0) return;
        m_deleted.clear();
        Q_EMIT undoStateChanged();
        m_trashTasks.run<std::int64_t>(
            [folder](const std::stop_token& stop) { return studio::emptyTrash(folder, stop); },
            [this](const std::int64_t& removed) {
                Q_EMIT statusMessage(
                    tr("%Ln deleted run(s) removed from the disk", nullptr, static_cast<int>(removed)));
                reload();
            },
            [this](const Error& error) {
                showError(error);
                reload();
            });
    });
}

// Exports
// -------------------------------------------------------------------------------------------------------

void RunsPage::savePng() {
    FileRequest request;
    request.title = tr("Save the chart as PNG");
    request.startAt = QStringLiteral("runs.png");
    request.filters = {tr("PNG picture (*.png)")};
    request.suffix = QStringLiteral("png");
    m_dialogs.saveFile(this, request, [this](const QString& path) {
        if (m_chart->plot().savePng(path))
            Q_EMIT statusMessage(tr("Saved %1").arg(path));
        else
            m_note->setNote(NoteKind::Error, tr("%1 cannot be written. Choose another folder.").arg(path));
    });
}

void RunsPage::saveCsv() {
    FileRequest request;
    request.title = tr("Save the figures as CSV");
    request.startAt = QStringLiteral("runs.csv");
    request.filters = {tr("Comma-separated values (*.csv)")};
    request.suffix = QStringLiteral("csv");
    m_dialogs.saveFile(this, request, [this](const QString& path) {
        try {
            writeFileAtomically(path.toStdString(), m_chart->plot().table(QLatin1Char(',')).toStdString());
            Q_EMIT statusMessage(tr("Saved %1").arg(path));
        } catch (const Error& error) {
            showError(error);
        }
    });
}

}  // namespace studio::ui
