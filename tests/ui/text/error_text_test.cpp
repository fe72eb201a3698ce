// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/error_text.h"

#include <QRegularExpression>

#include "core/config/settings.h"
#include "core/formats/export_note.h"
#include "tests/support/bracket_translator.h"
#include "tests/support/studio_test.h"
#include "ui/text/error_rules.h"
#include "ui/text/error_sentences.h"
#include "ui/text/field_texts.h"
#include "ui/text/recipe_texts.h"
#include "ui/text/rule_texts.h"

using namespace studio;
using namespace studio::ui;

namespace {

QString sourceOf(const QString& folder) {
    QString all;
    QDir directory(QStringLiteral(STUDIO_SOURCE_DIR) + QLatin1Char('/') + folder);
    for (const QString& name : directory.entryList({QStringLiteral("*.cpp")})) {
        QFile file(directory.filePath(name));
        if (file.open(QIODevice::ReadOnly)) all += QString::fromUtf8(file.readAll());
    }
    return all;
}

QSet<QString> captured(const QString& text, const QString& pattern) {
    QSet<QString> found;
    auto matches = QRegularExpression(pattern).globalMatch(text);
    while (matches.hasNext()) found.insert(matches.next().captured(1));
    return found;
}

}  // namespace

class ErrorTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void errorText_english_isTheCoresOwnSentence() {
        const Error error(ErrorCode::BadFormat, "a.json, line 3: a comma is missing.", "Add it.", {"a.json"});
        const ErrorText text = errorText(error);
        QCOMPARE(text.cause, QStringLiteral("a.json, line 3: a comma is missing."));
        QCOMPARE(text.nextStep, QStringLiteral("Add it."));
        QCOMPARE(errorLine(error), QStringLiteral("a.json, line 3: a comma is missing. Add it."));
        QVERIFY(text.details.startsWith(QLatin1String(errorCodeName(ErrorCode::BadFormat))));
    }

    void errorText_translated_namesThePlaceAndKeepsEnglishDetails() {
        const test::BracketTranslator translator;
        const ErrorText text =
            errorText(Error(ErrorCode::BadFormat, "a.json is broken.", "Mend it.", {"a.json"}));
        QCOMPARE(text.cause, QStringLiteral("‹a.json is not in the format it should be.›"));
        QVERIFY(text.nextStep.startsWith(QChar(0x2039)));
        QVERIFY(text.details.contains(QStringLiteral("a.json is broken. Mend it.")));
    }

    void errorText_settingThatDoesNotFit_saysItsRule() {
        for (const char* rule :
             {"freeze_in_part", "freeze_fits_nothing", "freeze_everything", "float16_on_cpu"})
            QVERIFY2(settingErrorSource(rule), rule);
        const Error error(ErrorCode::SettingInvalid, "freeze: no weight of this model fits \"banana\".",
                          "Its names look like a and b.", {"freeze", "freeze_fits_nothing", "banana"});
        QCOMPARE(errorText(error).cause, QStringLiteral("freeze: no weight of this model fits \"banana\"."));
        const test::BracketTranslator translator;
        const ErrorText text = errorText(error);
        QCOMPARE(text.cause, QStringLiteral("‹Frozen weights: no weight of this model fits banana.›"));
        QVERIFY(text.nextStep.startsWith(QChar(0x2039)));
    }

    void errorText_withARule_saysMoreThanItsCode() {
        const Error error(ErrorCode::DiskFull, "It needs more.", "Make room.",
                          {"/100%2", "no_room", "3 GB", "2 MB"});
        QCOMPARE(errorText(error).cause, QStringLiteral("It needs more."));  // the core's own sentence
        const test::BracketTranslator translator;
        // What looks like a mark in a value is none.
        QCOMPARE(errorText(error).cause,
                 QStringLiteral("‹/100%2 needs about 3 GB, but 2 MB are free there.›"));
        QCOMPARE(errorText(error).nextStep, QStringLiteral("‹Make room there, or choose another disk.›"));
        // A value that is no rule leaves the sentence of the code.
        const Error plain(ErrorCode::WeightsInvalid, "Broken.", "Mend it.", {"a.safetensors", "lm_head"});
        QCOMPARE(errorText(plain).cause,
                 QStringLiteral("‹The weights in a.safetensors are damaged or do not fit config.json.›"));
    }

    void errorRule_everyRuleOfTheCore_isKnownAndInUse() {
        QSet<QString> rules;
        for (const char* folder : {"core/formats", "core/hub", "core/jobs", "core/storage"}) {
            auto errors = QRegularExpression(QStringLiteral("ErrorCode::\\w+[\\s\\S]*?;\\n"))
                              .globalMatch(sourceOf(QLatin1String(folder)));
            while (errors.hasNext())
                rules += captured(errors.next().captured(),
                                  QStringLiteral("[,?:]\\s*\"([a-z]+(?:_[a-z0-9]+)+)\""));
        }
        for (const QString& rule : rules) QVERIFY2(errorRule(rule.toStdString()), qPrintable(rule));
        const QSet<QString> listed =
            captured(sourceOf(QStringLiteral("ui/text")), QStringLiteral("ErrorRule\\{\\s*\"([a-z0-9_]+)\""));
        QVERIFY(listed.size() >= 30);
        for (const QString& rule : listed) QVERIFY2(rules.contains(rule), qPrintable(rule));
    }

    void errorSentence_everyCode_hasItsOwn() {
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
            const ErrorSentence& sentence = errorSentence(static_cast<ErrorCode>(code));
            QCOMPARE(static_cast<int>(sentence.code), code);
            QVERIFY(QString::fromUtf8(sentence.cause).endsWith(QLatin1Char('.')));
            QVERIFY(QString::fromUtf8(sentence.nextStep).endsWith(QLatin1Char('.')));
            if (sentence.causeAt) QVERIFY(QString::fromUtf8(sentence.causeAt).contains(QStringLiteral("%1")));
        }
    }

    void refusedRowSource_everyRuleOfTheImporters_isKnown() {
        QSet<QString> rules =
            captured(sourceOf(QStringLiteral("core/data")), QStringLiteral("refuse\\(row, \"([a-z0-9_]+)\""));
        rules += {QStringLiteral("missing_instruction"), QStringLiteral("missing_output"),
                  QStringLiteral("empty")};
        QVERIFY(rules.size() >= 7);
        for (const QString& rule : rules) QVERIFY2(refusedRowSource(rule.toStdString()), qPrintable(rule));
    }

    void importNoteSource_everyNoteOfTheImporters_isKnown() {
        const QString source = sourceOf(QStringLiteral("core/data"));
        QSet<QString> rules = captured(source, QStringLiteral("\"([a-z0-9_]+)\",\\s*(?:1|count)\\}"));
        rules += captured(source, QStringLiteral("rule == \"([a-z0-9_]+)\"\\) ?(?:note|\\{)"));
        QVERIFY(rules.size() >= 7);
        for (const QString& rule : rules) QVERIFY2(importNoteSource(rule.toStdString()), qPrintable(rule));
    }

    void exportNoteSource_everyNoteOfTheExports_isKnown() {
        QSet<QString> rules;
        for (const char* folder : {"core/formats", "core/jobs"})
            rules += captured(sourceOf(QLatin1String(folder)),
                              QStringLiteral("\\bnotes\\.push_back\\(\\s*\\{\\s*\"([a-z0-9_]+)\""));
        QVERIFY(rules.size() >= 9);
        for (const QString& rule : rules) QVERIFY2(exportNoteSource(rule.toStdString()), qPrintable(rule));
    }

    void exportNote_translated_fillsInCountsAndNames() {
        const ExportNote window{"window_ends_context", "English.", {"4096", "131072"}};
        const ExportNote weights{"weights_not_finite", "Also.", {"1234", "model.norm.weight"}};
        const ExportNote token{"space_behind_token", "English too.", {"2024"}};
        QCOMPARE(exportNote(window), QStringLiteral("English."));  // the core's own sentence
        const test::BracketTranslator translator;
        const QString text = exportNote(window);
        QVERIFY2(text.contains(QStringLiteral("4,096 tokens instead of 131,072")), qPrintable(text));
        QVERIFY2(
            exportNote(weights).contains(QStringLiteral(": 1,234, the first of them model.norm.weight;")),
            qPrintable(exportNote(weights)));
        QCOMPARE(
            exportNote(token),
            QStringLiteral("‹After the token 2024 llama.cpp puts a space that the tokenizer does not.›"));
        QCOMPARE(exportNote({"brand_new", "A sentence."}), QStringLiteral("A sentence."));
    }

    void logSource_everyLogOfTheTrainer_isKnown() {
        const QString source = sourceOf(QStringLiteral("core/train"));
        QSet<QString> rules = captured(source, QStringLiteral("LogEvent::Level::\\w+,\\s*\"([a-z_]+)\""));
        rules += captured(source, QStringLiteral("warn\\(\"([a-z_]+)\""));
        QVERIFY(!rules.isEmpty());
        for (const QString& rule : rules) QVERIFY2(logSource(rule.toStdString()), qPrintable(rule));
    }

    void fieldIssueSource_everyRuleOfTheSettings_isKnown() {
        TrainSettings settings;
        settings.epochs = -1;
        settings.learningRate = 7;
        settings.schedule = "zigzag";
        settings.device = "toaster";
        settings.beta1 = 0.99;
        settings.beta2 = 0.9;
        const auto issues = validate(settings);
        QVERIFY(issues.size() >= 5);
        for (const FieldIssue& issue : issues) {
            QVERIFY2(fieldIssueSource(issue.rule), issue.rule.c_str());
            QVERIFY2(!fieldIssueText(issue).contains(QLatin1Char('%')), qPrintable(fieldIssueText(issue)));
        }
    }

    void fieldIssueText_range_saysValueAndRangeWithoutTheName() {
        TrainSettings settings;
        settings.learningRate = 0.5;
        const auto issues = validate(settings);
        QCOMPARE(issues.size(), std::size_t(1));
        QCOMPARE(fieldIssueText(issues.front()), QStringLiteral("0.5 is outside 1e-8 to 0.1."));
    }

    void fieldTexts_everyTextOfTheTables_isListedForTranslation() {
        for (const auto* table : {&trainFields(), &generateFields(), &architectureFields()}) {
            for (const Field& field : *table) {
                for (const std::string& text : {field.label, field.help, field.group}) {
                    QVERIFY2(isFieldText(text), text.c_str());
                }
                if (!field.onlyWith.always())
                    QVERIFY2(isFieldText(field.onlyWith.reason), field.onlyWith.reason.c_str());
                if (!field.unit.empty()) QVERIFY2(isFieldText(field.unit), field.unit.c_str());
                if (field.kind != Field::Kind::Choice) continue;  // suggestions are values, shown as they are
                for (const std::string& choice : field.choices) QVERIFY2(isFieldText(choice), choice.c_str());
            }
        }
    }

    void recipeTexts_everyTextOfTheRecipes_isListedForTranslation() {
        QVERIFY(!recipes().empty());
        for (const Recipe& recipe : recipes()) {
            QVERIFY2(isRecipeText(recipe.title), recipe.title.c_str());
            QVERIFY2(isRecipeText(recipe.description), recipe.description.c_str());
        }
        Recipe own = recipes().front();
        const test::BracketTranslator translator;
        QVERIFY(recipeTitle(own).startsWith(QChar(0x2039)));
        own.own = true;
        QCOMPARE(recipeTitle(own).toStdString(), own.title);
    }

    void logText_knownRule_fillsInTheNumbers() {
        LogEvent log;
        log.rule = "rows_cut";
        log.args = {"46", "128"};
        QCOMPARE(logText(log), QStringLiteral("46 rows are longer than 128 tokens and lose their end"));
        log.args = {"1234", "50304"};
        QCOMPARE(logText(log), QStringLiteral("1,234 rows are longer than 50,304 tokens and lose their end"));
        // Digits that are a name, and those that are no number.
        log.rule = "mixture_unknown_source";
        log.args = {"2024"};
        QCOMPARE(logText(log), QStringLiteral("No train row comes from 2024"));
        log.rule = "sample_failed";
        log.args = {"99999999999999999999"};
        QVERIFY(logText(log).endsWith(QStringLiteral("99999999999999999999")));
        log.rule = "brand_new";
        log.message = "A sentence.";
        QCOMPARE(logText(log), QStringLiteral("A sentence."));
    }
};

STUDIO_TEST(ErrorTextTest)
#include "error_text_test.moc"
