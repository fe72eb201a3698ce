// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/start_checks.h"

#include "core/text/chat_prompt.h"
#include "tests/support/byte_tokenizer.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

const std::filesystem::path kBaseModel = STUDIO_SOURCE_DIR "/resources/embedded/base-model";

/// What the machine is said to have, and how often it was asked.
struct Machine {
    std::vector<std::string> has{"cpu"};
    int asked = 0;

    DeviceList list() {
        return [this] {
            ++asked;
            return has;
        };
    }
};

void check(const TrainSettings& settings, Machine& machine) {
    TrainJob job;
    job.modelFolder = kBaseModel;
    job.settings = settings;
    checkStart(job, readModelConfig(kBaseModel), test::ByteTokenizer(), machine.list());
}

/// More than are tried in any case.
constexpr int kRows = 4 * static_cast<int>(kRowsTried);

/// Rows from 1 on, of which the template refusing() refuses one; 0: none.
std::vector<Record> rowsWhere(int refused, int count) {
    std::vector<Record> rows;
    for (int i = 1; i <= count; ++i) {
        Record record;
        record.id = i;
        record.instruction = i == refused ? "Shout it" : "Say it";
        record.output = "it";
        rows.push_back(record);
    }
    return rows;
}

/// A chat template that refuses what is shouted; `before`: what it does first.
PromptTemplate refusing(const std::string& before) {
    return chatPromptTemplate(
        before +
            "{% for message in messages %}{% if message.content.startswith('Shout') %}"
            "{{ raise_exception('Speak softly') }}{% endif %}<{{ message.role }}>{{ message.content }}</>"
            "{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}",
        {}, "2026-11-30");
}

TrainSettings with(const std::string& assignment) {
    TrainSettings settings;
    applyAssignment(settings, assignment);
    return settings;
}

}  // namespace

class StartChecksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void checkStart_soundSettings_asksForNoDevice() {
        Machine machine;
        for (const char* sound :
             {"device=auto", "device=cpu", "precision=bfloat16", "freeze=model.embed_tokens*", "method=lora"})
            check(with(sound), machine);
        QCOMPARE(machine.asked, 0);
    }

    void checkStart_whatATrainingRefuses_isRefused_data() {
        QTest::addColumn<QString>("assignment");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        const int setting = static_cast<int>(ErrorCode::SettingInvalid);
        QTest::newRow("no such weight") << "freeze=banana" << setting << "no weight of this model fits";
        QTest::newRow("everything") << "freeze=*" << setting << "every weight of the model would be frozen";
        QTest::newRow("a part of a product")
            << "freeze=*.q_proj.weight" << setting << "cannot be frozen in part";
        QTest::newRow("gate without up") << "freeze=*.gate_proj.*" << setting << "cannot be frozen in part";
        QTest::newRow("no such device")
            << "device=cuda" << static_cast<int>(ErrorCode::DeviceUnavailable) << "There is no CUDA device";
        QTest::newRow("no such precision") << "precision=float16" << setting << "float16 is not available";
    }
    void checkStart_whatATrainingRefuses_isRefused() {
        QFETCH(QString, assignment);
        QFETCH(int, code);
        QFETCH(QString, words);
        Machine machine;
        STUDIO_COMPARE_ERROR_TEXT(check(with(assignment.toStdString()), machine),
                                  static_cast<ErrorCode>(code), words.toStdString());
    }

    void checkStart_aCudaDevice_isTakenWhereThereIsOne() {
        Machine machine{{"cpu", "cuda:0"}};
        check(with("device=cuda"), machine);
        check(with("device=cuda:0"), machine);
        check(with("precision=float16"), machine);  // auto is the CUDA device here
        QCOMPARE(machine.asked, 3);
        STUDIO_COMPARE_ERROR_TEXT(check(with("device=cuda:1"), machine), ErrorCode::DeviceUnavailable,
                                  "cpu, cuda:0");
    }

    void checkStart_tokenizerOfAnotherModel_isRefused() {
        ModelConfig small = readModelConfig(kBaseModel);
        small.vocabSize = 100;
        TrainJob job;
        job.modelFolder = kBaseModel;
        Machine machine;
        STUDIO_COMPARE_ERROR_TEXT(checkStart(job, small, test::ByteTokenizer(), machine.list()),
                                  ErrorCode::TokenizerInvalid, "258");
    }

    void checkStart_weightsOfAnotherModel_areRefused() {
        ModelConfig deeper = readModelConfig(kBaseModel);
        ++deeper.layerCount;
        TrainJob job;
        job.modelFolder = kBaseModel;
        Machine machine;
        STUDIO_COMPARE_ERROR(checkStart(job, deeper, test::ByteTokenizer(), machine.list()),
                             ErrorCode::WeightsInvalid);
    }

    void checkTemplateFits_templateThatRefuses_namesTheRow_data() {
        QTest::addColumn<int>("row");  // of the one that is refused; from 1 on
        QTest::addColumn<bool>("evaluated");
        QTest::newRow("first") << 1 << false;
        QTest::newRow("last") << kRows << false;
        QTest::newRow("evaluated") << kRows - 1 << true;
    }
    void checkTemplateFits_templateThatRefuses_namesTheRow() {
        QFETCH(int, row);
        QFETCH(bool, evaluated);
        const std::vector<Record> sound = rowsWhere(0, kRows), refused = rowsWhere(row, kRows);
        TrainJob job;
        job.modelFolder = kBaseModel;
        job.promptTemplate = refusing("");
        job.train = std::make_shared<const std::vector<Record>>(evaluated ? sound : refused);
        job.validation = std::make_shared<const std::vector<Record>>(evaluated ? refused : sound);
        const ModelConfig model = readModelConfig(kBaseModel);
        Machine machine;
        const std::string words = "Row " + std::to_string(row) +
                                  ": The chat template Chat, line 1, refuses "
                                  "these messages: Speak softly.";
        STUDIO_COMPARE_ERROR_TEXT(checkStart(job, model, test::ByteTokenizer(), machine.list()),
                                  ErrorCode::TemplateInvalid, words);
    }

    // A start must not wait for a large data set: the training itself finds what is behind.
    void checkTemplateFits_manyRows_endsInTime() {
        TrainJob job;
        job.promptTemplate = refusing("{% for i in range(20000) %}{% endfor %}");
        job.train = std::make_shared<const std::vector<Record>>(rowsWhere(100'000, 100'000));
        job.validation = std::make_shared<const std::vector<Record>>(rowsWhere(1, 1));
        // The first of those that are evaluated on are tried all the same.
        STUDIO_COMPARE_ERROR_TEXT(checkTemplateFits(job), ErrorCode::TemplateInvalid, "Row 1: ");
        job.validation.reset();
        checkTemplateFits(job);
    }

    void unreadInstructions_ofAllRows_areSaid() {
        const std::string answer = "<a>{{ messages[-1].content }}</a>";
        const auto said = [&](const std::string& question, const std::string& second) {
            Record one, two;
            one.instruction = " Say it\n";
            two.instruction = second;
            one.output = two.output = "it";
            TrainJob job;
            job.promptTemplate = chatPromptTemplate(
                question + "{% if add_generation_prompt %}<a>{% else %}" + answer + "{% endif %}", {},
                "2026-11-30");
            job.train = std::make_shared<const std::vector<Record>>(std::vector<Record>{one, two});
            return unreadInstructionsText(job);
        };
        QVERIFY(said("<u>", "Shout it").find("leaves out the instructions") != std::string::npos);
        QCOMPARE(said("<u>{{ messages[0].content | trim }}", "Shout it"), std::string());
        // One that the template changes is no sign of a template that hears nothing.
        QCOMPARE(said("<u>{{ messages[0].content | replace('Say', 'Tell') }}", "Shout it"), std::string());
        TrainJob plain;
        plain.promptTemplate = builtInTemplates().front();
        QCOMPARE(unreadInstructionsText(plain), std::string());
    }

    void requireRows_nothingToLearn_saysWhy() {
        Record answered, blank;
        answered.output = "four";
        blank.output = "  ";
        const std::vector<Record> none, blanks{blank}, rows{answered, blank};
        requireRows({rows, 1});
        STUDIO_COMPARE_ERROR_TEXT(requireRows({none}), ErrorCode::NoTrainingRows, "no accepted rows");
        STUDIO_COMPARE_ERROR_TEXT(requireRows({blanks}), ErrorCode::NoTrainingRows, "has a response");
        STUDIO_COMPARE_ERROR_TEXT(requireRows({rows, 0, 8, 256}), ErrorCode::NoLabels, "Raise the cutoff.");
        STUDIO_COMPARE_ERROR_TEXT(requireRows({rows, 0, 256, 256}), ErrorCode::NoLabels, "longer context");
    }
};

STUDIO_TEST(StartChecksTest)
#include "start_checks_test.moc"
