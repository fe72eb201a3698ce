// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_report.h"

#include <algorithm>
#include <cmath>

namespace studio {

namespace {

/// By the CPU's kernels, for which the targets are.
bool isOursHere(const BenchRow& row) {
    return row.contender == "fused" || row.contender == "finetune";
}

/// Or on a device, whose name its row has.
bool isOurs(const BenchRow& row) {
    return isOursHere(row) || row.contender.starts_with("cuda:");
}

/// What the other row is called where this one is compared to it; empty where it is not.
std::string nameAgainst(const BenchRow& row, const BenchRow& other) {
    if (other.shape != row.shape || other.bench != row.bench) return {};
    if (isOurs(other)) {
        const bool named = !row.comparedTo.empty() && other.task == row.comparedTo;
        return named && other.precision == row.precision ? other.task : std::string();
    }
    if (other.task != row.task || (row.bench == "decode" && other.precision != row.precision)) return {};
    return other.contender + " " + other.precision;
}

bool fits(const BenchTarget& target, const BenchRow& row) {
    const auto same = [](const std::string& wanted, const std::string& text) {
        return wanted.empty() || wanted == text;
    };
    return isOursHere(row) && target.bench == row.bench && same(target.shape, row.shape) &&
           same(target.precision, row.precision) && row.task.starts_with(target.task);
}

std::vector<BenchComparison> measuredFigures(const BenchRow& row, const std::vector<BenchRow>& rows) {
    std::vector<BenchComparison> figures;
    const auto add = [&](BenchMeasure measure, double value, const std::string& against = {}) {
        figures.push_back({measure, against, value, {}});
    };
    if (row.ceilingShare > 0.0) add(BenchMeasure::CeilingShare, row.ceilingShare);
    if (row.stepShare) add(BenchMeasure::StepShare, *row.stepShare);
    if (row.paddingShare) add(BenchMeasure::PaddingShare, *row.paddingShare);
    if (row.firstBytes > 0) {
        const double growth = static_cast<double>(row.lastBytes) / static_cast<double>(row.firstBytes) - 1.0;
        add(BenchMeasure::MemoryGrowth, growth);
    }
    if (row.forecastBytes > 0 && row.peakBytes > 0) {
        const double told = static_cast<double>(row.forecastBytes);
        add(BenchMeasure::ForecastError, std::abs(told / static_cast<double>(row.peakBytes) - 1.0));
    }
    if (row.loadBytes > 0 && row.fileBytes > 0) {
        add(BenchMeasure::LoadMemory,
            static_cast<double>(row.loadBytes) / static_cast<double>(row.fileBytes));
    }
    if (row.bench == "startup") add(BenchMeasure::Milliseconds, row.milliseconds);
    for (const BenchRow& other : rows) {
        const std::string against = nameAgainst(row, other);
        if (against.empty()) continue;
        if (row.tokensPerSecond > 0.0 && other.tokensPerSecond > 0.0)
            add(BenchMeasure::SpeedRatio, row.tokensPerSecond / other.tokensPerSecond, against);
        if (row.peakBytes > 0 && other.peakBytes > 0)
            add(BenchMeasure::MemoryRatio,
                static_cast<double>(row.peakBytes) / static_cast<double>(other.peakBytes), against);
    }
    return figures;
}

OrderedJson orNull(double value) {
    return value > 0.0 ? OrderedJson(value) : OrderedJson();
}
OrderedJson orNull(std::uint64_t value) {
    return value > 0 ? OrderedJson(value) : OrderedJson();
}
OrderedJson orNull(const std::optional<double>& value) {
    return value ? OrderedJson(*value) : OrderedJson();
}

OrderedJson wantedJson(const std::vector<BenchComparison>& comparisons) {
    OrderedJson wanted = OrderedJson::array();
    for (const BenchComparison& one : comparisons) {
        if (!one.target) continue;
        const std::optional<bool> reached = one.reached();
        wanted.push_back({{"measure", name(one.measure)},
                          {"against", one.against.empty() ? OrderedJson() : OrderedJson(one.against)},
                          {one.target->atLeast ? "at_least" : "at_most", one.target->value},
                          {"measured", orNull(one.measured)},
                          {"reached", reached ? OrderedJson(*reached) : OrderedJson()}});
    }
    return wanted;
}

OrderedJson ratiosJson(const std::vector<BenchComparison>& comparisons, BenchMeasure measure) {
    OrderedJson ratios = OrderedJson::object();
    for (const BenchComparison& one : comparisons) {
        if (one.measure == measure && one.measured) ratios[one.against] = *one.measured;
    }
    return ratios;
}

std::string valueText(BenchMeasure measure, double value) {
    switch (measure) {
        case BenchMeasure::SpeedRatio:
        case BenchMeasure::MemoryRatio:
            return numberText(value, 2);
        case BenchMeasure::Milliseconds:
            return numberText(value, 1) + " ms";
        default:
            return numberText(value * 100.0, 1) + " %";
    }
}

std::string figureText(const BenchComparison& one) {
    switch (one.measure) {
        case BenchMeasure::CeilingShare:
            return "share of the ceiling";
        case BenchMeasure::SpeedRatio:
            return "x " + one.against;
        case BenchMeasure::MemoryRatio:
            return "memory of " + one.against;
        case BenchMeasure::StepShare:
            return "share of a step";
        case BenchMeasure::PaddingShare:
            return "padding";
        case BenchMeasure::MemoryGrowth:
            return "memory growth";
        case BenchMeasure::ForecastError:
            return "forecast off by";
        case BenchMeasure::LoadMemory:
            return "memory of the file's size";
        case BenchMeasure::Milliseconds:
            return "time";
    }
    return {};
}

std::string reachedText(const BenchComparison& one) {
    if (!one.target) return "";
    const std::optional<bool> reached = one.reached();
    return reached ? (*reached ? "yes" : "no") : "not compared";
}

std::string megabytes(std::uint64_t bytes) {
    return bytes > 0 ? numberText(static_cast<double>(bytes) / 1048576.0, 0) : std::string();
}

/// A table without the columns that are empty in all rows.
void printFilled(Output& output, std::vector<std::string> head, std::vector<std::vector<std::string>> rows) {
    for (std::size_t column = head.size(); column-- > 0;) {
        const bool empty =
            std::all_of(rows.begin(), rows.end(), [column](const auto& row) { return row[column].empty(); });
        if (!empty) continue;
        const auto at = static_cast<std::ptrdiff_t>(column);
        head.erase(head.begin() + at);
        for (auto& row : rows) row.erase(row.begin() + at);
    }
    if (!rows.empty()) output.table(head, rows);
}

void printMeasurements(Output& output, const std::vector<BenchRow>& rows) {
    std::vector<std::vector<std::string>> lines;
    for (const BenchRow& row : rows) {
        lines.push_back({row.shape, row.task, row.contender, row.precision,
                         row.tokensPerSecond > 0.0 ? numberText(row.tokensPerSecond, 0) : std::string(),
                         row.milliseconds > 0.0
                             ? numberText(row.milliseconds, row.milliseconds < 100.0 ? 2 : 1)
                             : std::string(),
                         row.loadedGigabytes > 0.0 ? numberText(row.loadedGigabytes, 2) : std::string(),
                         row.ceilingGflops > 0.0 ? numberText(row.ceilingGflops, 0) : std::string(),
                         row.ceilingGigabytes > 0.0 ? numberText(row.ceilingGigabytes, 1) : std::string(),
                         row.paddingShare ? percentText(*row.paddingShare * 100.0) : std::string(),
                         megabytes(row.firstBytes), megabytes(row.lastBytes), megabytes(row.peakBytes),
                         megabytes(row.forecastBytes), megabytes(row.fileBytes), megabytes(row.loadBytes)});
    }
    printFilled(output,
                {"shape", "task", "program", "precision", "tokens/s", "ms", "loaded GB/s", "ceiling GFLOPS",
                 "ceiling GB/s", "padding", "first MiB", "last MiB", "peak MiB", "forecast MiB", "file MiB",
                 "loading MiB"},
                lines);
}

}  // namespace

const char* name(BenchMeasure measure) {
    switch (measure) {
        case BenchMeasure::CeilingShare:
            return "ceiling_share";
        case BenchMeasure::SpeedRatio:
            return "speed_ratio";
        case BenchMeasure::MemoryRatio:
            return "memory_ratio";
        case BenchMeasure::StepShare:
            return "step_share";
        case BenchMeasure::PaddingShare:
            return "padding_share";
        case BenchMeasure::MemoryGrowth:
            return "memory_growth";
        case BenchMeasure::ForecastError:
            return "forecast_error";
        case BenchMeasure::LoadMemory:
            return "load_memory";
        case BenchMeasure::Milliseconds:
            return "milliseconds";
    }
    return "";
}

std::optional<bool> BenchComparison::reached() const {
    if (!target || !measured) return std::nullopt;
    return target->atLeast ? *measured >= target->value : *measured <= target->value;
}

std::vector<BenchComparison> comparisons(const BenchRow& row, const std::vector<BenchRow>& rows,
                                         const std::vector<BenchTarget>& targets) {
    if (!isOurs(row)) return {};
    std::vector<BenchComparison> figures = measuredFigures(row, rows);
    for (const BenchTarget& target : targets) {
        if (!fits(target, row)) continue;
        const auto found = std::find_if(figures.begin(), figures.end(), [&](const BenchComparison& one) {
            return one.measure == target.measure && one.against == target.against;
        });
        if (found != figures.end())
            found->target = target;
        else
            figures.push_back({target.measure, target.against, {}, target});
    }
    return figures;
}

OrderedJson benchJson(const BenchRow& row, const std::vector<BenchComparison>& comparisons) {
    return {{"bench", row.bench},
            {"shape", row.shape},
            {"task", row.task},
            {"contender", row.contender},
            {"precision", row.precision},
            {"tokens_per_second", orNull(row.tokensPerSecond)},
            {"milliseconds", row.milliseconds},
            {"ceiling_share", orNull(row.ceilingShare)},
            {"ceiling_gflops", orNull(row.ceilingGflops)},
            {"ceiling_gigabytes", orNull(row.ceilingGigabytes)},
            {"step_share", orNull(row.stepShare)},
            {"padding_share", orNull(row.paddingShare)},
            {"peak_bytes", orNull(row.peakBytes)},
            {"first_bytes", orNull(row.firstBytes)},
            {"last_bytes", orNull(row.lastBytes)},
            {"forecast_bytes", orNull(row.forecastBytes)},
            {"loaded_gigabytes", orNull(row.loadedGigabytes)},
            {"file_bytes", orNull(row.fileBytes)},
            {"load_bytes", orNull(row.loadBytes)},
            {"ratio", ratiosJson(comparisons, BenchMeasure::SpeedRatio)},
            {"memory_ratio", ratiosJson(comparisons, BenchMeasure::MemoryRatio)},
            {"wanted", wantedJson(comparisons)}};
}

BenchRow benchRowFromJson(const OrderedJson& json) {
    const auto number = [&](const char* key) {
        return json.contains(key) && json[key].is_number() ? json[key].get<double>() : 0.0;
    };
    const auto bytes = [&](const char* key) { return static_cast<std::uint64_t>(number(key)); };
    const auto share = [&](const char* key) {
        const bool given = json.contains(key) && json[key].is_number();
        return given ? std::optional(json[key].get<double>()) : std::nullopt;
    };
    BenchRow row;
    row.bench = json.value("bench", "");
    row.shape = json.value("shape", "");
    row.task = json.value("task", "");
    row.contender = json.value("contender", "");
    row.precision = json.value("precision", "");
    row.tokensPerSecond = number("tokens_per_second");
    row.milliseconds = number("milliseconds");
    row.ceilingShare = number("ceiling_share");
    row.ceilingGflops = number("ceiling_gflops");
    row.ceilingGigabytes = number("ceiling_gigabytes");
    row.stepShare = share("step_share");
    row.paddingShare = share("padding_share");
    row.peakBytes = bytes("peak_bytes");
    row.firstBytes = bytes("first_bytes");
    row.lastBytes = bytes("last_bytes");
    row.forecastBytes = bytes("forecast_bytes");
    row.loadedGigabytes = number("loaded_gigabytes");
    row.fileBytes = bytes("file_bytes");
    row.loadBytes = bytes("load_bytes");
    return row;
}

void printBenchTables(Output& output, const std::vector<BenchRow>& rows,
                      const std::vector<BenchTarget>& targets) {
    printMeasurements(output, rows);
    std::vector<std::vector<std::string>> lines;
    for (const BenchRow& row : rows) {
        for (const BenchComparison& one : comparisons(row, rows, targets)) {
            std::string wanted;
            if (one.target)
                wanted = (one.target->atLeast ? ">= " : "<= ") + valueText(one.measure, one.target->value);
            lines.push_back({row.shape, row.task, row.precision, figureText(one),
                             one.measured ? valueText(one.measure, *one.measured) : std::string("–"), wanted,
                             reachedText(one)});
        }
    }
    if (lines.empty()) return;
    output.line("");
    printFilled(output, {"shape", "task", "precision", "figure", "measured", "to reach", "reached"}, lines);
}

std::string benchSummary(const std::vector<BenchRow>& rows, const std::vector<BenchTarget>& targets) {
    std::int64_t wanted = 0, reached = 0, unknown = 0;
    for (const BenchRow& row : rows) {
        for (const BenchComparison& one : comparisons(row, rows, targets)) {
            if (!one.target) continue;
            ++wanted;
            const std::optional<bool> is = one.reached();
            if (!is) ++unknown;
            if (is.value_or(false)) ++reached;
        }
    }
    std::string text = std::to_string(reached) + " of " + counted(wanted, "wanted figure") +
                       (reached == 1 || wanted == 1 ? " is reached" : " are reached");
    if (unknown > 0) text += "; " + std::to_string(unknown) + " could not be compared";
    return text + ".";
}

}  // namespace studio
