// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_events.h"

#include "core/formats/json.h"

namespace studio {

std::filesystem::path eventsFile(const std::filesystem::path& runFolder) {
    return runFolder / "events.jsonl";
}

std::string runEventLine(const RunEvent& event) {
    return OrderedJson{{"step", event.step},
                       {"level", event.warning ? "warning" : "info"},
                       {"rule", event.rule},
                       {"message", event.message},
                       {"args", event.args}}
        .dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

std::optional<RunEvent> runEventOf(std::string_view line) {
    const OrderedJson json =
        OrderedJson::parse(line.begin(), line.end(), nullptr, /*allow_exceptions=*/false);
    const auto is = [&](const char* key, bool (OrderedJson::*kind)() const noexcept) {
        return json.is_object() && json.contains(key) && (json[key].*kind)();
    };
    if (!is("step", &OrderedJson::is_number_integer) || !is("rule", &OrderedJson::is_string) ||
        !is("message", &OrderedJson::is_string))
        return std::nullopt;
    RunEvent event;
    event.step = json["step"].get<std::int64_t>();
    event.warning = is("level", &OrderedJson::is_string) && json["level"] == "warning";
    event.rule = json["rule"].get<std::string>();
    event.message = json["message"].get<std::string>();
    if (is("args", &OrderedJson::is_array)) {
        for (const OrderedJson& arg : json["args"])
            if (arg.is_string()) event.args.push_back(arg.get<std::string>());
    }
    return event;
}

}  // namespace studio
