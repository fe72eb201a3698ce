// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_request.h"

#include "core/base/files.h"
#include "core/formats/model_config.h"
#include "core/storage/project.h"
#include "core/text/chat_prompt.h"
#include "core/tokenizer/chat_template_files.h"
#include "tests/support/assets.h"
#include "tests/support/byte_tokenizer.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
using namespace studio::ui;

/// What the pre-flight of the Studio is computed from, without a window.
class TrainRequestTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<test::TemporaryFolder> m_folder;
    std::unique_ptr<Project> m_project;
    int m_asked = 0;

    TrainRequest requestWith(const std::string& assignment) {
        TrainRequest request;
        request.projectFolder = m_project->folder();
        request.modelFolder = STUDIO_SOURCE_DIR "/resources/embedded/base-model";
        request.runName = "run-1";
        applyAssignment(request.settings, assignment);
        request.promptTemplate = builtInTemplates().front();
        request.tokenizer = std::make_shared<test::ByteTokenizer>();
        request.devices = [this] {
            ++m_asked;
            return std::vector<std::string>{"cpu"};
        };
        return request;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<test::TemporaryFolder>();
        m_project = Project::create(*m_folder / "Plans.ftproj");
        std::vector<Record> records(12);
        for (std::size_t i = 0; i < records.size(); ++i) {
            records[i].instruction = "Count to " + std::to_string(i);
            records[i].output = "No";
            records[i].status = RecordStatus::Accepted;
        }
        m_project->add(records);
        m_asked = 0;
    }

    void makeTrainPlan_chatModel_saysWhereItsFormatIsLeft() {
        TrainRequest request = requestWith("epochs=1");
        QVERIFY(!makeTrainPlan(request, {}).leavesChatFormat);
        const std::filesystem::path model = *m_folder / "chat";
        std::filesystem::copy(request.modelFolder, model);
        std::filesystem::remove(model / kPromptTemplateFile);
        writeFileAtomically(model / "chat_template.jinja",
                            "{% for m in messages %}{{ m.role }}:{{ m.content }}{{ eos_token }}{% endfor %}");
        request.modelFolder = model;
        QVERIFY(makeTrainPlan(request, {}).leavesChatFormat);
        request.promptTemplate = *chatTemplateOfModel(model);
        QVERIFY(!makeTrainPlan(request, {}).leavesChatFormat);
        request.promptTemplate = builtInTemplates().front();
        writeFileAtomically(model / kPromptTemplateFile, promptTemplateJson(request.promptTemplate));
        QVERIFY(!makeTrainPlan(request, {}).leavesChatFormat);  // it was fine-tuned since
    }

    void makeTrainPlan_templateWithoutTheInstructions_saysSo() {
        TrainRequest request = requestWith("epochs=1");
        QVERIFY(!makeTrainPlan(request, {}).instructionsUnread);
        const auto chat = [](const std::string& question) {
            return chatPromptTemplate(question +
                                          "{% if add_generation_prompt %}<a>{% else %}"
                                          "<a>{{ messages[-1].content }}</a>{% endif %}",
                                      {}, "2026-11-30");
        };
        request.promptTemplate = chat("<u>{{ messages[0].content }}");
        QVERIFY(!makeTrainPlan(request, {}).instructionsUnread);
        request.promptTemplate = chat("<u>");
        QVERIFY(makeTrainPlan(request, {}).instructionsUnread);
    }

    void makeTrainPlan_whatATrainingRefuses_throwsItsError_data() {
        QTest::addColumn<QString>("assignment");
        QTest::addColumn<QString>("words");
        QTest::newRow("freeze") << "freeze=banana"
                                << "no weight of this model fits \"banana\"";
        QTest::newRow("device") << "device=cuda"
                                << "There is no CUDA device";
        QTest::newRow("precision") << "precision=float16"
                                   << "float16 is not available on the CPU";
    }
    void makeTrainPlan_whatATrainingRefuses_throwsItsError() {
        QFETCH(QString, assignment);
        QFETCH(QString, words);
        const TrainRequest request = requestWith(assignment.toStdString());
        const auto thrown = test::errorOf([&] { makeTrainPlan(request, {}); });
        QVERIFY(thrown.has_value());
        QVERIFY2(std::string(thrown->what()).find(words.toStdString()) != std::string::npos, thrown->what());
    }

    void makeTrainPlan_soundSettings_asksForNoDevice() {
        const TrainPlan plan = makeTrainPlan(requestWith("epochs=1"), {});
        QCOMPARE(m_asked, 0);
        QVERIFY(plan.found.trainRows > 0 && plan.leftOut.empty());
        QCOMPARE(plan.job.runFolder, m_project->runsFolder() / "run-1");
        QVERIFY(!plan.job.dataHash.empty());
    }

    // A page of its own says how to mend them.
    void makeTrainPlan_rowsWithoutRoom_areAPlanWithoutRows() {
        const TrainPlan plan = makeTrainPlan(requestWith("cutoff=8"), {});
        QCOMPARE(plan.found.trainRows, std::int64_t{0});
        QVERIFY(!plan.found.emptyRows.empty());
    }
};

STUDIO_TEST(TrainRequestTest)
#include "train_request_test.moc"
