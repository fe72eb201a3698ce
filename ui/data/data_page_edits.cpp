// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What changes rows on the Data page: actions, their keys, undo.
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <set>

#include "ui/data/data_page.h"
#include "ui/data/record_editor.h"
#include "ui/data/record_filter_bar.h"
#include "ui/data/record_table_model.h"
#include "ui/data/record_text_edit.h"
#include "ui/data/record_words.h"
#include "ui/session/project_session.h"
#include "ui/widgets/search_field.h"

namespace studio::ui {

std::vector<std::int64_t> DataPage::selectedIds() const {
    // By row and not by selectedRows(): with a column hidden or moved, that would miss rows.
    std::set<int> rows;
    for (const QItemSelectionRange& range : m_table->selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row) rows.insert(row);
    if (rows.empty() && m_table->currentIndex().isValid()) rows.insert(m_table->currentIndex().row());
    std::vector<std::int64_t> ids;
    ids.reserve(rows.size());
    for (const int row : rows) ids.push_back(m_model->idAt(row));
    return ids;
}

bool DataPage::changeRows(const QString& kind, const std::function<void(Record&)>& change) {
    if (!m_session.isOpen() || !flush()) return false;
    const auto ids = selectedIds();
    if (ids.empty()) return false;
    try {
        std::vector<Record> changed;
        for (Record& record : m_session.project().recordsById(ids)) {
            const Record before = record;
            change(record);
            if (!(record == before)) changed.push_back(std::move(record));
        }
        if (changed.empty()) return false;
        if (changed.size() == 1)
            m_session.updateRecord(changed.front(), false);
        else
            m_session.updateRecords(changed, kind);
    } catch (const Error& error) {
        fail(error);
        return false;
    }
    return true;
}

void DataPage::addRow() {
    if (!m_session.isOpen() || !flush()) return;
    m_filters->clear();  // or the new row might not be among those shown
    try {
        Record record;
        record.status = RecordStatus::Draft;
        record.source = coreText(tr("written here"));
        const auto ids = m_session.addRecords({record}, QStringLiteral("add"));
        if (ids.empty()) return;
        selectId(ids.front());
        m_editor->focusField(RecordEditor::Field::Instruction);
    } catch (const Error& error) {
        fail(error);
    }
}

void DataPage::duplicateRows() {
    const auto ids = selectedIds();
    if (!m_session.isOpen() || ids.empty() || !flush()) return;
    m_filters->clear();  // or the copies might not be among the rows shown
    try {
        const auto copies = m_session.duplicateRecords(ids);
        if (copies.empty()) return;
        selectId(copies.front());
        Q_EMIT statusMessage(
            tr("%Ln row(s) duplicated. Ctrl+Z takes that back.", nullptr, static_cast<int>(copies.size())));
    } catch (const Error& error) {
        fail(error);
    }
}

void DataPage::deleteRows() {
    const auto ids = selectedIds();
    if (!m_session.isOpen() || ids.empty() || !flush()) return;
    // The selection moves to the row that comes up into this place.
    m_lastRow = m_model->rowOf(ids.front());
    try {
        m_session.removeRecords(ids);
        Q_EMIT statusMessage(
            tr("%Ln row(s) deleted. Ctrl+Z brings them back.", nullptr, static_cast<int>(ids.size())));
    } catch (const Error& error) {
        fail(error);
    }
}

void DataPage::setStatusOfRows(RecordStatus status) {
    changeRows(QStringLiteral("status"), [status](Record& record) { record.status = status; });
}

void DataPage::toggleTest() {
    const auto ids = selectedIds();
    if (!m_session.isOpen() || ids.empty() || !flush()) return;
    try {
        // The first row decides, so that a mixed selection ends up in one split.
        const auto first = m_session.project().record(ids.front());
        const Split target = first && first->split == Split::Test ? Split::Train : Split::Test;
        changeRows(QStringLiteral("split"), [target](Record& record) { record.split = target; });
    } catch (const Error& error) {
        fail(error);
    }
}

void DataPage::undo() {
    if (!m_session.isOpen() || !flush()) return;
    try {
        const auto change = m_session.project().undoInfo();
        if (!change) return;
        m_session.undo();
        selectId(change->firstRow);
        Q_EMIT statusMessage(tr("Undone: %1").arg(changeInWords(change)));
    } catch (const Error& error) {
        fail(error);
    }
}

void DataPage::redo() {
    if (!m_session.isOpen() || !flush()) return;
    try {
        const auto change = m_session.project().redoInfo();
        if (!change) return;
        m_session.redo();
        selectId(change->firstRow);
        Q_EMIT statusMessage(tr("Done again: %1").arg(changeInWords(change)));
    } catch (const Error& error) {
        fail(error);
    }
}

QString DataPage::changeInWords(const std::optional<ChangeInfo>& change) const {
    if (!change) return {};
    const auto rows = static_cast<int>(change->rows);
    if (change->kind == "edit" && rows == 1) return tr("edit of row %1").arg(change->firstRow);
    if (change->kind == "edit") return tr("edit of %Ln row(s)", nullptr, rows);
    if (change->kind == "add") return tr("adding %Ln row(s)", nullptr, rows);
    if (change->kind == "duplicate") return tr("duplicating %Ln row(s)", nullptr, rows);
    if (change->kind == "delete") return tr("deleting %Ln row(s)", nullptr, rows);
    if (change->kind == "import") return tr("import of %Ln row(s)", nullptr, rows);
    if (change->kind == "split") return tr("new split of %Ln row(s)", nullptr, rows);
    if (change->kind == "status") return tr("new status of %Ln row(s)", nullptr, rows);
    return tr("change of %Ln row(s)", nullptr, rows);
}

void DataPage::updateUndo() {
    std::optional<ChangeInfo> back;
    std::optional<ChangeInfo> forth;
    if (m_session.isOpen() && !m_importing && !m_transfer.isBusy()) {
        try {
            back = m_session.project().undoInfo();
            forth = m_session.project().redoInfo();
        } catch (const Error& error) {
            fail(error);
        }
    }
    m_undo->setEnabled(back.has_value());
    m_redo->setEnabled(forth.has_value());
    m_undo->setToolTip(back ? tr("Undo: %1 (Ctrl+Z)").arg(changeInWords(back))
                            : tr("Nothing to undo (Ctrl+Z)"));
    m_redo->setToolTip(forth ? tr("Redo: %1 (Ctrl+Shift+Z)").arg(changeInWords(forth))
                             : tr("Nothing to redo (Ctrl+Shift+Z)"));
    m_undo->setAccessibleName(tr("Undo"));
    m_redo->setAccessibleName(tr("Redo"));
}

void DataPage::editCurrent() {
    const int column = m_table->currentIndex().column();
    m_editor->focusField(column == RecordTableModel::InputColumn      ? RecordEditor::Field::Input
                         : column == RecordTableModel::ResponseColumn ? RecordEditor::Field::Response
                                                                      : RecordEditor::Field::Instruction);
}

bool DataPage::handleLetter(int key) {
    switch (key) {
        case Qt::Key_N:
            addRow();
            return true;
        case Qt::Key_A:
            setStatusOfRows(RecordStatus::Accepted);
            return true;
        case Qt::Key_R:
            setStatusOfRows(RecordStatus::Rejected);
            return true;
        case Qt::Key_D:
            setStatusOfRows(RecordStatus::Draft);
            return true;
        case Qt::Key_T:
            toggleTest();
            return true;
        case Qt::Key_Delete:
            deleteRows();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            editCurrent();
            return true;
        default:
            return false;
    }
}

bool DataPage::handleKey(QKeyEvent* event) {
    if (m_importing || !m_session.isOpen()) return false;
    if (event->matches(QKeySequence::Undo)) {
        undo();
        return true;
    }
    if (event->matches(QKeySequence::Redo)) {
        redo();
        return true;
    }
    if (event->modifiers() == Qt::AltModifier &&
        (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        stepRow(event->key() == Qt::Key_Up ? -1 : 1);
        return true;
    }
    const QWidget* focus = QApplication::focusWidget();
    const bool inText = qobject_cast<const QLineEdit*>(focus) || qobject_cast<const QPlainTextEdit*>(focus);
    if (event->key() == Qt::Key_Escape && focus != m_table) {
        m_table->setFocus();
        return true;
    }
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    return plain && !inText && handleLetter(event->key());
}

bool DataPage::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        // Taken here rather than by a shortcut of the window: text that was typed must be stored before it.
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!m_importing && (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo))) {
            event->accept();
            return true;
        }
    }
    return Page::event(event);
}

