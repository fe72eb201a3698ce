// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/cli/command_context.h"
#include "core/config/recipes.h"
#include "core/config/settings.h"

/// Settings on the command line: everything comes from the field tables of core/config.
namespace studio {

/// "Settings for --set:" and one line a field: name, range, default and help sentence. For a verb's footer.
std::string fieldHelp(const std::string& heading, const std::vector<Field>& fields);

/// --set assignments, then the global --threads, --device and --dtype, then all checks at once.
/// Throws UsageError: what is wrong stands on the command line.
TrainSettings trainSettings(const CommandContext& context, const std::vector<std::string>& assignments,
                            TrainSettings settings = {});

/// Which of a recipe's settings the command line replaced, in one sentence; empty where it replaced none.
std::string overridesText(const Recipe& recipe, const TrainSettings& settings);

/// Which of the settings given by --set change nothing beside the others, in one sentence; empty where all
/// do.
std::string idleText(const std::vector<std::string>& assignments, const TrainSettings& settings);

/// Options made from the table of generation settings: --max-new-tokens, --temperature, …
class GenerateOptions {
public:
    /// Adds one option a field and --stop. The object must live as long as the parser.
    void addTo(CLI::App* verb);
    /// Throws UsageError for values outside their ranges.
    GenerateSettings settings() const;

private:
    std::map<std::string, std::string> m_given;  ///< field name -> text
    std::vector<std::string> m_stop;
};

}  // namespace studio
