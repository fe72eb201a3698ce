// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/record_store.h"

#include <array>

#include "core/base/error.h"
#include "core/storage/word_tokenizer.h"
#include "core/text/unicode.h"

namespace studio {

namespace {

/// One column behind `id`: integers are written and read as such, the rest as text.
struct Column {
    const char* name;
    std::string (*get)(const Record&);
    void (*set)(Record&, const std::string&);
};

std::string listText(const std::vector<std::string>& texts) {
    return texts.empty() ? "[]" : OrderedJson(texts).dump();
}

OrderedJson parsed(const std::string& text) {
    try {
        return OrderedJson::parse(text);
    } catch (const OrderedJson::exception&) {
        throw Error(ErrorCode::ProjectInvalid, "A record in the project's database holds broken JSON.",
                    "Restore a backup of project.sqlite.");
    }
}

std::vector<std::string> textList(const std::string& text) {
    std::vector<std::string> list;
    if (text == "[]") return list;
    for (const OrderedJson& entry : parsed(text)) {
        if (entry.is_string()) list.push_back(entry.get<std::string>());
    }
    return list;
}

std::int64_t number(const std::string& text) {
    return std::strtoll(text.c_str(), nullptr, 10);
}

using Text = const std::string&;
const std::array kColumns = {
    Column{"kind", [](const Record& r) { return std::string(name(r.kind)); },
           [](Record& r, Text t) { r.kind = recordKindFromName(t); }},
    Column{"instruction", [](const Record& r) { return r.instruction; },
           [](Record& r, Text t) { r.instruction = t; }},
    Column{"input", [](const Record& r) { return r.input; }, [](Record& r, Text t) { r.input = t; }},
    Column{"output", [](const Record& r) { return r.output; }, [](Record& r, Text t) { r.output = t; }},
    Column{"system", [](const Record& r) { return r.system; }, [](Record& r, Text t) { r.system = t; }},
    Column{"messages", [](const Record& r) { return r.messages; }, [](Record& r, Text t) { r.messages = t; }},
    Column{"chosen", [](const Record& r) { return r.chosen; }, [](Record& r, Text t) { r.chosen = t; }},
    Column{"rejected", [](const Record& r) { return r.rejected; }, [](Record& r, Text t) { r.rejected = t; }},
    Column{"source", [](const Record& r) { return r.source; }, [](Record& r, Text t) { r.source = t; }},
    Column{"provenance", [](const Record& r) { return std::string(name(r.provenance)); },
           [](Record& r, Text t) { r.provenance = provenanceFromName(t); }},
    Column{"status", [](const Record& r) { return std::string(name(r.status)); },
           [](Record& r, Text t) { r.status = recordStatusFromName(t); }},
    Column{"split", [](const Record& r) { return std::string(name(r.split)); },
           [](Record& r, Text t) { r.split = splitFromName(t); }},
    Column{"tags", [](const Record& r) { return listText(r.tags); },
           [](Record& r, Text t) { r.tags = textList(t); }},
    Column{"extra", [](const Record& r) { return r.extra.empty() ? std::string("{}") : r.extra.dump(); },
           [](Record& r, Text t) { r.extra = t == "{}" ? OrderedJson::object() : parsed(t); }},
    Column{"keys", [](const Record& r) { return listText(r.keys); },
           [](Record& r, Text t) { r.keys = textList(t); }},
    Column{"created", [](const Record& r) { return std::to_string(r.created); },
           [](Record& r, Text t) { r.created = number(t); }},
    Column{"updated", [](const Record& r) { return std::to_string(r.updated); },
           [](Record& r, Text t) { r.updated = number(t); }},
};

const std::string& selectColumns() {
    static const std::string kSql = [] {
        std::string sql = "SELECT id";
        for (const Column& column : kColumns) sql += std::string(", ") + column.name;
        return sql + " FROM records";
    }();
    return kSql;
}

const std::string& insertSql() {
    static const std::string kSql = [] {
        std::string names = "INSERT INTO records (id", marks = ") VALUES (?1";
        for (std::size_t i = 0; i < kColumns.size(); ++i) {
            names += std::string(", ") + kColumns[i].name;
            marks += ", ?" + std::to_string(i + 2);
        }
        return names + marks + ")";
    }();
    return kSql;
}

/// A column's text for storing. JSON of the columns is UTF-8 or its dump throws; the bare texts are looked
/// at.
std::string stored(const Column& column, const Record& record) {
    std::string text;
    try {
        text = column.get(record);
        if (!firstInvalidUtf8(text)) return text;
    } catch (const OrderedJson::exception&) {
    }
    throw Error(ErrorCode::BadEncoding,
                std::string("The field \"") + column.name + "\" of a record is not UTF-8 text.",
                "Enter the text again.", {column.name});
}

Record readRow(const Statement& row) {
    Record record;
    record.id = row.integer(0);
    for (std::size_t i = 0; i < kColumns.size(); ++i)
        kColumns[i].set(record, row.text(static_cast<int>(i) + 1));
    return record;
}

struct Filter {
    std::string where;
    std::vector<std::string> texts;  // bound from 1
};

Filter filterOf(const RecordQuery& query) {
    Filter filter;
    const auto add = [&filter](const std::string& condition) {
        filter.where += (filter.where.empty() ? " WHERE " : " AND ") + condition;
    };
    const auto parameter = [&filter](std::string text) {
        filter.texts.push_back(std::move(text));
        return "?" + std::to_string(filter.texts.size());
    };
    if (query.status) add("status = " + parameter(name(*query.status)));
    if (query.split) add("split = " + parameter(name(*query.split)));
    if (query.source) add("source = " + parameter(*query.source));
    if (!query.ids.empty())
        add("id IN (SELECT value FROM json_each(" + parameter(OrderedJson(query.ids).dump()) + "))");
    if (trimmed(query.search).empty() || firstInvalidUtf8(query.search)) return filter;
    if (const std::string match = matchQuery(query.search); !match.empty()) {
        add("id IN (SELECT rowid FROM record_words WHERE record_words MATCH " + parameter(match) + ")");
    } else {  // only punctuation: not in the word index
        const std::string text = parameter(std::string(trimmed(query.search)));
        add("(instr(instruction, " + text + ") OR instr(input, " + text + ") OR instr(output, " + text +
            "))");
    }
    return filter;
}

std::string orderOf(const RecordQuery& query) {
    const std::string direction = query.descending ? " DESC" : "";
    const auto by = [&direction](const char* column) {
        return std::string(" ORDER BY ") + column + direction + ", id";
    };
    switch (query.order) {
        case RecordQuery::Order::Instruction:
            return by("instruction COLLATE NOCASE");
        case RecordQuery::Order::Input:
            return by("input COLLATE NOCASE");
        case RecordQuery::Order::Output:
            return by("output COLLATE NOCASE");
        case RecordQuery::Order::Split:
            return by("split");
        case RecordQuery::Order::Status:
            return by("status");
        case RecordQuery::Order::Source:
            return by("source COLLATE NOCASE");
        case RecordQuery::Order::Updated:
            return by("updated");
        case RecordQuery::Order::Id:
            break;
    }
    return " ORDER BY id" + direction;
}

Statement prepared(Database& database, const std::string& head, const Filter& filter,
                   const std::string& order) {
    Statement statement = database.prepare(head + filter.where + order);
    for (std::size_t i = 0; i < filter.texts.size(); ++i) {
        statement.bind(static_cast<int>(i) + 1, std::string_view(filter.texts[i]));
    }
    return statement;
}

}  // namespace

Statement& RecordStore::cached(const std::string& sql) {
    const auto found = m_statements.find(sql);
    return found != m_statements.end() ? found->second
                                       : m_statements.emplace(sql, m_database.prepare(sql)).first->second;
}

std::vector<std::int64_t> RecordStore::ids(const RecordQuery& query) {
    std::vector<std::int64_t> all;
    Statement statement = prepared(m_database, "SELECT id FROM records", filterOf(query), orderOf(query));
    while (statement.step()) all.push_back(statement.integer(0));
    return all;
}

std::int64_t RecordStore::count(const RecordQuery& query) {
    Statement statement = prepared(m_database, "SELECT count(*) FROM records", filterOf(query), "");
    return statement.step() ? statement.integer(0) : 0;
}

std::vector<Record> RecordStore::records(const RecordQuery& query) {
    std::vector<Record> all;
    Statement statement = prepared(m_database, selectColumns(), filterOf(query), orderOf(query));
    while (statement.step()) all.push_back(readRow(statement));
    return all;
}

std::optional<Record> RecordStore::record(std::int64_t id) {
    Statement& statement = cached(selectColumns() + " WHERE id = ?1");
    statement.bind(1, id);
    std::optional<Record> found;
    if (statement.step()) found = readRow(statement);
    statement.reset();
    return found;
}

std::int64_t RecordStore::insert(const Record& record) {
    Statement& statement = cached(insertSql());
    if (record.id != 0) {
        statement.bind(1, record.id);
    } else {
        statement.bind(1, std::optional<std::string>());  // NULL: the next id
    }
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
        statement.bind(static_cast<int>(i) + 2, std::string_view(stored(kColumns[i], record)));
    }
    statement.run();
    return m_database.lastInsertId();
}

void RecordStore::update(const Record& before, const Record& after) {
    std::string assignments;
    std::vector<std::string> values;
    for (const Column& column : kColumns) {
        std::string value = stored(column, after);
        if (value == column.get(before)) continue;
        values.push_back(std::move(value));
        assignments += (assignments.empty() ? "" : ", ") + std::string(column.name) + " = ?" +
                       std::to_string(values.size() + 1);
    }
    if (values.empty()) return;
    Statement& statement = cached("UPDATE records SET " + assignments + " WHERE id = ?1");
    statement.bind(1, after.id);
    for (std::size_t i = 0; i < values.size(); ++i)
        statement.bind(static_cast<int>(i) + 2, std::string_view(values[i]));
    statement.run();
}

void RecordStore::remove(std::int64_t id) {
    cached("DELETE FROM records WHERE id = ?1").bind(1, id).run();
}

}  // namespace studio
