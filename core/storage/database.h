// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace studio {

class Database;

/// One prepared statement. Parameters are numbered from 1, columns from 0. Not thread-safe; must not outlive
/// its database. Every function throws what Database::fail gives.
class Statement {
public:
    Statement(Database& database, std::string_view sql);
    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    Statement& operator=(Statement&&) = delete;

    Statement& bind(int index, std::int64_t value);
    /// The bytes are copied; they may hold NUL.
    Statement& bind(int index, std::string_view value);
    Statement& bind(int index, const std::optional<std::string>& value);

    /// True while there is a row.
    bool step();
    /// Steps to the end and makes the statement ready for the next round; parameters keep their values.
    void run();
    void reset();

    std::int64_t integer(int column) const;
    std::string text(int column) const;
    bool isNull(int column) const;

private:
    Database& m_database;
    sqlite3_stmt* m_statement = nullptr;
};

/// One SQLite connection: write-ahead log, synchronous=FULL (a change that was told is on the disk), foreign
/// keys, a busy time-out, and the word tokenizer of the full-text index. Not thread-safe: one object for one
/// thread.
class Database {
public:
    /// Throws FileUnwritable, ProjectInvalid (no database, damaged) or DatabaseFailed, all naming the file.
    Database(const std::filesystem::path& file, bool create);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// How long a statement waits for another connection's transaction before DatabaseFailed; 10 s at first.
    void setPatience(int milliseconds);

    /// Runs statements without parameters.
    void execute(const std::string& sql);
    Statement prepare(std::string_view sql) { return Statement(*this, sql); }
    std::int64_t integer(const std::string& sql);
    std::int64_t lastInsertId() const;
    std::int64_t changedRows() const;
    /// Throws ProjectInvalid when SQLite finds the file damaged.
    void checkIntegrity();

    /// Throws the Error for SQLite's result code.
    [[noreturn]] void fail(int result) const;
    sqlite3* handle() const { return m_handle; }

private:
    std::filesystem::path m_file;
    sqlite3* m_handle = nullptr;
};

/// BEGIN IMMEDIATE … COMMIT; without commit() everything is rolled back.
class Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& m_database;
    bool m_open = true;
};

}  // namespace studio
