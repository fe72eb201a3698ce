// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <string>

#include "core/formats/json.h"

namespace studio::ui {

class ProjectSession;

/// What a page has stored of its looks in the settings of the open project under `key`: an object, which is
/// empty where no project is open, and where nothing that can be read was stored. Throws as
/// Project::setting().
OrderedJson storedLooks(const ProjectSession& session, const char* key);

/// What a widget's saveState() gave, as looks have it, and back: empty where they have none.
std::string stateText(const QByteArray& state);
QByteArray stateIn(const OrderedJson& looks, const char* key);

}  // namespace studio::ui
