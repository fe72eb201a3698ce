// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/json.h"

namespace studio {

/// One line of metrics.jsonl. NaN where the line has no such figure.
struct MetricsLine {
    std::int64_t step = 0;
    double epoch = 0.0;
    double loss = 0.0;
    double evalLoss = 0.0;
    double learningRate = 0.0;
    double gradNorm = 0.0;
    std::int64_t tokens = 0;       ///< since the start
    double tokensPerSecond = 0.0;  ///< of the last second of training, evaluations left out
    std::uint64_t memoryBytes = 0;
    double seconds = 0.0;  ///< since the start
};
OrderedJson metricsJson(const MetricsLine& line);
MetricsLine metricsFromJson(const OrderedJson& json);
/// A line of the file; nothing where it is none: half a line of a killed writer, to which a later one may
/// have appended.
std::optional<MetricsLine> metricsLineOf(std::string_view line);
/// What the whole lines of a part of metrics.jsonl say.
struct ParsedMetrics {
    std::vector<MetricsLine> lines;
    std::size_t used = 0;   ///< bytes up to and with the last line break: there a later part begins
    std::int64_t torn = 0;  ///< whole lines that say nothing: of a killed writer, or damaged
};
/// Of a part that begins at the beginning of a line.
ParsedMetrics parseMetrics(const std::string& text);
/// Calls `use` with each whole line's text and what it says. Returns how many lines are torn: half written,
/// or of two writers.
std::int64_t forEachMetricsLine(const std::string& text,
                                const std::function<void(std::string_view, const MetricsLine&)>& use);

}  // namespace studio
