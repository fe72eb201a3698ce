// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/help_formatter.h"

#include <vector>

namespace studio {
namespace {

/// "finetune model"
std::string pathOf(const CLI::App* app) {
    std::string path = app->get_name();
    for (const CLI::App* at = app->get_parent(); at; at = at->get_parent())
        path = at->get_name() + " " + path;
    return path;
}

}  // namespace

std::string HelpFormatter::make_positionals(const CLI::App* app) const {
    const std::vector<const CLI::Option*> arguments = app->get_options([](const CLI::Option* option) {
        return option->get_positional() && !option->nonpositional() && !option->get_group().empty();
    });
    return arguments.empty() ? std::string() : make_group(get_label("Positionals"), true, arguments);
}

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const {
    const std::string& text = option->get_description();
    const bool isEither = option->get_positional() && option->nonpositional();
    return isEither ? text + "; " + option->get_name() + " itself may be left out" : text;
}

std::string HelpFormatter::make_footer(const CLI::App* app) const {
    const std::string own = app->get_footer();
    const std::string more = pathOf(app) + " VERB --help says more about each.";
    std::string text;
    if (app->get_parent() == nullptr)
        text = "The options above may also stand behind a verb. " + more;
    else if (!app->get_subcommands({}).empty())
        text = more;
    else
        text = "--json, --threads, --device and --dtype may stand here, too; finetune --help explains them.";
    return (own.empty() ? "" : own + "\n\n") + text + "\n";
}

}  // namespace studio
