// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/settings_options.h"

#include <sstream>

#include "tests/support/studio_test.h"

namespace {

using namespace studio;

class SettingsOptionsTest : public QObject {
    Q_OBJECT

    std::ostringstream m_out, m_error;
    Output m_output{m_out, m_error, {}};

private Q_SLOTS:
    void fieldHelp_namesEveryField() {
        const std::string help = fieldHelp("Settings:", trainFields());
        for (const Field& field : trainFields()) {
            QVERIFY2(help.find("  " + field.name + " (") != std::string::npos, field.name.c_str());
            QVERIFY2(help.find(field.help) != std::string::npos, field.name.c_str());
        }
    }

    void trainSettings_globalOptionsWin() {
        CommandContext context(m_output, {});
        context.threads = 2;
        context.device = "cpu";
        context.dtype = "float32";
        const TrainSettings settings =
            trainSettings(context, {"batch_rows=3", "device=auto", "learning_rate=1e-3"});
        QCOMPARE(settings.batchRows, std::int64_t(3));
        QCOMPARE(settings.learningRate, 1e-3);
        QCOMPARE(settings.threads, std::int64_t(2));
        QCOMPARE(settings.device, std::string("cpu"));
        QCOMPARE(settings.precision, std::string("float32"));
    }

    void trainSettings_severalWrong_allAreSaid() {
        CommandContext context(m_output, {});
        try {
            trainSettings(context, {"batch_rows=0", "learning_rate=9"});
            QFAIL("no error");
        } catch (const UsageError& problem) {
            const std::string message = problem.what();
            QVERIFY2(message.find("batch_rows") != std::string::npos, problem.what());
            QVERIFY2(message.find("learning_rate") != std::string::npos, problem.what());
        }
    }

    void overridesText_whatTheRecipeChose_isNamed() {
        const Recipe lora = findRecipe("lora");
        TrainSettings settings = lora.settings;
        QCOMPARE(overridesText(lora, settings), std::string());
        settings.seed = 7;  // the recipe says nothing of it
        QCOMPARE(overridesText(lora, settings), std::string());
        settings.method = "full";
        settings.batchRows = 2;
        QCOMPARE(overridesText(lora, settings),
                 std::string("The command line goes before the recipe lora: method=full instead of lora, "
                             "batch_rows=2 instead of 8. The rest of the recipe was chosen for lora."));
        // Also a recipe that leaves the method at the default is made for it.
        const Recipe whole = findRecipe("small-model");
        settings = whole.settings;
        settings.method = "lora";
        QVERIFY(overridesText(whole, settings).find("method=lora instead of full") != std::string::npos);
    }

    void generateOptions_readWhatIsGiven() {
        CLI::App app;
        GenerateOptions options;
        options.addTo(&app);
        app.parse("--max-new-tokens 7 --temperature 0.5 --stop [x] --stop y --seed 9");
        const GenerateSettings settings = options.settings();
        QCOMPARE(settings.maxNewTokens, std::int64_t(7));
        QCOMPARE(settings.temperature, 0.5);
        QCOMPARE(settings.seed, std::int64_t(9));
        QCOMPARE(settings.stop, (std::vector<std::string>{"[x]", "y"}));
        QCOMPARE(settings.topP, GenerateSettings().topP);
    }

    void generateOptions_emptyValue_isRefused() {
        CLI::App app;
        GenerateOptions options;
        options.addTo(&app);
        QVERIFY_EXCEPTION_THROWN(app.parse(std::vector<std::string>{"", "--temperature"}),
                                 CLI::ValidationError);
    }

    void generateOptions_noNumber_isAUsageError() {
        CLI::App app;
        GenerateOptions options;
        options.addTo(&app);
        app.parse("--top-k many");
        QVERIFY_EXCEPTION_THROWN(options.settings(), UsageError);
    }
};

STUDIO_TEST(SettingsOptionsTest)

}  // namespace

#include "settings_options_test.moc"
