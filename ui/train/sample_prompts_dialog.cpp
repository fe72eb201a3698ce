// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/sample_prompts_dialog.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <algorithm>

#include "core/storage/project.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/search_field.h"

namespace studio::ui {

namespace {

constexpr std::size_t kMostListed = 500;  // a search finds the others

/// The records that can be asked, those already chosen in front.
std::vector<std::int64_t> candidates(const Project& project, const std::string& search,
                                     const QVector<qint64>& chosen) {
    std::vector<std::int64_t> ids;
    if (search.empty()) ids.assign(chosen.begin(), chosen.end());
    for (const Split split : {Split::Validation, Split::Train, Split::None}) {
        RecordQuery query;
        query.search = search;
        query.status = RecordStatus::Accepted;
        query.split = split;
        for (const std::int64_t id : project.ids(query))
            if (!search.empty() || !chosen.contains(id)) ids.push_back(id);
    }
    return ids;
}

}  // namespace

SamplePromptsDialog::SamplePromptsDialog(const std::filesystem::path& project, const QVector<qint64>& chosen,
                                         QWidget* parent)
    : DialogFrame(parent),
      m_project(project),
      m_intro(new QLabel(this)),
      m_search(new SearchField(this)),
      m_list(new QListView(this)),
      m_model(new PromptChoiceModel(this)),
      m_count(new QLabel(this)),
      m_note(new NoteBar(this)),
      m_clear(new QPushButton(this)) {
    column()->setSpacing(12);
    m_intro->setWordWrap(true);
    m_intro->setMinimumWidth(wordRoom(520));
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMinimumHeight(280);
    setTextRole(m_count, TextRole::Secondary);
    setTone(m_count, Tone::Secondary);
    setButtonLook(m_clear, ButtonLook::Flat);
    m_clear->setAutoDefault(false);
    buttonRow()->insertWidget(0, m_clear);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_intro), static_cast<QWidget*>(m_search), static_cast<QWidget*>(m_list),
          static_cast<QWidget*>(m_count), static_cast<QWidget*>(m_note)})
        column()->addWidget(widget);
    connect(m_search, &SearchField::searchChanged, this, &SamplePromptsDialog::load);
    connect(m_model, &PromptChoiceModel::tickedChanged, this, &SamplePromptsDialog::showCounts);
    connect(m_clear, &QPushButton::clicked, this, [this] { m_model->setTicked({}); });
    connect(acceptButton(), &QPushButton::clicked, this, [this] {
        Q_EMIT promptsChosen(m_model->ticked());
        accept();
    });
    retranslate();
    m_model->setTicked(chosen);
    load();
}

void SamplePromptsDialog::load() {
    m_tasks.run<Found>(
        [folder = m_project, search = m_search->text().trimmed().toStdString(),
         chosen = m_model->ticked()](const std::stop_token& stop) {
            const auto project = Project::open(folder);
            std::vector<std::int64_t> ids = candidates(*project, search, chosen);
            throwIfStopped(stop);
            Found found;
            found.all = static_cast<qint64>(ids.size());
            ids.resize(std::min(ids.size(), kMostListed));
            for (const Record& record : project->recordsById(ids)) {
                if (record.kind == RecordKind::Pair)
                    found.rows.append({record.id, QString::fromStdString(record.instruction)});
            }
            return found;
        },
        [this](const Found& found) { show(found); },
        [this](const Error& error) {
            m_note->setNote(NoteKind::Error, errorLine(error), errorText(error).details);
        });
}

void SamplePromptsDialog::show(const Found& found) {
    m_note->clear();
    m_found = found.all;
    m_model->setRows(found.rows);
    if (m_model->rowCount() > 0) m_list->setCurrentIndex(m_model->index(0));
    showCounts();
}

void SamplePromptsDialog::showCounts() {
    const QLocale locale;
    QString text =
        tr("%1 of at most %2 chosen.")
            .arg(locale.toString(m_model->ticked().size()), locale.toString(PromptChoiceModel::kMost));
    if (m_found > m_model->rowCount()) {
        text = sentences(text, tr("The list holds %1 of %2 rows; the search finds the others.")
                                   .arg(locale.toString(m_model->rowCount()), locale.toString(m_found)));
    } else if (m_found == 0) {
        text = sentences(text, tr("No accepted row outside the test split has these words."));
    }
    if (m_model->ticked().isEmpty())
        text = tr("None is chosen: the prompts of the first validation rows are answered.");
    m_count->setText(text);
    m_clear->setEnabled(!m_model->ticked().isEmpty());
}

void SamplePromptsDialog::retranslate() {
    setWindowTitle(tr("Prompts to answer"));
    m_intro->setText(tr(
        "As it learns, the model answers these prompts, so that you see what changes. Test rows are not in "
        "the list: they are kept for Compare."));
    m_search->setPlaceholderText(tr("Search the rows"));
    m_search->setAccessibleName(tr("Search the rows"));
    m_list->setAccessibleName(tr("Rows"));
    m_clear->setText(tr("Choose none"));
    acceptButton()->setText(tr("Use these prompts"));
    showCounts();
}

void SamplePromptsDialog::changeEvent(QEvent* event) {
    DialogFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace studio::ui
