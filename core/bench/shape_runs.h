// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/bench/bench_shapes.h"
#include "core/jobs/job.h"

namespace studio {

/// 0 for none.
inline double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0.0 : values[values.size() / 2];
}

/// Measures the shape that the job names, or all of them: `measure` gives a shape's rows. Throws
/// InvalidArgument where there is no such shape.
template <typename Measure>
BenchResult measureShapes(const BenchJob& job, JobObserver& observer, Measure&& measure) {
    BenchResult result;
    for (const BenchShape& shape : benchShapes()) {
        if (!job.shape.empty() && job.shape != shape.name) continue;
        for (const BenchRow& row : measure(shape)) {
            observer.onEvent(BenchEvent{row});
            result.rows.push_back(row);
        }
    }
    if (result.rows.empty()) {
        throw Error(ErrorCode::InvalidArgument, "There is no shape \"" + job.shape + "\".", "Use a, b or c.",
                    {job.shape});
    }
    return result;
}

}  // namespace studio
