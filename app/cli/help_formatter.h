// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace studio {

/// Lays out --help as CLI11 does, but an argument that can be given with and without its option's name is
/// listed once, and the end of every page says where the options of all verbs and the pages below it are.
class HelpFormatter : public CLI::Formatter {
public:
    std::string make_positionals(const CLI::App* app) const override;
    std::string make_option_desc(const CLI::Option* option) const override;
    std::string make_footer(const CLI::App* app) const override;
};

}  // namespace studio
