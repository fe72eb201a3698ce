// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/database.h"

#include <sqlite3.h>

#include <utility>

#include "core/base/error.h"
#include "core/storage/word_tokenizer.h"

namespace studio {

namespace {

constexpr int kBusyMilliseconds = 10000;
constexpr const char* kDamagedNextStep =
    "Copy the project folder to a safe place first; then restore a backup of project.sqlite, or make a new "
    "project and "
    "import the data again.";

}  // namespace

Statement::Statement(Database& database, std::string_view sql) : m_database(database) {
    const int result = sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                          &m_statement, nullptr);
    if (result != SQLITE_OK) database.fail(result);
}

Statement::~Statement() {
    sqlite3_finalize(m_statement);
}

Statement::Statement(Statement&& other) noexcept
    : m_database(other.m_database), m_statement(std::exchange(other.m_statement, nullptr)) {}

Statement& Statement::bind(int index, std::int64_t value) {
    const int result = sqlite3_bind_int64(m_statement, index, value);
    if (result != SQLITE_OK) m_database.fail(result);
    return *this;
}

Statement& Statement::bind(int index, std::string_view value) {
    // A null pointer would bind NULL: an empty view may have one.
    const char* bytes = value.empty() ? "" : value.data();
    const int result =
        sqlite3_bind_text64(m_statement, index, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    if (result != SQLITE_OK) m_database.fail(result);
    return *this;
}

Statement& Statement::bind(int index, const std::optional<std::string>& value) {
    if (value) return bind(index, std::string_view(*value));
    const int result = sqlite3_bind_null(m_statement, index);
    if (result != SQLITE_OK) m_database.fail(result);
    return *this;
}

bool Statement::step() {
    const int result = sqlite3_step(m_statement);
    if (result == SQLITE_ROW) return true;
    if (result == SQLITE_DONE) return false;
    m_database.fail(result);
}

void Statement::run() {
    while (step()) {
    }
    reset();
}

void Statement::reset() {
    sqlite3_reset(m_statement);
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_statement, column);
}

std::string Statement::text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

Database::Database(const std::filesystem::path& file, bool create) : m_file(file) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    const int result = sqlite3_open_v2(file.c_str(), &m_handle, flags, nullptr);
    try {
        if (result != SQLITE_OK) fail(result);
        sqlite3_extended_result_codes(m_handle, 1);
        sqlite3_busy_timeout(m_handle, kBusyMilliseconds);
        execute(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA "
            "cache_size=-32768");
        registerWordTokenizer(*this);
    } catch (...) {
        sqlite3_close_v2(m_handle);
        throw;
    }
}

void Database::setPatience(int milliseconds) {
    sqlite3_busy_timeout(m_handle, milliseconds);
}

Database::~Database() {
    sqlite3_close_v2(m_handle);
}

void Database::execute(const std::string& sql) {
    const int result = sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) fail(result);
}

std::int64_t Database::integer(const std::string& sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::int64_t Database::lastInsertId() const {
    return sqlite3_last_insert_rowid(m_handle);
}

std::int64_t Database::changedRows() const {
    return sqlite3_changes64(m_handle);
}

void Database::checkIntegrity() {
    Statement statement = prepare("PRAGMA quick_check(1)");
    const std::string verdict = statement.step() ? statement.text(0) : "no answer";
    if (verdict != "ok") {
        throw Error(ErrorCode::ProjectInvalid,
                    "The project's database " + m_file.string() + " is damaged: " + verdict + ".",
                    kDamagedNextStep, {m_file.string()});
    }
}

void Database::fail(int result) const {
    const std::string file = m_file.string();
    const std::string reason = m_handle ? sqlite3_errmsg(m_handle) : sqlite3_errstr(result);
    switch (result & 0xff) {
        case SQLITE_FULL:
            throw Error(ErrorCode::DiskFull, "No space is left on the disk while writing " + file + ".",
                        "Free some space and try again; nothing that was stored before is lost.", {file});
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            throw Error(ErrorCode::ProjectInvalid,
                        "The project's database " + file + " is damaged: " + reason + ".", kDamagedNextStep,
                        {file});
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw Error(ErrorCode::DatabaseFailed,
                        "The project's database " + file + " is in use by another program.",
                        "Wait until its import or edit is done, then try again.", {file});
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_CANTOPEN:
        case SQLITE_AUTH:
            throw Error(ErrorCode::FileUnwritable,
                        "The project's database " + file + " cannot be written: " + reason + ".",
                        "Check that you may write in the project folder.", {file});
        case SQLITE_NOMEM:
            throw Error(ErrorCode::OutOfMemory, "Not enough memory for the database " + file + ".",
                        "Close other programs and try again.");
        default:
            throw Error(ErrorCode::DatabaseFailed,
                        "The project's database " + file + " refused a request: " + reason + ".",
                        "Nothing was changed; try again, and check the disk if it happens again.", {file});
    }
}

Transaction::Transaction(Database& database) : m_database(database) {
    m_database.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    // A full disk may have rolled back already: then ROLLBACK itself fails, which changes nothing.
    if (m_open) sqlite3_exec(m_database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    m_database.execute("COMMIT");
    m_open = false;
}

}  // namespace studio
