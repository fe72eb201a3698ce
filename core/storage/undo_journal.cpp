// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/undo_journal.h"

#include <chrono>

#include "core/base/error.h"

namespace studio {

namespace {

constexpr const char* kFindUndo =
    "SELECT id, kind, row_count, first_row FROM changes WHERE undone = 0 ORDER BY id DESC LIMIT 1";
constexpr const char* kFindRedo =
    "SELECT id, kind, row_count, first_row FROM changes WHERE undone = 1 ORDER BY id LIMIT 1";

std::int64_t nowMilliseconds() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// Follows from the edit itself.
bool isBookkeeping(const std::string& field) {
    return field == "updated" || field == "provenance";
}

OrderedJson parsedState(const std::string& text) {
    try {
        return OrderedJson::parse(text);
    } catch (const OrderedJson::exception&) {
        throw Error(ErrorCode::ProjectInvalid, "The undo journal of the project is damaged.",
                    "The records themselves are whole; go on without undoing that change.");
    }
}

}  // namespace

std::string UndoJournal::changedFields(const Record& before, const Record& after) {
    const OrderedJson was = recordJson(before), is = recordJson(after);
    std::string fields;
    for (const auto& [key, value] : was.items()) {
        if (!isBookkeeping(key) && value != is.at(key)) fields += (fields.empty() ? "" : ",") + key;
    }
    return fields;
}

void UndoJournal::begin(const std::string& kind, std::int64_t rows, std::int64_t firstRow,
                        const std::string& fields) {
    m_database.execute("DELETE FROM changes WHERE undone = 1");
    m_database
        .prepare(
            "INSERT INTO changes (kind, fields, row_count, first_row, time_ms) VALUES (?1, ?2, ?3, ?4, ?5)")
        .bind(1, std::string_view(kind))
        .bind(2, std::string_view(fields))
        .bind(3, rows)
        .bind(4, firstRow)
        .bind(5, nowMilliseconds())
        .run();
    m_change = m_database.lastInsertId();
    m_database.execute("DELETE FROM changes WHERE id NOT IN (SELECT id FROM changes ORDER BY id DESC LIMIT " +
                       std::to_string(kKeptChanges) + ")");
}

void UndoJournal::addRow(std::int64_t recordId, const std::optional<std::string>& state) {
    if (!m_addRow)
        m_addRow.emplace(m_database,
                         "INSERT INTO change_rows (change_id, record_id, state) VALUES (?1, ?2, ?3)");
    m_addRow->bind(1, m_change).bind(2, recordId).bind(3, state).run();
}

void UndoJournal::noteAdded(std::int64_t id) {
    addRow(id, std::nullopt);
}

void UndoJournal::noteRemoved(const Record& record) {
    addRow(record.id, recordJson(record).dump());
}

void UndoJournal::noteChanged(const Record& before, const Record& after) {
    const OrderedJson was = recordJson(before), is = recordJson(after);
    OrderedJson state = OrderedJson::object();
    for (const auto& [key, value] : was.items()) {
        // The bookkeeping always, because a later edit may be taken into this change.
        if (isBookkeeping(key) || value != is.at(key)) state[key] = value;
    }
    addRow(before.id, state.dump());
}

bool UndoJournal::takesIn(std::int64_t recordId, const std::string& fields) {
    Statement last = m_database.prepare(
        "SELECT id, undone, kind, row_count, first_row, fields, time_ms FROM changes ORDER BY id DESC LIMIT "
        "1");
    if (!last.step()) return false;
    const std::int64_t now = nowMilliseconds(), then = last.integer(6);
    const bool same = last.integer(1) == 0 && last.text(2) == "edit" && last.integer(3) == 1 &&
                      last.integer(4) == recordId && last.text(5) == fields;
    if (!same || now < then || now - then > kCoalesceMilliseconds) return false;
    m_database.prepare("UPDATE changes SET time_ms = ?2 WHERE id = ?1")
        .bind(1, last.integer(0))
        .bind(2, now)
        .run();
    return true;
}

std::optional<ChangeInfo> UndoJournal::info(const char* sql) {
    Statement statement = m_database.prepare(sql);
    if (!statement.step()) return std::nullopt;
    return ChangeInfo{statement.text(1), statement.integer(2), statement.integer(3)};
}

std::optional<ChangeInfo> UndoJournal::undoInfo() {
    return info(kFindUndo);
}
std::optional<ChangeInfo> UndoJournal::redoInfo() {
    return info(kFindRedo);
}
std::optional<std::vector<std::int64_t>> UndoJournal::undo() {
    return exchange(kFindUndo, true);
}
std::optional<std::vector<std::int64_t>> UndoJournal::redo() {
    return exchange(kFindRedo, false);
}

std::optional<std::string> UndoJournal::exchangeRecord(std::int64_t id,
                                                       const std::optional<std::string>& state) {
    const std::optional<Record> present = m_store.record(id);
    if (!state) {
        if (!present) return std::nullopt;
        m_store.remove(id);
        return recordJson(*present).dump();
    }
    const OrderedJson wanted = parsedState(*state);
    if (!present) {
        m_store.insert(recordFromJson(wanted));
        return std::nullopt;
    }
    OrderedJson merged = recordJson(*present);
    OrderedJson other = OrderedJson::object();
    for (const auto& [key, value] : wanted.items()) {
        other[key] = merged.at(key);
        merged[key] = value;
    }
    m_store.update(*present, recordFromJson(merged));
    return other.dump();
}

std::optional<std::vector<std::int64_t>> UndoJournal::exchange(const char* findSql, bool undone) {
    Statement change = m_database.prepare(findSql);
    if (!change.step()) return std::nullopt;
    const std::int64_t changeId = change.integer(0);
    change.reset();

    struct Row {
        std::int64_t rowid = 0, recordId = 0;
        std::optional<std::string> state;
    };
    std::vector<std::int64_t> concerned;
    Statement next = m_database.prepare(
        "SELECT rowid, record_id, state FROM change_rows WHERE change_id = ?1 AND rowid > ?2 ORDER BY rowid "
        "LIMIT 1");
    Statement keep = m_database.prepare("UPDATE change_rows SET state = ?2 WHERE rowid = ?1");
    next.bind(1, changeId);
    for (std::int64_t after = 0;;) {
        next.bind(2, after);
        if (!next.step()) break;
        Row row{next.integer(0), next.integer(1), std::nullopt};
        if (!next.isNull(2)) row.state = next.text(2);
        next.reset();
        keep.bind(1, row.rowid).bind(2, exchangeRecord(row.recordId, row.state)).run();
        if (row.state) concerned.push_back(row.recordId);
        after = row.rowid;
    }
    m_database.prepare("UPDATE changes SET undone = ?2 WHERE id = ?1")
        .bind(1, changeId)
        .bind(2, static_cast<std::int64_t>(undone))
        .run();
    return concerned;
}

}  // namespace studio