bool DataPage::eventFilter(QObject* watched, QEvent* event) {
    // The table would take letters for a search by typing.
    if (watched == m_table && event->type() == QEvent::KeyPress && m_table->hasFocus() &&
        handleKey(static_cast<QKeyEvent*>(event)))
        return true;
    if (watched == window() && (event->type() == QEvent::Close || event->type() == QEvent::WindowDeactivate))
        flush();
    return Page::eventFilter(watched, event);
}

void DataPage::keyPressEvent(QKeyEvent* event) {
    if (!handleKey(event)) Page::keyPressEvent(event);
}

void DataPage::showRowMenu(const QPoint& where) {
    if (!m_table->indexAt(where).isValid()) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // The keys are written behind a tab: they belong to the page, not to the menu's actions.
    const auto add = [menu](const QIcon& mark, const QString& text, auto&& then) {
        menu->addAction(mark, text, std::forward<decltype(then)>(then));
    };
    add(QIcon(), tr("Edit") + QStringLiteral("\t↵"), [this] { editCurrent(); });
    menu->addSeparator();
    add(icon(Icon::Check, Tone::Ok), tr("Accept") + QStringLiteral("\tA"),
        [this] { setStatusOfRows(RecordStatus::Accepted); });
    add(icon(Icon::Rejected), tr("Reject") + QStringLiteral("\tR"),
        [this] { setStatusOfRows(RecordStatus::Rejected); });
    add(icon(Icon::Draft), tr("Make a draft") + QStringLiteral("\tD"),
        [this] { setStatusOfRows(RecordStatus::Draft); });
    add(icon(Icon::Split), tr("To test or back to train") + QStringLiteral("\tT"), [this] { toggleTest(); });
    menu->addSeparator();
    add(icon(Icon::Duplicate), tr("Duplicate"), [this] { duplicateRows(); });
    add(icon(Icon::Delete), tr("Delete") + QStringLiteral("\t") + tr("Del", "key"), [this] { deleteRows(); });
    menu->popup(m_table->viewport()->mapToGlobal(where));
}

}  // namespace studio::ui
