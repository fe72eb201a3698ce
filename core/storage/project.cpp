// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/project.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/storage/database.h"
#include "core/storage/migrations.h"
#include "core/storage/record_store.h"
#include "core/storage/undo_journal.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kDatabaseFile = "project.sqlite";
constexpr std::int64_t kApplicationId = 0x46545354;  // "FTST", as migration 1 writes it

/// Without a slash at the end, which would make the file name empty.
fs::path plainFolder(const fs::path& folder) {
    const fs::path normal = fs::absolute(folder).lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

void makeProjectFolders(const fs::path& folder) {
    for (const char* part : {"runs", "models", "templates"}) makeFolders(folder / part);
}

/// What a person changed makes the record their own.
Record edited(const Record& before, Record after) {
    after.created = before.created;
    after.updated = unixTime();
    const bool textChanged = before.instruction != after.instruction || before.input != after.input ||
                             before.output != after.output || before.system != after.system ||
                             before.messages != after.messages || before.chosen != after.chosen ||
                             before.rejected != after.rejected;
    if (textChanged && before.provenance == Provenance::Real && after.provenance == Provenance::Real) {
        after.provenance = Provenance::Edited;
    }
    return after;
}

[[noreturn]] void throwNoRecord(std::int64_t id) {
    throw Error(ErrorCode::InvalidArgument, "There is no record " + std::to_string(id) + " in the project.",
                "It may have been deleted; list the records again.", {std::to_string(id)});
}

struct Edit {
    Record before;
    Record after;
};

}  // namespace

Project::Project(fs::path folder) : m_folder(std::move(folder)) {}

Project::~Project() = default;

std::unique_ptr<Project> Project::create(const fs::path& requested) {
    const fs::path folder = plainFolder(requested);
    std::error_code ignored;
    if (fs::exists(folder, ignored) &&
        !(fs::is_directory(folder, ignored) && fs::is_empty(folder, ignored))) {
        throw Error(ErrorCode::InvalidArgument, folder.string() + " exists already.",
                    "Choose another name, or open it if it is a project.", {folder.string()});
    }
    makeFolders(folder.parent_path());
    // The project appears with its database whole, or not at all.
    AtomicFolder fresh(folder);
    {
        Database database(fresh.path() / kDatabaseFile, true);
        migrate(database, currentSchemaVersion());
    }
    makeProjectFolders(fresh.path());
    fresh.commit();
    return open(folder);
}

std::unique_ptr<Project> Project::open(const fs::path& requested) {
    const fs::path folder = plainFolder(requested);
    const std::string shown = folder.string();
    std::error_code ignored;
    if (!fs::exists(folder, ignored)) {
        throw Error(ErrorCode::FileNotFound, "There is no project folder " + shown + ".",
                    "Check the path, or create the project first.", {shown});
    }
    if (!fs::is_regular_file(folder / kDatabaseFile, ignored)) {
        throw Error(ErrorCode::ProjectInvalid, shown + " is not a project: it has no " + kDatabaseFile + ".",
                    "Choose a folder whose name ends in .ftproj.", {shown});
    }
    auto project = std::unique_ptr<Project>(new Project(folder));
    project->m_database = std::make_unique<Database>(folder / kDatabaseFile, false);
    Database& database = *project->m_database;
    if (database.integer("PRAGMA application_id") != kApplicationId) {
        throw Error(ErrorCode::ProjectInvalid,
                    (folder / kDatabaseFile).string() + " is not the database of a project.",
                    "Choose a folder whose name ends in .ftproj.", {shown});
    }
    if (project->schemaVersion() > currentSchemaVersion()) {
        throw Error(ErrorCode::ProjectNewer,
                    "The project " + shown + " was written by a newer version of the program.",
                    "Update FineTune Studio to open it.", {shown});
    }
    database.checkIntegrity();
    migrate(database, currentSchemaVersion());
    makeProjectFolders(folder);
    return project;
}

