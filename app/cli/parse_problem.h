// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace studio {

/// The innermost verb that was named, as it was called: "finetune data list". For "… --help".
std::string verbPath(const CLI::App& app);

/// What is wrong with the request and where to look, in one line: the parser's own message in the words of
/// this program (verb, not subcommand), and what is unknown by its name. `app` is the whole program after
/// parsing.
std::string parseProblem(const CLI::App& app, const CLI::ParseError& problem);

}  // namespace studio
