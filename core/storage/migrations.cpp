// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/migrations.h"

#include <array>
#include <string>

#include "core/storage/database.h"

namespace studio {

namespace {

// 1: records and named values. AUTOINCREMENT, so that the id of a deleted record is never given again.
constexpr const char* kRecords = R"sql(
PRAGMA application_id = 1179931476; -- "FTST"
CREATE TABLE records (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    instruction TEXT NOT NULL,
    input TEXT NOT NULL,
    output TEXT NOT NULL,
    system TEXT NOT NULL,
    messages TEXT NOT NULL,
    chosen TEXT NOT NULL,
    rejected TEXT NOT NULL,
    source TEXT NOT NULL,
    provenance TEXT NOT NULL,
    status TEXT NOT NULL,
    split TEXT NOT NULL,
    tags TEXT NOT NULL,
    extra TEXT NOT NULL,
    keys TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
);
CREATE INDEX records_filter ON records (status, split, source);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)sql";

// 2: the undo journal. `state` is what undo (or, in an undone change, redo) brings back: NULL for no record,
// a whole record, or only the fields that differ.
constexpr const char* kJournal = R"sql(
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    fields TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    first_row INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE change_rows (
    change_id INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
    record_id INTEGER NOT NULL,
    state TEXT
);
CREATE INDEX change_rows_of ON change_rows (change_id);
)sql";

// 3: full-text search over the texts, kept in step by triggers (external content: the texts are stored once).
constexpr const char* kSearch = R"sql(
CREATE VIRTUAL TABLE record_words USING fts5 (instruction, input, output, system, chosen, rejected,
    content='records', content_rowid='id', tokenize='studio_words');
INSERT INTO record_words (record_words) VALUES ('rebuild');
CREATE TRIGGER records_inserted AFTER INSERT ON records BEGIN
    INSERT INTO record_words (rowid, instruction, input, output, system, chosen, rejected)
    VALUES (new.id, new.instruction, new.input, new.output, new.system, new.chosen, new.rejected);
END;
CREATE TRIGGER records_deleted AFTER DELETE ON records BEGIN
    INSERT INTO record_words (record_words, rowid, instruction, input, output, system, chosen, rejected)
    VALUES ('delete', old.id, old.instruction, old.input, old.output, old.system, old.chosen, old.rejected);
END;
CREATE TRIGGER records_updated AFTER UPDATE OF instruction, input, output, system, chosen, rejected ON records BEGIN
    INSERT INTO record_words (record_words, rowid, instruction, input, output, system, chosen, rejected)
    VALUES ('delete', old.id, old.instruction, old.input, old.output, old.system, old.chosen, old.rejected);
    INSERT INTO record_words (rowid, instruction, input, output, system, chosen, rejected)
    VALUES (new.id, new.instruction, new.input, new.output, new.system, new.chosen, new.rejected);
END;
)sql";

constexpr std::array kMigrations = {kRecords, kJournal, kSearch};

}  // namespace

int currentSchemaVersion() {
    return static_cast<int>(kMigrations.size());
}

int schemaVersion(Database& database) {
    return static_cast<int>(database.integer("PRAGMA user_version"));
}

void migrate(Database& database, int version) {
    if (schemaVersion(database) >= version) return;
    Transaction transaction(database);
    // Asked again under the write lock: another program may have migrated meanwhile.
    for (int next = schemaVersion(database); next < version; ++next) {
        database.execute(kMigrations.at(static_cast<std::size_t>(next)));
        database.execute("PRAGMA user_version = " + std::to_string(next + 1));
    }
    transaction.commit();
}

}  // namespace studio
