// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/import.h"

namespace studio {

namespace {

std::string dumped(const OrderedJson& json, int indent, const Record& record) {
    try {
        return json.dump(indent);
    } catch (const OrderedJson::exception&) {
        throw Error(ErrorCode::BadEncoding,
                    "Record " + std::to_string(record.id) + " holds text that is not UTF-8.",
                    "Edit or delete that record, then export again.", {std::to_string(record.id)});
    }
}

}  // namespace

void exportJsonl(const std::vector<Record>& records, const std::filesystem::path& path) {
    std::string text;
    for (const Record& record : records) text += dumped(alpacaJson(record), -1, record) + '\n';
    writeFileAtomically(path, text);
}

void exportJsonArray(const std::vector<Record>& records, const std::filesystem::path& path) {
    // Record by record, so that an error can name its record; the outcome is what one dump of the whole
    // gives.
    std::string text = "[";
    for (const Record& record : records) {
        OrderedJson single = OrderedJson::array();
        single.push_back(alpacaJson(record));
        const std::string block = dumped(single, 2, record);  // "[\n  {…}\n]"
        text += (text.size() > 1 ? "," : "") + block.substr(1, block.size() - 3);
    }
    writeFileAtomically(path, text + (records.empty() ? "]\n" : "\n]\n"));
}

}  // namespace studio
