// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_end.h"

#include "core/base/error.h"
#include "core/formats/json_fields.h"
#include "core/storage/line_tail.h"
#include "core/storage/run_control.h"
#include "core/storage/run_events.h"

namespace studio {

namespace {

RunStatus endOf(const OrderedJson& run, const OrderedJson& result) {
    RunStatus status;
    status.state = flagOf(result, "discarded")       ? "discarded"
                   : flagOf(result, "stopped_early") ? "stopped"
                                                     : "finished";
    status.step = integerOf(result, "steps");
    status.totalSteps = integerOf(run, "/plan/total_steps");
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
