// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

/// What a run said of itself, for whoever follows it from another process or reads it later: a line of
/// events.jsonl.
struct RunEvent {
    std::int64_t step = 0;
    bool warning = false;
    std::string rule;     ///< stable name, as LogEvent has it
    std::string message;  ///< English sentence
    std::vector<std::string> args;

    bool operator==(const RunEvent&) const = default;
};

std::filesystem::path eventsFile(const std::filesystem::path& runFolder);
std::string runEventLine(const RunEvent& event);
/// Nothing where the line is none of these.
std::optional<RunEvent> runEventOf(std::string_view line);

}  // namespace studio
