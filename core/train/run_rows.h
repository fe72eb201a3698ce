// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/batch.h"
#include "core/train/run_recorder.h"

namespace studio {

/// What a run says of its rows before it begins: which are cut or left out, and where validation rows come
/// from.
void reportRows(RunRecorder& recorder, const ExampleSet& train, const TrainJob& job);
void reportValidationRows(RunRecorder& recorder, const ExampleSet& validation, const TrainJob& job);
void reportLoweredCutoff(RunRecorder& recorder, std::int64_t used, std::int64_t asked);
void reportMissingValidation(RunRecorder& recorder, const ExampleSet& validation,
                             const TrainSettings& settings);
/// mixtureOf(), with a warning for each source that no row comes from.
RowMixture reportedMixture(RunRecorder& recorder, const ExampleSet& train, const TrainJob& job);

/// As start_checks.h has it.
void requireRows(const ExampleSet& train, const TrainJob& job, std::int64_t contextLength);

}  // namespace studio
