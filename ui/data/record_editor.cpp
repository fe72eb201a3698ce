// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/record_editor.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTimer>

#include "ui/data/record_text_edit.h"
#include "ui/data/record_words.h"
#include "ui/data/row_tokens.h"
#include "ui/data/share_bar.h"
#include "ui/session/project_session.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/elided_label.h"

namespace studio::ui {

namespace {

constexpr int kSaveDelayMs = 300;
constexpr int kCountDelayMs = 120;
constexpr int kFactsWidth = 232;
constexpr int kBoxLines = 2;  // of text, where a box is lowest

QLabel* smallLabel(QWidget* parent, Tone tone, TextRole role = TextRole::Secondary) {
    auto* label = new QLabel(parent);
    setTextRole(label, role);
    setTone(label, tone);
    return label;
}

}  // namespace

RecordEditor::RecordEditor(ProjectSession& session, RowTokenCounter& counter, QWidget* parent)
    : Panel(parent), m_session(session), m_counter(counter) {
    m_statusBadge = addBadge();
    m_provenanceBadge = addBadge();
    m_savedLabel = smallLabel(this, Tone::Tertiary);
    addHeadWidget(m_savedLabel);
    m_duplicate = addHeadButton(Icon::Duplicate);
    m_delete = addHeadButton(Icon::Delete);
    m_previous = addHeadButton(Icon::ChevronLeft);
    m_next = addHeadButton(Icon::ChevronRight);
    connect(m_duplicate, &QPushButton::clicked, this, &RecordEditor::duplicateRequested);
    connect(m_delete, &QPushButton::clicked, this, &RecordEditor::deleteRequested);
    connect(m_previous, &QPushButton::clicked, this, &RecordEditor::previousRequested);
    connect(m_next, &QPushButton::clicked, this, &RecordEditor::nextRequested);

    auto* body = new QWidget(this);
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeFields(), 1);
    row->addWidget(makeFacts());
    setBodyWidget(body);

    m_saveTimer = new QTimer(this);
    m_saveTimer->setSingleShot(true);
    m_saveTimer->setInterval(kSaveDelayMs);
    connect(m_saveTimer, &QTimer::timeout, this, &RecordEditor::flush);
    m_countTimer = new QTimer(this);
    m_countTimer->setSingleShot(true);
    m_countTimer->setInterval(kCountDelayMs);
    connect(m_countTimer, &QTimer::timeout, this, &RecordEditor::showTokens);
    connect(&counter, &RowTokenCounter::changed, m_countTimer, qOverload<>(&QTimer::start));
    connect(&session, &ProjectSession::recordEdited, this, &RecordEditor::recordEdited);
    load(std::nullopt);
}

RecordEditor::~RecordEditor() {
    flush();
}

QWidget* RecordEditor::makeFields() {
    auto* fields = new QWidget(this);
    auto* grid = new QGridLayout(fields);
    grid->setContentsMargins(12, 6, 12, 12);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    for (std::size_t i = 0; i < kFields; ++i) {
        m_boxes[i] = new RecordTextEdit(fields);
        m_boxes[i]->setMinimumHeight(44 + kBoxLines * lineRoom(0));
        m_names[i] = smallLabel(fields, Tone::Secondary, TextRole::Caption);
        m_names[i]->setBuddy(m_boxes[i]);
        m_counts[i] = smallLabel(fields, Tone::Tertiary, TextRole::Caption);
        connect(m_boxes[i], &RecordTextEdit::edited, this, [this, i] { textEdited(i); });
        connect(m_boxes[i], &RecordTextEdit::focusLeft, this, &RecordEditor::flush);
    }
    const auto heading = [this, grid](std::size_t i, int row, int column) {
        auto* line = new QHBoxLayout;
        line->addWidget(m_names[i]);
        line->addStretch(1);
        line->addWidget(m_counts[i]);
        grid->addLayout(line, row, column);
    };
    heading(0, 0, 0);
    grid->addWidget(m_boxes[0], 1, 0);
    heading(1, 2, 0);
    grid->addWidget(m_boxes[1], 3, 0);
    heading(2, 0, 1);
    grid->addWidget(m_boxes[2], 1, 1, 3, 1);
    grid->setRowStretch(1, 2);
    grid->setRowStretch(3, 5);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    return fields;
}

