// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace studio {

class Database;

/// The schema version that this program writes (PRAGMA user_version).
int currentSchemaVersion();

/// The version of the open database; 0 for an empty one.
int schemaVersion(Database& database);

/// Brings the database to `version` step by step, all in one transaction. A migration that was released never
/// changes again: a new one follows it. Does nothing where the database is there already.
void migrate(Database& database, int version);

}  // namespace studio
