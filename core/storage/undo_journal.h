// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/data/record.h"
#include "core/storage/project.h"
#include "core/storage/record_store.h"

namespace studio {

/// The undo journal in the database. Each change holds, for each of its records, the state to go back to;
/// undo and redo exchange it with the present one, so both are the same operation. Every function runs inside
/// the caller's transaction, except the two infos.
class UndoJournal {
public:
    static constexpr std::int64_t kKeptChanges = 100;
    static constexpr std::int64_t kCoalesceMilliseconds = 2000;

    UndoJournal(Database& database, RecordStore& store) : m_database(database), m_store(store) {}

    /// Begins a new change: undone changes can no longer be redone, the oldest ones go.
    void begin(const std::string& kind, std::int64_t rows, std::int64_t firstRow,
               const std::string& fields = {});
    /// The record was not there before.
    void noteAdded(std::int64_t id);
    void noteRemoved(const Record& record);
    void noteChanged(const Record& before, const Record& after);
    /// True when the last change is a recent edit of these fields of this record: then it takes this edit in.
    bool takesIn(std::int64_t recordId, const std::string& fields);

    std::optional<ChangeInfo> undoInfo();
    std::optional<ChangeInfo> redoInfo();
    std::optional<std::vector<std::int64_t>> undo();
    std::optional<std::vector<std::int64_t>> redo();

    /// Names of the fields a person changed, comma-separated; empty when the two say the same.
    static std::string changedFields(const Record& before, const Record& after);

private:
    void addRow(std::int64_t recordId, const std::optional<std::string>& state);
    std::optional<ChangeInfo> info(const char* sql);
    std::optional<std::vector<std::int64_t>> exchange(const char* findSql, bool undone);
    std::optional<std::string> exchangeRecord(std::int64_t id, const std::optional<std::string>& state);

    Database& m_database;
    RecordStore& m_store;
    std::int64_t m_change = 0;
    std::optional<Statement> m_addRow;
};

}  // namespace studio