std::string Project::name() const {
    return m_folder.extension() == ".ftproj" ? m_folder.stem().string() : m_folder.filename().string();
}

int Project::schemaVersion() const {
    return studio::schemaVersion(*m_database);
}

void Project::setPatience(int milliseconds) {
    m_database->setPatience(milliseconds);
}

RecordCounts Project::counts() const {
    RecordCounts counts;
    Statement statement =
        m_database->prepare("SELECT status, split, count(*) FROM records GROUP BY status, split");
    while (statement.step()) {
        const RecordStatus status = recordStatusFromName(statement.text(0));
        const Split split = splitFromName(statement.text(1));
        const std::int64_t count = statement.integer(2);
        counts.all += count;
        if (status == RecordStatus::Draft) counts.draft += count;
        if (status == RecordStatus::Rejected) counts.rejected += count;
        if (status != RecordStatus::Accepted) continue;
        counts.accepted += count;
        if (split == Split::Train) counts.train += count;
        if (split == Split::Validation) counts.validation += count;
        if (split == Split::Test) counts.test += count;
        if (split == Split::None) counts.unassigned += count;
    }
    return counts;
}

std::int64_t Project::count(const RecordQuery& query) const {
    return RecordStore(*m_database).count(query);
}

std::vector<std::int64_t> Project::ids(const RecordQuery& query) const {
    return RecordStore(*m_database).ids(query);
}

std::vector<Record> Project::records(const RecordQuery& query) const {
    return RecordStore(*m_database).records(query);
}

std::optional<Record> Project::record(std::int64_t id) const {
    return RecordStore(*m_database).record(id);
}

std::vector<Record> Project::recordsById(const std::vector<std::int64_t>& ids) const {
    RecordStore store(*m_database);
    std::vector<Record> records;
    for (const std::int64_t id : ids) {
        if (std::optional<Record> record = store.record(id)) records.push_back(*std::move(record));
    }
    return records;
}

std::vector<std::string> Project::sources() const {
    std::vector<std::string> sources;
    Statement statement =
        m_database->prepare("SELECT DISTINCT source FROM records ORDER BY source COLLATE NOCASE");
    while (statement.step()) sources.push_back(statement.text(0));
    return sources;
}

std::vector<std::int64_t> Project::add(const std::vector<Record>& records, const std::string& kind,
                                       const ProgressFunction& progress, const std::stop_token& stop) {
    std::vector<std::int64_t> ids;
    if (records.empty()) return ids;
    ids.reserve(records.size());
    Transaction transaction(*m_database);
    RecordStore store(*m_database);
    UndoJournal journal(*m_database, store);
    const auto total = static_cast<std::int64_t>(records.size());
    const std::int64_t firstId =
        m_database->integer("SELECT seq FROM sqlite_sequence WHERE name = 'records'") + 1;
    journal.begin(kind, total, firstId);
    const std::int64_t now = unixTime();
    for (const Record& record : records) {
        Record fresh = record;
        fresh.id = 0;
        fresh.created = fresh.updated = now;
        ids.push_back(store.insert(fresh));
        journal.noteAdded(ids.back());
        if (ids.size() % 100 != 0) continue;
        throwIfStopped(stop);
        if (progress) progress({static_cast<std::int64_t>(ids.size()), total});
    }
    throwIfStopped(stop);
    transaction.commit();
    if (progress) progress({total, total});
    return ids;
}

void Project::update(const Record& record, bool coalesce) {
    Transaction transaction(*m_database);
    RecordStore store(*m_database);
    const std::optional<Record> before = store.record(record.id);
    if (!before) throwNoRecord(record.id);
    const std::string fields = UndoJournal::changedFields(*before, edited(*before, record));
    if (fields.empty()) return;
    const Record after = edited(*before, record);
    UndoJournal journal(*m_database, store);
    if (!coalesce || !journal.takesIn(record.id, fields)) {
        journal.begin("edit", 1, record.id, fields);
        journal.noteChanged(*before, after);
    }
    store.update(*before, after);
    transaction.commit();
}

