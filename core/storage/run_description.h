// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/base/error.h"
#include "core/formats/json.h"

namespace studio {

/// Throws BadFormat: run.json, the file, is damaged. `what` is a whole sentence with the place.
[[noreturn]] void throwDamagedDescription(const std::filesystem::path& file, const std::string& what);

/// Whether a run can go on by what `run`, its run.json, says of it: all that a resume takes from there is
/// there and can be used. Throws BadFormat naming the file and the part, InvalidArgument where it is no
/// fine-tuning or of another version.
void checkCanGoOn(const OrderedJson& run, const std::filesystem::path& runFolder);
/// The same for one who only wants to know whether going on can be advised: what checkCanGoOn(), or the
/// reading of run.json, throws.
std::optional<Error> resumeProblem(const std::filesystem::path& runFolder);

}  // namespace studio
