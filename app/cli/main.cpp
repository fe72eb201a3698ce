// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <new>

#include "app/cli/command_context.h"
#include "app/cli/help_formatter.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "app/cli/parse_problem.h"
#include "app/cli/value_checks.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/short_waits.h"

namespace {

using namespace studio;

int terminalColumns() {
    winsize size{};
    for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
        if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    }
    const char* columns = std::getenv("COLUMNS");
    const int given = columns ? std::atoi(columns) : 0;
    return given > 0 ? given : 100;
}

void addGlobalOptions(CLI::App& app, Output& output, CommandContext& context) {
    app.set_version_flag("--version", std::string("finetune ") + programVersion());
    app.add_flag_callback(
        "--json", [&output] { output.setJson(true); },
        "Machine output: one JSON object, or one a line where there are many");
    addOption(&app, "--threads", context.threads, "CPU threads; all of the machine's when left out")
        ->transform(wholeNumber(1, 1024));
    addOption(&app, "--device", context.device,
              "Where models are computed: auto, cpu, cuda or cuda:N; auto when left out");
    addOption(
        &app, "--dtype", context.dtype,
        "Numbers that models are computed in; when left out, auto for training and float32 else; int8 is "
        "for generate and compare")
        ->check(CLI::IsMember({"auto", "float32", "bfloat16", "float16", "int8"}));
}

int parse(CLI::App& app, Output& output, int argc, char** argv) {
    try {
        app.parse(argc, argv);
        return kExitOk;
    } catch (const CLI::Success& asked) {  // --help and --version
        app.exit(asked, std::cout, std::cerr);
        return -1;
    } catch (const CLI::ParseError& problem) {
        output.error(parseProblem(app, problem));
        return kExitUsage;
    }
}

int perform(CLI::App& app, CommandContext& context) {
    try {
        return context.action();
    } catch (const Cancelled&) {
        context.output.error("Interrupted.");
        return Interrupt::kExitCode;
    } catch (const UsageError& problem) {
        context.output.error(std::string(problem.what()) + " See " + verbPath(app) + " --help.");
        return kExitUsage;
    } catch (const Error& problem) {
        context.output.error(problem.what());
    } catch (const std::bad_alloc&) {
        context.output.error(
            "There is not enough memory for this. Close other programs or use a smaller file or model.");
    } catch (const std::exception& problem) {
        context.output.error(std::string("Something went wrong inside the program: ") + problem.what() +
                             " Please report this together with the command.");
    }
    return kExitFailed;
}

}  // namespace

int main(int argc, char** argv) {
    shortenWaits();
    Interrupt interrupt;
    std::ios::sync_with_stdio(false);
    Output output(std::cout, std::cerr,
                  {.json = false,
                   .outIsTerminal = ::isatty(STDOUT_FILENO) == 1,
                   .errorIsTerminal = ::isatty(STDERR_FILENO) == 1,
                   .columns = terminalColumns()});
    CommandContext context(output, interrupt.token());

    CLI::App app("Prepare data, fine-tune a language model on this machine, and see whether it got better.",
                 "finetune");
    app.fallthrough();  // so that --json and the like may stand behind the verb
    app.require_subcommand(1);
    app.group("Verbs");  // the heading over the verbs of verbs as well
    app.formatter(std::make_shared<HelpFormatter>());
    app.get_formatter()->label("SUBCOMMAND", "VERB");
    app.get_formatter()->label("SUBCOMMANDS", "VERB");
    app.get_formatter()->column_width(36);
    addGlobalOptions(app, output, context);
    addProjectVerbs(app, context);
    addDataVerbs(app, context);
    addRunsVerbs(app, context);
    addHydrateVerb(app, context);
    addTokenizeVerb(app, context);
    addModelVerbs(app, context);
    addPretrainVerb(app, context);
    addTrainVerb(app, context);
    addFollowVerb(app, context);
    addControlVerb(app, context);
    addGenerateVerb(app, context);
    addCompareVerb(app, context);
    addBenchVerb(app, context);

    int code = parse(app, output, argc, argv);
    if (code < 0) return output.finish() ? kExitOk : kExitFailed;
    if (code == kExitOk) code = perform(app, context);
    if (!output.finish() && code == kExitOk) {
        output.error(
            "The result could not be written to standard output. Check the disk or the reading program.");
        return kExitFailed;
    }
    return code;
}
