// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/parse_problem.h"

#include "app/cli/command_context.h"
#include "app/cli/value_checks.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio;

class ParseProblemTest : public QObject {
    Q_OBJECT

    /// What a program with "data list [--limit N]" and "data delete ROW…" says about a request.
    static std::string problemOf(const std::string& request) {
        std::vector<std::int64_t> rows;
        std::int64_t limit = 0;
        CLI::App app("", "finetune");
        app.fallthrough();
        app.require_subcommand(1);
        CLI::App* data = app.add_subcommand("data");
        data->require_subcommand(1);
        addOption(data->add_subcommand("list"), "--limit", limit, "")->transform(wholeNumber(1));
        std::string model;
        addOption(app.add_subcommand("info"), "--model,model", model, "")->required();
        data->add_subcommand("delete")->add_option("row", rows)->required()->transform(wholeNumber(1));
        try {
            app.parse(request);
        } catch (const CLI::ParseError& problem) {
            return parseProblem(app, problem);
        }
        return "no problem";
    }

private Q_SLOTS:
    void noVerb_listsTheVerbs() {
        QCOMPARE(problemOf(""),
                 std::string("finetune: say what to do: data, info; finetune --help lists the verbs."));
        QCOMPARE(problemOf("data"),
                 std::string(
                     "finetune data: say what to do: list, delete; finetune data --help lists the verbs."));
    }

    void unknown_isNamed() {
        QCOMPARE(problemOf("fly"), std::string("There is no verb \"fly\" here. See finetune --help."));
        QCOMPARE(problemOf("data fly"),
                 std::string("There is no verb \"fly\" here. See finetune data --help."));
        QCOMPARE(problemOf("data list --colour"),
                 std::string("There is no option \"--colour\" here. See finetune data list --help."));
        QCOMPARE(problemOf("data list more"),
                 std::string("\"more\" is one argument too many. See finetune data list --help."));
    }

    void unknownOptionWithAValue_isNamedInsteadOfItsValue() {
        QCOMPARE(problemOf("data delete --row abc"),
                 std::string("There is no option \"--row\" here; give the row without it. See "
                             "finetune data delete --help."));
        QCOMPARE(problemOf("data delete --row=1"),
                 std::string("There is no option \"--row=1\" here; give the row without it. See "
                             "finetune data delete --help."));
        QCOMPARE(problemOf("data delete 1 --colour"),
                 std::string("There is no option \"--colour\" here. See finetune data delete --help."));
    }

    void valueMissingOrTwice_isASentence() {
        QCOMPARE(problemOf("data list --limit"),
                 std::string("--limit needs a value. See finetune data list --help."));
        QCOMPARE(problemOf("data list --limit 1 --limit 2"),
                 std::string("--limit is given more than once. See finetune data list --help."));
        QCOMPARE(problemOf("data delete"), std::string("row is required. See finetune data delete --help."));
        QCOMPARE(problemOf("info"),
                 std::string("Name the model: finetune info MODEL. See finetune info --help."));
    }

    void wrongValue_isRepeated() {
        QCOMPARE(problemOf("data delete abc"),
                 std::string(
                     "row: \"abc\" is not a whole number of at least 1. See finetune data delete --help."));
        QCOMPARE(problemOf("data list --limit -1"),
                 std::string(
                     "--limit: \"-1\" is not a whole number of at least 1. See finetune data list --help."));
    }
};

STUDIO_TEST(ParseProblemTest)

}  // namespace

#include "parse_problem_test.moc"
