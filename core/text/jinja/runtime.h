// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/jinja/value.h"

namespace studio::jinja {

/// `namespace(…)`: the one thing that a template can change.
struct Namespace : Object {
    const char* typeName() const override { return "Namespace"; }
    std::optional<Value> attribute(Runtime& runtime, std::string_view name) override;
    void set(Budget& budget, const std::string& name, Value value);

    std::vector<std::pair<std::string, Value>> attributes;
};

/// What one rendering has at hand. Not thread-safe: one a rendering.
struct Runtime {
    explicit Runtime(const Limits& limits, std::stop_token stop, std::optional<std::tm> time)
        : budget(limits, std::move(stop)), now(time) {}
    ~Runtime();
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    Budget budget;
    std::optional<std::tm> now;  ///< for strftime_now
    /// All of them: they may hold each other, so that only the end of the rendering takes them apart.
    std::vector<std::shared_ptr<Namespace>> namespaces;
};

}  // namespace studio::jinja
