// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace studio {

class CommandContext;

/// One function a file of verbs: declares the options and ties each verb to what it does.
void addProjectVerbs(CLI::App& app, CommandContext& context);
void addDataVerbs(CLI::App& app, CommandContext& context);
void addDataEditVerbs(CLI::App& data, CommandContext& context);
void addRunsVerbs(CLI::App& app, CommandContext& context);
void addRunEditVerbs(CLI::App& runs, CommandContext& context);
void addHydrateVerb(CLI::App& app, CommandContext& context);
void addTokenizeVerb(CLI::App& app, CommandContext& context);
void addModelVerbs(CLI::App& app, CommandContext& context);
/// Beside the others of `finetune model`.
void addDownloadVerb(CLI::App& model, CommandContext& context);
void addModelExportVerb(CLI::App& model, CommandContext& context);
void addPretrainVerb(CLI::App& app, CommandContext& context);
void addTrainVerb(CLI::App& app, CommandContext& context);
void addControlVerb(CLI::App& app, CommandContext& context);
void addFollowVerb(CLI::App& app, CommandContext& context);
void addGenerateVerb(CLI::App& app, CommandContext& context);
void addCompareVerb(CLI::App& app, CommandContext& context);
void addBenchVerb(CLI::App& app, CommandContext& context);

}  // namespace studio
