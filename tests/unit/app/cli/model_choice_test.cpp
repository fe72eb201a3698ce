// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_choice.h"

#include <fstream>

#include "core/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/made_runs.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio;

class ModelChoiceTest : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_folder;

    static std::string problemOf(const std::filesystem::path& path) {
        try {
            modelFolderOf(path);
        } catch (const Error& problem) {
            return problem.what();
        }
        return "no problem";
    }

private Q_SLOTS:
    void modelFolderOf_nothingThere_saysThereIsNoFolder() {
        for (const std::filesystem::path& path : {m_folder / "nowhere", std::filesystem::path()}) {
            const std::string problem = problemOf(path);
            QVERIFY2(problem.starts_with("There is no folder \"" + path.string() + "\"."), problem.c_str());
        }
    }

    void unreadText_promptWithoutAnyOfTheWords_saysSo() {
        QVERIFY(!unreadText("<user>", {"Hi"}).empty());
        QVERIFY(!unreadText("<user>", {" ", "Hi"}).empty());
        QCOMPARE(unreadText("<user>Hi", {" Hi\n"}), std::string());  // as templates trim it
        QCOMPARE(unreadText("<user>Hi", {"Be kind.", "Hi"}), std::string());
        QCOMPARE(unreadText("<user>", {" "}), std::string());
        QCOMPARE(unreadText("<user>", {}), std::string());
    }

    void modelFolderOf_file_saysSo() {
        std::ofstream(m_folder / "weights.bin") << "x";
        const std::string problem = problemOf(m_folder / "weights.bin");
        QVERIFY2(problem.find("is a file, not a model folder") != std::string::npos, problem.c_str());
    }

    void modelFolderOf_runFolder_isItsModel() {
        std::filesystem::create_directories(m_folder / "run" / "model");
        std::ofstream(m_folder / "run" / "model" / "config.json") << "{}";
        QCOMPARE(modelFolderOf(m_folder / "run"), m_folder / "run" / "model");
        QCOMPARE(modelFolderOf(m_folder / "run" / "model"), m_folder / "run" / "model");
    }

    void modelFolderOf_runWithoutAModel_saysHowItEnded() {
        const auto problem = [&](const test::MadeRun& run) {
            return QString::fromStdString(problemOf(test::makeRun(m_folder / "runs", run).path()));
        };
        QVERIFY2(problem({.name = "early", .steps = 0, .state = "failed", .hasModel = false})
                     .startsWith("The run early has no model: it failed before its first step. Choose"),
                 "early");
        const QString late = problem({.name = "late", .steps = 7, .state = "failed", .hasModel = false});
        QVERIFY2(late.startsWith("The run late has no model: it failed after step 7."), qPrintable(late));
        const QString lost = problem({.name = "lost", .hasModel = false});
        QVERIFY2(lost.startsWith("The model of the run lost is not whole. Missing: "), qPrintable(lost));
        const test::MadeRun robbed = {.name = "robbed"};
        const std::filesystem::path folder = test::makeRun(m_folder / "runs", robbed).path();
        QCOMPARE(modelFolderOf(folder), folder / "model");
        std::filesystem::remove(folder / "model/model.safetensors");
        QVERIFY2(problemOf(folder).starts_with("The model of the run robbed is not whole. Missing: "),
                 problemOf(folder).c_str());
    }

    void adapterFolderOf_whatHoldsNone_saysWhatItIs() {
        const auto problem = [&](const std::filesystem::path& path) -> std::string {
            try {
                adapterFolderOf(path, m_folder / "base");
            } catch (const Error& thrown) {
                return thrown.what();
            }
            return "no problem";
        };
        const std::string nowhere = (m_folder / "nowhere").string();
        QVERIFY2(
            problem(nowhere).starts_with("There is no folder \"" + nowhere + "\". Check the path; it is"),
            problem(nowhere).c_str());
        std::ofstream(m_folder / "adapter.bin") << "x";
        QVERIFY2(problem(m_folder / "adapter.bin").find("is a file, not an adapter's") != std::string::npos,
                 problem(m_folder / "adapter.bin").c_str());
        // A LoRA run is what it should be, but ended before it had one; of all weights there never is any.
        test::MadeRun run{.name = "k9", .steps = 7, .state = "failed", .hasModel = false};
        run.settings.method = "lora";
        const std::filesystem::path early = test::makeRun(m_folder / "runs", run).path();
        QVERIFY2(problem(early).starts_with("The run k9 has no model: it failed after step 7. Choose"),
                 problem(early).c_str());
        run.name = "whole";
        run.settings.method = "full";
        const std::filesystem::path whole = test::makeRun(m_folder / "runs", run).path();
        QVERIFY2(problem(whole).find("holds no adapter (adapter_config.json)") != std::string::npos,
                 problem(whole).c_str());
        std::filesystem::create_directory(m_folder / "bare");
        QVERIFY2(
            problem(m_folder / "bare").find("holds no adapter (adapter_config.json)") != std::string::npos,
            problem(m_folder / "bare").c_str());
    }

    void chosenTemplate_unknownBesideAChatModel_namesChat() {
        const std::filesystem::path model = m_folder / "talker";
        std::filesystem::create_directory(model);
        const auto problem = [&]() -> std::string {
            try {
                chosenTemplate("Chat", {}, model);
            } catch (const Error& thrown) {
                return thrown.what();
            }
            return "no problem";
        };
        QVERIFY2(problem().ends_with("or name a .json file."), problem().c_str());
        std::ofstream(model / "chat_template.jinja") << "{{ messages[0].content }}";
        QVERIFY2(problem().ends_with("or name a .json file. The chat template of the model is named chat."),
                 problem().c_str());
    }

    void chosenTemplate_chat_isTheModelsOwnOrRefused() {
        const std::filesystem::path model = m_folder / "chat";
        std::filesystem::create_directory(model);
        const auto problem = [&](const std::filesystem::path& folder) -> std::string {
            try {
                chosenTemplate("chat", {}, folder);
            } catch (const Error& thrown) {
                return thrown.what();
            }
            return "no problem";
        };
        QVERIFY2(problem({}).find("no model is named. Name it with --model") != std::string::npos,
                 problem({}).c_str());
        std::ofstream(model / "chat_template.jinja") << "\n";
        QVERIFY2(problem(model).find("has no chat template") != std::string::npos, problem(model).c_str());
        QCOMPARE(chosenTemplate("", {}, model), builtInTemplates().front());
        std::ofstream(model / "chat_template.jinja") << "{{ messages[0].content }}!";
        QCOMPARE(hydratedPrompt(chosenTemplate("chat", {}, model), "Hi", ""), std::string("Hi!"));
        // One that was trained as a chat keeps the day that it was told.
        PromptTemplate trained = chosenTemplate("", {}, model);
        trained.chatDate = "2020-02-02";
        std::ofstream(model / "prompt_template.json") << promptTemplateJson(trained);
        QCOMPARE(chosenTemplate("chat", {}, model).chatDate, std::string("2020-02-02"));
        QCOMPARE(chosenTemplate("alpaca", {}, model), builtInTemplates().front());
    }
};

STUDIO_TEST(ModelChoiceTest)

}  // namespace

#include "model_choice_test.moc"