QWidget* RecordEditor::makeFacts() {
    auto* facts = new QFrame(this);
    facts->setProperty("ruleLeft", true);
    facts->setFixedWidth(kFactsWidth);
    auto* column = new QVBoxLayout(facts);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(6);

    auto* line = new QHBoxLayout;
    m_templateName = smallLabel(facts, Tone::Secondary);
    m_templateTokens = smallLabel(facts, Tone::Text);
    line->addWidget(m_templateName);
    line->addStretch(1);
    line->addWidget(m_templateTokens);
    column->addLayout(line);
    m_templateBar = new ShareBar(facts);
    column->addWidget(m_templateBar);
    m_templateParts = smallLabel(facts, Tone::Secondary, TextRole::Caption);
    m_templateParts->setWordWrap(true);
    column->addWidget(m_templateParts);
    column->addSpacing(4);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    m_statusName = smallLabel(facts, Tone::Secondary);
    m_splitName = smallLabel(facts, Tone::Secondary);
    m_sourceName = smallLabel(facts, Tone::Secondary);
    m_status = new QComboBox(facts);
    m_split = new QComboBox(facts);
    for (QComboBox* box : {m_status, m_split}) {
        box->setProperty("small", true);
        connect(box, &QComboBox::activated, this, &RecordEditor::storeChoices);
    }
    for (const RecordStatus status : {RecordStatus::Accepted, RecordStatus::Draft, RecordStatus::Rejected})
        m_status->addItem(QString(), static_cast<int>(status));
    for (const Split split : {Split::Train, Split::Validation, Split::Test, Split::None})
        m_split->addItem(QString(), static_cast<int>(split));
    m_statusName->setBuddy(m_status);
    m_splitName->setBuddy(m_split);
    m_source = new ElidedLabel(facts);
    m_source->setElideMode(Qt::ElideMiddle);
    setTextRole(m_source, TextRole::Secondary);
    grid->addWidget(m_statusName, 0, 0);
    grid->addWidget(m_status, 0, 1);
    grid->addWidget(m_splitName, 1, 0);
    grid->addWidget(m_split, 1, 1);
    grid->addWidget(m_sourceName, 2, 0);
    grid->addWidget(m_source, 2, 1);
    grid->setColumnStretch(1, 1);
    column->addLayout(grid);
    column->addStretch(1);
    return facts;
}

bool RecordEditor::hasPendingText() const {
    return m_dirty[0] || m_dirty[1] || m_dirty[2];
}

void RecordEditor::textEdited(std::size_t field) {
    if (!m_record) return;
    m_dirty[field] = true;
    // Not started anew by every key: someone who types without a pause is saved all the same.
    if (!m_saveTimer->isActive()) m_saveTimer->start();
    if (!m_countTimer->isActive()) m_countTimer->start();
}

Record RecordEditor::withTexts() const {
    Record record = *m_record;
    if (m_dirty[0]) record.instruction = coreText(m_boxes[0]->recordText());
    if (m_dirty[1]) record.input = coreText(m_boxes[1]->recordText());
    if (m_dirty[2]) record.output = coreText(m_boxes[2]->recordText());
    return record;
}

bool RecordEditor::flush() {
    m_saveTimer->stop();
    if (!m_record || !hasPendingText() || m_saving || !m_session.isOpen()) return !hasPendingText();
    m_saving = true;
    bool ok = true;
    try {
        // Read anew: something else of the row may have been changed meanwhile.
        if (const auto stored = m_session.project().record(m_record->id)) {
            m_record = stored;
            const Record record = withTexts();
            if (!(record == *stored)) m_session.updateRecord(record, true);
            m_record = m_session.project().record(record.id).value_or(record);
            m_dirty = {};
        } else {
            // Another program deleted the row while text was being typed: it comes back rather than losing
            // the text.
            const Record record = withTexts();
            m_dirty = {};
            m_session.addRecords({record}, QStringLiteral("add"));
        }
    } catch (const Error& error) {
        ok = false;
        Q_EMIT failed(error);
    }
    m_saving = false;
    m_unsaved = !ok;
    showFacts();
    if (ok) Q_EMIT stored();
    return ok;
}

