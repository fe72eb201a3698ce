// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_end.h"

#include "core/base/error.h"
#include "core/storage/line_tail.h"
#include "core/storage/run_control.h"
#include "core/storage/run_events.h"

namespace studio {

namespace {

std::int64_t countIn(const OrderedJson& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? found->get<std::int64_t>() : 0;
}

bool flagIn(const OrderedJson& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

RunStatus endOf(const OrderedJson& run, const OrderedJson& result) {
    RunStatus status;
    status.state = flagIn(result, "discarded")       ? "discarded"
                   : flagIn(result, "stopped_early") ? "stopped"
                                                     : "finished";
    status.step = countIn(result, "steps");
    const auto plan = run.find("plan");
    if (plan != run.end() && plan->is_object()) status.totalSteps = countIn(*plan, "total_steps");
    return status;
}

/// A run that is stopped keeps a checkpoint to go on from; one that is finished has none.
std::optional<RunStatus> endOfEvents(const RunFolder& folder) {
    std::optional<RunStatus> end;
    LineTail lines(eventsFile(folder.path()));
    lines.read([&](std::string_view line) {
        const auto event = runEventOf(line);
        if (event && event->rule == "resumed") end.reset();
        if (event && event->rule == "saved") end.emplace().step = event->step;
    });
    if (!end || !folder.hasModel()) return std::nullopt;
    end->state = newestCheckpoint(folder.path()) > 0 ? "stopped" : "finished";
    return end;
}

}  // namespace

std::optional<RunStatus> endToldElsewhere(const RunFolder& folder, const OrderedJson& run) {
    const auto result = run.find("result");
    if (result != run.end() && result->is_object()) return endOf(run, *result);
    return run.empty() ? endOfEvents(folder) : std::nullopt;
}

}  // namespace studio
