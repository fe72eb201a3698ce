// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/output.h"
#include "core/jobs/job.h"

namespace studio {

/// The request itself makes no sense: exit code 2. Everything else that goes wrong is an Error and exits 1.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Exit codes of the program; 130 (interrupted) is Interrupt::kExitCode.
enum ExitCode { kExitOk = 0, kExitFailed = 1, kExitUsage = 2 };

/// What every verb gets: the output, the stop token, the global options and, when it asks, the engine. Lives
/// in main.
class CommandContext {
public:
    CommandContext(Output& toOutput, std::stop_token token) : output(toOutput), stop(std::move(token)) {}

    Output& output;
    std::stop_token stop;
    std::int64_t threads = 0;  ///< 0 = not given
    std::string device;        ///< empty = not given
    std::string dtype;

    /// Loads the engine library at the first call (0.3 s), never for a verb that does not need it.
    Engine& engine();

    /// What the parsed verb will do; main runs it once parsing is over.
    std::function<int()> action;

private:
    std::unique_ptr<Engine> m_engine;
};

/// Ties a parsed verb to its function.
template <typename Options>
void onVerb(CLI::App* verb, CommandContext& context, const std::shared_ptr<Options>& options,
            int (*run)(CommandContext&, const Options&)) {
    verb->callback([options, run, &context] {
        context.action = [options, run, &context] { return run(context, *options); };
    });
}

/// An option whose every occurrence takes exactly one value, whatever that looks like ("[a]", "-1").
template <typename Value>
CLI::Option* addOption(CLI::App* verb, const std::string& name, Value& value, const std::string& help) {
    return verb->add_option(name, value, help)->allow_extra_args(false);
}

}  // namespace studio