bool RecordEditor::showRecord(qint64 id) {
    if (!flush()) return false;
    std::optional<Record> record;
    if (id != 0 && m_session.isOpen()) {
        try {
            record = m_session.project().record(id);
        } catch (const Error& error) {
            Q_EMIT failed(error);
        }
    }
    load(record);
    return true;
}

void RecordEditor::recordEdited(qint64 id) {
    if (m_saving || !m_record || m_record->id != id) return;
    if (hasPendingText()) {
        // Another part of the program changed this row while text waits here: what was typed last wins.
        flush();
        return;
    }
    try {
        load(m_session.project().record(id));
    } catch (const Error& error) {
        Q_EMIT failed(error);
    }
}

void RecordEditor::load(const std::optional<Record>& record) {
    const bool same = record && m_record && record->id == m_record->id;
    m_record = record;
    m_dirty = {};
    m_unsaved = false;
    const std::array<std::string, kFields> texts =
        record ? std::array<std::string, kFields>{record->instruction, record->input, record->output}
               : std::array<std::string, kFields>{};
    for (std::size_t i = 0; i < kFields; ++i) {
        const QString text = qtText(texts[i]);
        // The cursor stays where it is when nothing changed (an undo in another field).
        if (m_boxes[i]->recordText() != text)
            same ? m_boxes[i]->changeRecordText(text) : m_boxes[i]->setRecordText(text);
        m_boxes[i]->setEnabled(record.has_value());
    }
    m_status->setEnabled(record.has_value());
    m_split->setEnabled(record.has_value());
    m_duplicate->setEnabled(record.has_value());
    m_delete->setEnabled(record.has_value());
    showFacts();
    showTokens();
}

void RecordEditor::focusField(Field field) {
    RecordTextEdit* target = box(field);
    target->setFocus(Qt::ShortcutFocusReason);
    target->moveCursor(QTextCursor::End);
}

void RecordEditor::setNeighbours(bool previous, bool next) {
    m_previous->setEnabled(previous);
    m_next->setEnabled(next);
}

void RecordEditor::storeChoices() {
    if (!flush() || !m_record) return;
    try {
        // As it is stored now: another program may have changed its other fields.
        const std::optional<Record> stored = m_session.project().record(m_record->id);
        if (!stored) return;
        Record record = *stored;
        record.status = static_cast<RecordStatus>(m_status->currentData().toInt());
        record.split = static_cast<Split>(m_split->currentData().toInt());
        if (!(record == *stored)) m_session.updateRecord(record, false);
    } catch (const Error& error) {
        showFacts();
        Q_EMIT failed(error);
    }
}

void RecordEditor::showFacts() {
    if (!m_record) {
        setTitle(tr("No row chosen"));
        m_statusBadge->clear();
        m_provenanceBadge->clear();
        m_source->clear();
        m_savedLabel->clear();
        return;
    }
    setTitle(tr("Row %1").arg(m_record->id));
    const BadgeContent status = statusBadge(m_record->status);
    m_statusBadge->set(status.kind, status.text, status.icon);
    m_provenanceBadge->set(
        m_record->provenance == Provenance::Edited ? BadgeKind::Accent : BadgeKind::Neutral,
        m_record->provenance == Provenance::Edited      ? tr("Edited")
        : m_record->provenance == Provenance::Generated ? tr("Generated")
                                                        : QString());
    m_status->setCurrentIndex(m_status->findData(static_cast<int>(m_record->status)));
    m_split->setCurrentIndex(m_split->findData(static_cast<int>(m_record->split)));
    m_source->setText(m_record->source.empty() ? QStringLiteral("–") : qtText(m_record->source));
    m_savedLabel->setText(m_unsaved ? tr("Not saved") : tr("Saved as you type"));
    setTone(m_savedLabel, m_unsaved ? Tone::Error : Tone::Tertiary);
}