void Project::update(const std::vector<Record>& records, const std::string& kind) {
    Transaction transaction(*m_database);
    RecordStore store(*m_database);
    std::vector<Edit> edits;
    for (const Record& record : records) {
        std::optional<Record> before = store.record(record.id);
        if (!before) throwNoRecord(record.id);
        Record after = edited(*before, record);
        if (!UndoJournal::changedFields(*before, after).empty())
            edits.push_back({*std::move(before), std::move(after)});
    }
    if (edits.empty()) return;
    UndoJournal journal(*m_database, store);
    journal.begin(kind, static_cast<std::int64_t>(edits.size()), edits.front().before.id);
    for (const Edit& edit : edits) {
        journal.noteChanged(edit.before, edit.after);
        store.update(edit.before, edit.after);
    }
    transaction.commit();
}

void Project::remove(const std::vector<std::int64_t>& ids) {
    Transaction transaction(*m_database);
    RecordStore store(*m_database);
    UndoJournal journal(*m_database, store);
    std::int64_t removed = 0;
    for (const std::int64_t id : ids) {
        const std::optional<Record> record = store.record(id);
        if (!record) throwNoRecord(id);
        if (removed++ == 0) journal.begin("delete", static_cast<std::int64_t>(ids.size()), id);
        journal.noteRemoved(*record);
        store.remove(id);
    }
    if (removed > 0) transaction.commit();
}

std::vector<std::int64_t> Project::duplicate(const std::vector<std::int64_t>& ids) {
    std::vector<Record> copies = recordsById(ids);
    return add(copies, "duplicate");
}

void Project::split(const SplitSettings& settings) {
    Transaction transaction(*m_database);
    RecordStore store(*m_database);
    RecordQuery accepted;
    accepted.status = RecordStatus::Accepted;
    const std::vector<Record> records = store.records(accepted);
    const std::vector<SplitAssignment> assignments = dealSplits(records, settings);
    std::int64_t changed = 0, first = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].split == assignments[i].split) continue;
        if (changed++ == 0) first = records[i].id;
    }
    if (changed == 0) return;
    UndoJournal journal(*m_database, store);
    journal.begin("split", changed, first);
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].split == assignments[i].split) continue;
        Record after = records[i];
        after.split = assignments[i].split;
        journal.noteChanged(records[i], after);
        store.update(records[i], after);
    }
    transaction.commit();
}

std::optional<ChangeInfo> Project::undoInfo() const {
    RecordStore store(*m_database);
    return UndoJournal(*m_database, store).undoInfo();
}

std::optional<ChangeInfo> Project::redoInfo() const {
    RecordStore store(*m_database);
    return UndoJournal(*m_database, store).redoInfo();
}

std::optional<std::vector<std::int64_t>> Project::undo() {
    Transaction transaction(*m_database);
    RecordStore store(*m_database);
    std::optional<std::vector<std::int64_t>> ids = UndoJournal(*m_database, store).undo();
    if (ids) transaction.commit();
    return ids;
}

std::optional<std::vector<std::int64_t>> Project::redo() {
    Transaction transaction(*m_database);
    RecordStore store(*m_database);
    std::optional<std::vector<std::int64_t>> ids = UndoJournal(*m_database, store).redo();
    if (ids) transaction.commit();
    return ids;
}

std::optional<std::string> Project::setting(const std::string& key) const {
    Statement statement = m_database->prepare("SELECT value FROM settings WHERE key = ?1");
    statement.bind(1, std::string_view(key));
    if (!statement.step()) return std::nullopt;
    return statement.text(0);
}

void Project::setSetting(const std::string& key, const std::string& value) {
    m_database
        ->prepare(
            "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2")
        .bind(1, std::string_view(key))
        .bind(2, std::string_view(value))
        .run();
}

}  // namespace studio
