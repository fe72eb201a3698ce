// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/row_losses.h"

#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kEvaluation = "eval_rows.json";
/// How every line of batches.jsonl begins, so that a step is found without reading every line as JSON.
constexpr std::string_view kBeginning = R"({"step":)";

/// {"step":7,"rows":[[id,labels,loss],…]}: short, since there is one for every step.
OrderedJson toJson(const StepRows& rows) {
    OrderedJson list = OrderedJson::array();
    for (const RowLoss& row : rows.rows) {
        // Five digits tell rows apart, and are what a chart can show.
        const double loss = std::isfinite(row.loss) ? std::round(row.loss * 1e5) / 1e5 : row.loss;
        list.push_back(
            {row.rowId, row.labels, std::isfinite(loss) ? OrderedJson(loss) : OrderedJson(nullptr)});
    }
    return {{"step", rows.step}, {"rows", std::move(list)}};
}

std::optional<StepRows> fromJson(const OrderedJson& json) {
    if (!json.is_object() || !json.contains("step") || !json["step"].is_number_integer() ||
        !json.contains("rows") || !json["rows"].is_array())
        return {};
    StepRows result{json["step"].get<std::int64_t>(), {}};
    for (const OrderedJson& entry : json["rows"]) {
        if (!entry.is_array() || entry.size() != 3 || !entry[0].is_number_integer() ||
            !entry[1].is_number_integer())
            return {};
        const double loss =
            entry[2].is_number() ? entry[2].get<double>() : std::numeric_limits<double>::quiet_NaN();
        result.rows.push_back({entry[0].get<std::int64_t>(), loss, entry[1].get<std::int64_t>()});
    }
    return result;
}

std::optional<std::int64_t> stepOf(const std::string& line) {
    if (line.rfind(kBeginning, 0) != 0) return {};
    std::int64_t found = 0;
    const char* begin = line.data() + kBeginning.size();
    const auto read = std::from_chars(begin, line.data() + line.size(), found);
    return read.ec == std::errc() ? std::optional(found) : std::nullopt;
}

}  // namespace

std::string stepRowsLine(const StepRows& rows) {
    return toJson(rows).dump();
}

fs::path batchesFile(const fs::path& runFolder) {
    return runFolder / "batches.jsonl";
}

void writeEvaluationRows(const fs::path& runFolder, const StepRows& rows) {
    writeJsonFile(runFolder / kEvaluation, toJson(rows));
}

std::optional<StepRows> readEvaluationRows(const fs::path& runFolder) {
    std::error_code ignored;
    if (!fs::exists(runFolder / kEvaluation, ignored)) return {};
    try {
        return fromJson(readJsonFile(runFolder / kEvaluation));
    } catch (const Error&) {
        return {};
    }
}

std::optional<StepRows> readStepRows(const fs::path& runFolder, std::int64_t step) {
    std::ifstream file(batchesFile(runFolder), std::ios::binary);
    std::optional<StepRows> found;
    for (std::string line; std::getline(file, line);) {
        if (stepOf(line) != step) continue;
        // The last line of a killed process may be half a one.
        if (auto rows = fromJson(OrderedJson::parse(line, nullptr, /*allow_exceptions=*/false)))
            found = std::move(rows);
    }
    return found;
}

void dropStepRowsAfter(const fs::path& runFolder, std::int64_t step) {
    std::error_code ignored;
    if (const auto evaluated = readEvaluationRows(runFolder); evaluated && evaluated->step > step)
        fs::remove(runFolder / kEvaluation, ignored);
    if (!fs::exists(batchesFile(runFolder), ignored)) return;
    std::ifstream file(batchesFile(runFolder), std::ios::binary);
    AtomicFile kept(batchesFile(runFolder));
    for (std::string line; std::getline(file, line);) {
        // Half a line of a killed process is none; its end says whether it is whole.
        const auto of = stepOf(line);
        if (of && *of <= step && line.ends_with("]}")) kept.append(line + "\n");
    }
    kept.commit();
}

}  // namespace studio