void RecordEditor::showTokens() {
    const auto inWords = [](std::optional<int> count) {
        return count ? tr("%Ln token(s)", nullptr, *count) : QString();
    };
    const Record record = m_record ? withTexts() : Record();
    const std::array<const std::string*, kFields> texts{&record.instruction, &record.input, &record.output};
    for (std::size_t i = 0; i < kFields; ++i) {
        const auto count = m_record ? m_counter.countText(qtText(*texts[i])) : std::nullopt;
        const bool end = i == 2 && count && m_counter.appendsEnd();
        m_counts[i]->setText(end ? tr("%1 + end token").arg(inWords(count)) : inWords(count));
    }
    const auto counted = m_record ? m_counter.count(record) : std::nullopt;
    const RowTokens whole = counted.value_or(RowTokens());
    const QLocale locale;
    if (!counted) {
        m_templateTokens->clear();
        m_templateBar->setShares({});
        const bool known = m_session.tokenizer() != nullptr;
        m_templateParts->setText(!m_record ? QString()
                                 : known
                                     ? tr("Not counted: the template has a problem. Prompts shows where.")
                                     : tr("Not counted: the base model's tokenizer could not be loaded."));
        m_templateParts->setToolTip(known ? QString() : m_session.tokenizerProblem());
        return;
    }
    m_templateTokens->setText(tr("%1 of %2", "tokens of a row, cutoff")
                                  .arg(locale.toString(whole.total()), locale.toString(m_counter.cutoff())));
    setTone(m_templateTokens, whole.cut > 0 ? Tone::Warning : Tone::Text);
    m_templateBar->setShares({{whole.prompt, Series::BaseModel, false, true},
                              {whole.response, Series::TrainLoss, false, false},
                              {whole.cut, Series::EvalLoss, true, false}});
    QString parts =
        tr("prompt %1 · response %2").arg(locale.toString(whole.prompt), locale.toString(whole.response));
    if (whole.cut > 0) parts += tr(" · cut %1").arg(locale.toString(whole.cut));
    m_templateParts->setText(parts);
    m_templateParts->setToolTip({});
}

void RecordEditor::retranslate() {
    const std::array<QString, kFields> names{tr("Instruction"), tr("Input"), tr("Response")};
    for (std::size_t i = 0; i < kFields; ++i) {
        m_names[i]->setText(names[i]);
        m_boxes[i]->setAccessibleName(names[i]);
    }
    m_templateName->setText(tr("With template"));
    m_statusName->setText(tr("Status"));
    m_splitName->setText(tr("Split"));
    m_sourceName->setText(tr("Source"));
    for (int i = 0; i < m_status->count(); ++i)
        m_status->setItemText(i, statusWord(static_cast<RecordStatus>(m_status->itemData(i).toInt())));
    for (int i = 0; i < m_split->count(); ++i)
        m_split->setItemText(i, splitWord(static_cast<Split>(m_split->itemData(i).toInt())));
    m_status->setAccessibleName(m_statusName->text());
    m_split->setAccessibleName(m_splitName->text());
    m_duplicate->setToolTip(tr("Duplicate the selected rows"));
    m_duplicate->setAccessibleName(m_duplicate->toolTip());
    m_delete->setToolTip(tr("Delete the selected rows (Del)"));
    m_delete->setAccessibleName(tr("Delete the selected rows"));
    m_previous->setToolTip(tr("Previous row (Alt+Up)"));
    m_previous->setAccessibleName(tr("Previous row"));
    m_next->setToolTip(tr("Next row (Alt+Down)"));
    m_next->setAccessibleName(tr("Next row"));
    showFacts();
    showTokens();
}

}  // namespace studio::ui
