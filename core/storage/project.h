// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/import.h"
#include "core/data/record.h"
#include "core/data/split.h"

namespace studio {

class Database;

/// Which records, in which order. Empty members do not filter.
struct RecordQuery {
    std::string search;  ///< words, all of which must occur (prefix match on the last); Chinese finds any run
                         ///< of characters
    std::optional<RecordStatus> status;
    std::optional<Split> split;
    std::optional<std::string> source;
    std::vector<std::int64_t> ids;  ///< only these
    enum class Order { Id, Instruction, Input, Output, Split, Status, Source, Updated } order = Order::Id;
    bool descending = false;
};

struct RecordCounts {
    std::int64_t all = 0, draft = 0, accepted = 0, rejected = 0;
    std::int64_t train = 0, validation = 0, test = 0, unassigned = 0;  ///< of the accepted ones
};

/// What undo would do: "Edit row 12". English verb name plus count; the interface translates by `kind`.
struct ChangeInfo {
    std::string kind;  ///< "edit", "add", "duplicate", "delete", "import", "split", "status"
    std::int64_t rows = 0;
    std::int64_t firstRow = 0;
};

/// A project folder NAME.ftproj with project.sqlite (WAL), runs/, models/ and templates/. Owns the database
/// connection: use one object from one thread; several objects (GUI and job, or two programs) may be open on
/// one folder. Every change below is one transaction that is durable when the function returns, and is kept
/// in an undo journal of 100 changes that survives the program. All functions throw DatabaseFailed (or
/// DiskFull) and then nothing has changed.
class Project {
public:
    /// Makes the folder and an empty database. Throws RunExists-like InvalidArgument when it exists already,
    /// FileUnwritable where the folder cannot be made.
    static std::unique_ptr<Project> create(const std::filesystem::path& folder);
    /// Throws FileNotFound, ProjectInvalid (not a project, damaged), ProjectNewer. Migrates an older schema.
    static std::unique_ptr<Project> open(const std::filesystem::path& folder);
    ~Project();
    Project(const Project&) = delete;
    Project& operator=(const Project&) = delete;

    const std::filesystem::path& folder() const { return m_folder; }
    std::string name() const;  ///< folder name without .ftproj
    std::filesystem::path runsFolder() const { return m_folder / "runs"; }
    std::filesystem::path modelsFolder() const { return m_folder / "models"; }
    std::filesystem::path templatesFolder() const { return m_folder / "templates"; }
    std::filesystem::path recipesFolder() const { return m_folder / "recipes"; }  ///< made when one is saved
    int schemaVersion() const;
    /// How long a change waits while another program or thread is storing; 10 s at first. Then
    /// DatabaseFailed.
    void setPatience(int milliseconds);

    // Records
    // ------------------------------------------------------------------------------------------------
    RecordCounts counts() const;
    std::int64_t count(const RecordQuery& query) const;
    /// Ids in the query's order: what a table model holds.
    std::vector<std::int64_t> ids(const RecordQuery& query) const;
    std::vector<Record> records(const RecordQuery& query) const;
    std::optional<Record> record(std::int64_t id) const;
    std::vector<Record> recordsById(const std::vector<std::int64_t>& ids) const;
    /// Distinct sources, for the filter.
    std::vector<std::string> sources() const;

    /// Stores new records (their ids are ignored and given anew) as one undoable change. Returns the ids.
    std::vector<std::int64_t> add(const std::vector<Record>& records, const std::string& kind = "add",
                                  const ProgressFunction& progress = {}, const std::stop_token& stop = {});
    /// Replaces one record (by its id); `updated` is set, provenance Real becomes Edited when a text changed.
    /// Consecutive edits of the same field of the same row within 2 seconds and `coalesce` become one change.
    void update(const Record& record, bool coalesce = false);
    void update(const std::vector<Record>& records, const std::string& kind);
    void remove(const std::vector<std::int64_t>& ids);
    /// Copies stand behind all others; returns their ids.
    std::vector<std::int64_t> duplicate(const std::vector<std::int64_t>& ids);
    /// Deals all accepted records anew as one undoable change.
    void split(const SplitSettings& settings);

    std::optional<ChangeInfo> undoInfo() const;
    std::optional<ChangeInfo> redoInfo() const;
    /// Both return the ids concerned (that exist afterwards), or nothing when there is nothing to do.
    std::optional<std::vector<std::int64_t>> undo();
    std::optional<std::vector<std::int64_t>> redo();

    // Small named values kept with the project: last template, last base model, column widths
    // -----------------
    std::optional<std::string> setting(const std::string& key) const;
    void setSetting(const std::string& key, const std::string& value);

    /// SHA-256 over the given records' ids, texts and splits: the data snapshot of run.json.
    static std::string snapshotHash(const std::vector<Record>& records);

private:
    explicit Project(std::filesystem::path folder);

    std::filesystem::path m_folder;
    std::unique_ptr<Database> m_database;
};

/// Train and validation records of a project as training uses them. When no record is in validation, 5 % of
/// the train rows (at least 1, by a fixed seed) are taken for it and `validationTakenFromTrain` says so. Only
/// accepted pairs; records without a split count as train when no record is in train.
struct TrainingRecords {
    std::vector<Record> train;
    std::vector<Record> validation;
    bool validationTakenFromTrain = false;
    std::vector<std::int64_t> leftOut;  ///< accepted, but in no split while others are in train
};
TrainingRecords trainingRecords(const Project& project);

}  // namespace studio
