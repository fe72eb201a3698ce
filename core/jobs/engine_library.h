// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job.h"

namespace studio {

/// Name and type of the one function that libstudio_engine.so exports. The version guards against a program
/// and a library of different builds: their structs must be the same.
inline constexpr const char* kEngineEntry = "studio_engine_create";
inline constexpr int kEngineInterfaceVersion = 6;
/// Returns a new Engine (owned by the caller), or null when the version is another one.
using EngineEntry = Engine* (*)(int interfaceVersion);

}  // namespace studio
