// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/parse_problem.h"

#include "core/formats/quoted.h"

namespace studio {
namespace {

const CLI::App& innermost(const CLI::App& app) {
    const CLI::App* at = &app;
    while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
    return *at;
}

bool lacksVerb(const CLI::App& app) {
    return app.get_require_subcommand_min() > 0 && app.get_subcommands().empty();
}

std::string verbNames(const CLI::App& app) {
    std::string names;
    for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
        names += (names.empty() ? "" : ", ") + verb->get_name();
    }
    return names;
}

/// "; give the project without it" where the option is spelled like an argument of the verb; else nothing.
std::string argumentHint(const CLI::App& verb, const std::string& text) {
    const std::string name = text.substr(0, text.find('='));
    for (const CLI::Option* option : verb.get_options()) {
        const std::string argument = option->get_positional() ? option->get_name(true) : std::string();
        if (!argument.empty() && name == "--" + argument) return "; give the " + argument + " without it";
    }
    return {};
}

std::string unknownProblem(const CLI::App& verb, const std::string& text, bool verbExpected) {
    if (text.starts_with("-"))
        return "There is no option " + inQuotes(text) + " here" + argumentHint(verb, text) + ".";
    if (verbExpected) return "There is no verb " + inQuotes(text) + " here.";
    return inQuotes(text) + " is one argument too many.";
}

std::string upperCase(std::string name) {
    for (char& letter : name)
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    return name;
}

/// For an option that is missing and whose name may be left out: how it is given. Else nothing.
std::string missingProblem(const CLI::App& verb, const std::string& path, const std::string& message) {
    for (const CLI::Option* option : verb.get_options()) {
        const bool bothWays = option->get_positional() && !option->get_lnames().empty();
        if (!bothWays || message != option->get_name() + " is required") continue;
        const std::string argument = option->get_name(true);
        return "Name the " + argument + ": " + path + " " + upperCase(argument) + ".";
    }
    return {};
}

/// "--model: 1 required TEXT missing" and "--limit: At Most 1 required but received 2" are no sentences.
std::string mismatchProblem(const std::string& message) {
    const std::size_t colon = message.find(": ");
    if (colon == std::string::npos) return message + ".";
    const std::string option = message.substr(0, colon);
    if (message.find("At Most") != std::string::npos) return option + " is given more than once.";
    return option + " needs a value.";
}

}  // namespace

std::string verbPath(const CLI::App& app) {
    std::string path = "finetune";
    for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
        at = at->get_subcommands().front();
        path += " " + at->get_name();
    }
    return path;
}

std::string parseProblem(const CLI::App& app, const CLI::ParseError& problem) {
    const std::string path = verbPath(app);
    const std::string seeHelp = " See " + path + " --help.";
    const CLI::App& verb = innermost(app);
    // First of all: an unknown option's value lands in the place of another argument, and is wrong there.
    const std::vector<std::string> unknown = app.remaining(true);
    if (!unknown.empty()) return unknownProblem(verb, unknown.front(), lacksVerb(verb)) + seeHelp;
    if (lacksVerb(verb) && dynamic_cast<const CLI::RequiredError*>(&problem) != nullptr) {
        return path + ": say what to do: " + verbNames(verb) + "; " + path + " --help lists the verbs.";
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&problem) != nullptr)
        return mismatchProblem(problem.what()) + seeHelp;
    if (dynamic_cast<const CLI::RequiredError*>(&problem) != nullptr) {
        const std::string missing = missingProblem(verb, path, problem.what());
        if (!missing.empty()) return missing + seeHelp;
    }
    return std::string(problem.what()) + "." + seeHelp;
}

}  // namespace studio
