// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
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

/// Measures the shape that the job names, or all of `names`, which the bench is made for: `measure` gives a
/// shape's rows. Throws InvalidArgument where the bench has no such shape.
template <typename Measure>
BenchResult measureShapes(const BenchJob& job, const std::vector<std::string>& names, JobObserver& observer,
                          Measure&& measure) {
    BenchResult result;
    std::string known;
    for (const std::string& name : names) known += (known.empty() ? "" : " or ") + name;
    for (const BenchShape& shape : benchShapes()) {
        const bool made = std::find(names.begin(), names.end(), shape.name) != names.end();
        if (!made || (!job.shape.empty() && job.shape != shape.name)) continue;
        for (const BenchRow& row : measure(shape)) {
            observer.onEvent(BenchEvent{row});
            result.rows.push_back(row);
        }
    }
    if (result.rows.empty()) {
        throw Error(ErrorCode::InvalidArgument, "There is no shape \"" + job.shape + "\" in this bench.",
                    "Use " + known + ".", {job.shape});
    }
    return result;
}

}  // namespace studio
