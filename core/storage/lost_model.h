// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/base/error.h"
#include "core/storage/run_folder.h"

namespace studio {

/// What is wrong where a run saved a model that is no longer whole: a run that is finished without one, or
/// any ended run whose model/ is there without its configuration or weights (it is put there as a whole).
/// Names what is missing and says whether the run can be resumed to save it anew. Nothing where the model is
/// whole, where the run never had one, and while it is at work. Looks at the folder as it is now.
std::optional<Error> lostModel(const RunSummary& run);

}  // namespace studio
