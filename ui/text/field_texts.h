// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace studio::ui {

/// Whether a text of a field table (label, help, group, unit, choice) is listed for translation in the
/// context "Fields". Every one must be.
bool isFieldText(const std::string& english);

}  // namespace studio::ui
