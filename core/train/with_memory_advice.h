// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/jobs/memory_advice.h"
#include "core/tensor/compute.h"

namespace studio {

/// Runs `work`; where the memory gives out, the error says what was needed and what would need less. Once
/// `*saving` is true it does not: a smaller batch would not help, and the error says what was kept.
template <typename Work>
auto withMemoryAdvice(const MemoryNeed& need, const Work& work, const bool* saving = nullptr)
    -> decltype(work()) {
    try {
        return translateTorchErrors("training", work);
    } catch (const Error& problem) {
        if (problem.code() != ErrorCode::OutOfMemory || (saving && *saving)) throw;
    }
    throw notEnoughMemory(need, "training");
}

}  // namespace studio
