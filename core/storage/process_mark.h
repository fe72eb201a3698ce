// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace studio {

std::int64_t ownProcessId();

/// "HOST BOOT START" of a running process: tells it from a later one with the same id, and from one on
/// another machine. Empty where the system does not say. Linux: proc(5).
std::string processMark(std::int64_t processId);

/// Whether a mark is of this host.
bool onThisHost(const std::string& mark);

/// Whether the process with that id and mark is gone for certain; false where it ran on another host.
bool processGone(std::int64_t processId, const std::string& mark);

}  // namespace studio
