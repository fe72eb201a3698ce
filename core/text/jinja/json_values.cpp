// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/json_values.h"

#include <cstdint>
#include <limits>

#include "core/text/jinja/problem.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

using Json = nlohmann::ordered_json;

const std::string& checked(const std::string& text, const std::string& place) {
    if (firstInvalidUtf8(text))
        throw Problem("\"" + place + "\" holds text that is not valid UTF-8", ErrorCode::BadEncoding,
                      "Save the messages as UTF-8 and try again.");
    return text;
}

Value numberOf(const Json& json, const std::string& place) {
    if (json.is_number_float()) return Value::real(json.get<double>());
    if (json.is_number_unsigned() &&
        json.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        throw Problem("\"" + place + "\" holds a whole number of more than 64 bits", ErrorCode::BadFormat,
                      "Write it as a text.");
    return Value::integer(json.get<std::int64_t>());
}

Value convert(Budget& budget, const Json& json, const std::string& place, std::size_t depth) {
    if (depth > kMostValueDepth)
        exceeded("\"" + place + "\" nests more than " + std::to_string(kMostValueDepth) +
                 " levels deep, the limit");
    budget.spend(1);
    switch (json.type()) {
        case Json::value_t::boolean:
            return Value::boolean(json.get<bool>());
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned:
        case Json::value_t::number_float:
            return numberOf(json, place);
        case Json::value_t::string:
            return Value::text(budget, checked(json.get_ref<const std::string&>(), place));
        case Json::value_t::array: {
            std::vector<Value> items;
            items.reserve(json.size());
            for (const Json& item : json) items.push_back(convert(budget, item, place, depth + 1));
            return Value::list(budget, std::move(items));
        }
        case Json::value_t::object: {
            std::vector<std::pair<Value, Value>> entries;
            entries.reserve(json.size());
            for (const auto& item : json.items())
                entries.emplace_back(Value::text(budget, checked(item.key(), place)),
                                     convert(budget, item.value(), place, depth + 1));
            return Value::dict(budget, std::move(entries));
        }
        default:
            return {};  // null; binary and discarded values come from no JSON text
    }
}

}  // namespace

Value valueOf(Budget& budget, const Json& json, const std::string& place) {
    return convert(budget, json, place, 0);
}

}  // namespace studio::jinja
