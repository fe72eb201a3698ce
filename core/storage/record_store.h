// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/data/record.h"
#include "core/storage/database.h"
#include "core/storage/project.h"

namespace studio {

/// Records in SQL: reads, and bare writes without transaction or journal. Keeps its prepared statements; made
/// for one piece of work and thrown away. Not thread-safe.
class RecordStore {
public:
    explicit RecordStore(Database& database) : m_database(database) {}

    std::vector<std::int64_t> ids(const RecordQuery& query);
    std::int64_t count(const RecordQuery& query);
    std::vector<Record> records(const RecordQuery& query);
    std::optional<Record> record(std::int64_t id);

    /// With id 0 the database gives the next one. Returns the id. Throws BadEncoding for text that is not
    /// UTF-8.
    std::int64_t insert(const Record& record);
    /// Writes the columns in which the two differ.
    void update(const Record& before, const Record& after);
    void remove(std::int64_t id);

private:
    Statement& cached(const std::string& sql);

    Database& m_database;
    std::map<std::string, Statement> m_statements;
};

}  // namespace studio
