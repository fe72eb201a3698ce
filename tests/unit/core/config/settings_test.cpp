// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settings.h"

#include "core/config/field_table.h"

#include <limits>
#include <set>

#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
using nlohmann::ordered_json;

namespace {

/// Another value than `field`'s default that its range allows.
FieldValue otherValue(const Field& field) {
    switch (field.kind) {
        case Field::Kind::Integer: {
            const std::int64_t value = std::get<std::int64_t>(field.defaultValue);
            return static_cast<double>(value) < field.maximum ? value + 1 : value - 1;
        }
        case Field::Kind::Real:
            return (std::get<double>(field.defaultValue) + field.maximum) / 2 + field.minimum;
        case Field::Kind::Switch:
            return !std::get<bool>(field.defaultValue);
        case Field::Kind::Text:
            return std::string("cpu");
        case Field::Kind::Choice:
            return field.choices.back();
    }
    return {};
}

bool hasRule(const std::vector<FieldIssue>& issues, const std::string& field, const std::string& rule) {
    for (const FieldIssue& issue : issues) {
        if (issue.field == field && issue.rule == rule) return !issue.message.empty();
    }
    return false;
}

template <typename Settings>
void checkTable(const std::vector<Field>& fields, std::size_t expectedSize) {
    QCOMPARE(fields.size(), expectedSize);
    std::set<std::string> names;
    Settings changed;
    for (const Field& field : fields) {
        QVERIFY2(names.insert(field.name).second, field.name.c_str());
        QVERIFY2(!field.label.empty() && !field.group.empty(), field.name.c_str());
        QVERIFY2(!field.help.empty() && field.help.back() == '.', field.name.c_str());
        QVERIFY2(value(Settings{}, field.name) == field.defaultValue, field.name.c_str());
        setValue(changed, field.name, otherValue(field));
        QVERIFY2(value(changed, field.name) == otherValue(field), field.name.c_str());
    }
    Settings again;
    QVERIFY(fromJson(toJson(changed), again).empty());
    for (const Field& field : fields)
        QVERIFY2(value(again, field.name) == value(changed, field.name), field.name.c_str());
}

}  // namespace

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tables_everyField_isBoundToItsOwnMember() {
        checkTable<TrainSettings>(trainFields(), 40);
        checkTable<GenerateSettings>(generateFields(), 6);
        checkTable<ArchitectureSettings>(architectureFields(), 11);
    }

    void defaults_areValid() {
        QVERIFY(validate(TrainSettings{}).empty());
        QVERIFY(validate(GenerateSettings{}).empty());
        QVERIFY(validate(ArchitectureSettings{}).empty());
    }

    void value_andSetValue_reachTheRightMember() {
        TrainSettings settings;
        setValue(settings, "learning_rate", 2e-5);
        setValue(settings, "batch_rows", std::int64_t{7});
        setValue(settings, "train_on_prompt", true);
        setValue(settings, "schedule", std::string("linear"));
        QCOMPARE(settings.learningRate, 2e-5);
        QCOMPARE(settings.batchRows, std::int64_t{7});
        QVERIFY(settings.trainOnPrompt);
        QCOMPARE(settings.schedule, std::string("linear"));
    }

    void setValue_convertsWhereNothingIsLost() {
        TrainSettings settings;
        setValue(settings, "epochs", std::int64_t{2});
        QCOMPARE(settings.epochs, 2.0);
        setValue(settings, "batch_rows", 8.0);
        QCOMPARE(settings.batchRows, std::int64_t{8});
        STUDIO_COMPARE_ERROR_TEXT(setValue(settings, "batch_rows", 8.5), ErrorCode::SettingInvalid,
                                  "batch_rows");
        STUDIO_COMPARE_ERROR(setValue(settings, "batch_rows", std::numeric_limits<double>::quiet_NaN()),
                             ErrorCode::SettingInvalid);
        STUDIO_COMPARE_ERROR(setValue(settings, "batch_rows", std::string("8")), ErrorCode::SettingInvalid);
        STUDIO_COMPARE_ERROR(setValue(settings, "train_on_prompt", std::int64_t{1}),
                             ErrorCode::SettingInvalid);
        STUDIO_COMPARE_ERROR_TEXT(setValue(settings, "batch_row", std::int64_t{1}), ErrorCode::SettingInvalid,
                                  "batch_rows");
        STUDIO_COMPARE_ERROR(value(settings, "nothing"), ErrorCode::SettingInvalid);
        QCOMPARE(settings.batchRows, std::int64_t{8});
    }

    void validate_saysEverythingAtOnce() {
        TrainSettings settings;
        settings.learningRate = 0.5;
        settings.batchRows = 0;
        settings.schedule = "sine";
        settings.beta1 = 0.9995;
        settings.device = "cuda:x";
        settings.epochs = std::numeric_limits<double>::quiet_NaN();
        const auto issues = validate(settings);
        QCOMPARE(issues.size(), std::size_t{6});
        QVERIFY(hasRule(issues, "learning_rate", "range"));
        QVERIFY(hasRule(issues, "batch_rows", "range"));
        QVERIFY(hasRule(issues, "epochs", "range"));
        QVERIFY(hasRule(issues, "schedule", "choice"));
        QVERIFY(hasRule(issues, "beta1", "beta1_beyond_beta2"));
        QVERIFY(hasRule(issues, "device", "device"));
        for (const FieldIssue& issue : issues) {
            if (issue.field == "learning_rate")
                QCOMPARE(issue.message, std::string("learning_rate: 0.5 is outside 1e-8 to 0.1."));
        }
    }

    void validate_bothEndsOfARange_areAllowed() {
        TrainSettings settings;
        for (const Field& field : trainFields()) {
            if (field.kind != Field::Kind::Integer && field.kind != Field::Kind::Real) continue;
            TrainSettings one = settings;
            for (const double end : {field.minimum, field.maximum}) {
                setValue(one, field.name, end);
                QVERIFY2(!hasRule(validate(one), field.name, "range"), field.name.c_str());
            }
            setValue(one, field.name, field.maximum * 2 + 1);
            QVERIFY2(hasRule(validate(one), field.name, "range"), field.name.c_str());
        }
    }

    void validate_devices_data() {
        QTest::addColumn<QString>("device");
        QTest::addColumn<bool>("good");
        for (const char* good : {"auto", "cpu", "cuda", "cuda:0", "cuda:12"})
            QTest::newRow(good) << QString(good) << true;
        for (const char* bad : {"", "gpu", "cuda:", "cuda:-1", "cuda:1x", "cuda:12345"})
            QTest::addRow("bad %s", bad) << QString(bad) << false;
    }
    void validate_devices() {
        QFETCH(QString, device);
        QFETCH(bool, good);
        TrainSettings settings;
        settings.device = device.toStdString();
        QCOMPARE(validate(settings).empty(), good);
    }

    void validate_architecture_checksHeads() {
        ArchitectureSettings settings;
        settings.headCount = 3;
        settings.keyValueHeadCount = 3;
        QVERIFY(hasRule(validate(settings), "num_attention_heads", "heads_do_not_divide_hidden"));
        settings = {};
        settings.keyValueHeadCount = 2;
        QVERIFY(hasRule(validate(settings), "num_key_value_heads", "key_value_heads_do_not_divide"));
        settings = {};
        settings.hiddenSize = 15;
        QVERIFY(hasRule(validate(settings), "hidden_size", "head_size_odd"));
        settings = {};
        settings.headCount = 0;
        settings.keyValueHeadCount = 0;
        QCOMPARE(validate(settings).size(), std::size_t{2});
    }

    void validate_generation_refusesEmptyStop() {
        GenerateSettings settings;
        settings.stop = {"\n", ""};
        QVERIFY(hasRule(validate(settings), "stop", "empty_stop"));
    }

    void fromJson_unknownAndWrongTypes_areAllIssues() {
        TrainSettings settings;
        const ordered_json json = {{"epochs", 5},   {"learning_rat", 1},
                                   {"seed", "x"},   {"clip_norm", nullptr},
                                   {"cutoff", {1}}, {"threads", 18446744073709551615ULL}};
        const auto issues = fromJson(json, settings);
        QCOMPARE(issues.size(), std::size_t{5});
        QVERIFY(hasRule(issues, "learning_rat", "unknown"));
        QVERIFY(hasRule(issues, "seed", "type"));
        QVERIFY(hasRule(issues, "clip_norm", "type"));
        QVERIFY(hasRule(issues, "cutoff", "type"));
        QVERIFY(hasRule(issues, "threads", "type"));
        QCOMPARE(settings.epochs, 5.0);
        QCOMPARE(settings.seed, TrainSettings{}.seed);
        QCOMPARE(fromJson(ordered_json::array(), settings).size(), std::size_t{1});
    }

    void json_generationStop_survivesARoundTrip() {
        GenerateSettings settings;
        settings.stop = {"###", "中"};
        GenerateSettings again;
        QVERIFY(fromJson(toJson(settings), again).empty());
        QCOMPARE(again.stop, settings.stop);
        QVERIFY(hasRule(fromJson({{"stop", "x"}}, again), "stop", "type"));
        QCOMPARE(again.stop, settings.stop);
        TrainSettings train;
        QVERIFY(hasRule(fromJson({{"stop", {"x"}}}, train), "stop", "unknown"));
    }

    void applyAssignment_readsByKind() {
        TrainSettings settings;
        applyAssignment(settings, "learning_rate=2e-5");
        applyAssignment(settings, "max_steps=1e3");
        applyAssignment(settings, "train_on_prompt=on");
        applyAssignment(settings, "device=cuda:1");
        QCOMPARE(settings.learningRate, 2e-5);
        QCOMPARE(settings.maxSteps, std::int64_t{1000});
        QVERIFY(settings.trainOnPrompt);
        QCOMPARE(settings.device, std::string("cuda:1"));
        ArchitectureSettings architecture;
        applyAssignment(architecture, "num_hidden_layers=6");
        QCOMPARE(architecture.layerCount, std::int64_t{6});
        GenerateSettings generate;
        applyAssignment(generate, "top_k=40");
        QCOMPARE(generate.topK, std::int64_t{40});
    }

    void applyAssignment_wrong_namesFieldAndRange_data() {
        QTest::addColumn<QString>("assignment");
        QTest::addColumn<QString>("part");
        QTest::newRow("no equals") << "epochs"
                                   << "\"epochs\" is not a setting with a value";
        QTest::newRow("near") << "learning_rte=1"
                              << "\"learning_rate\" is near it";
        QTest::newRow("far") << "zzzzzzzzzzzz=1"
                             << "the settings are method, epochs";
        QTest::newRow("empty name") << "=1"
                                    << "There is no setting";
        QTest::newRow("no number") << "epochs=many"
                                   << "epochs: \"many\" is not a number from 0.01 to 1000";
        QTest::newRow("trailing") << "seed=4x"
                                  << "seed";
        QTest::newRow("empty") << "seed="
                               << "seed";
        QTest::newRow("fraction") << "batch_rows=1.5"
                                  << "a whole number from 1 to 4096";
        QTest::newRow("overflow") << "seed=99999999999999999999"
                                  << "seed";
        QTest::newRow("nan") << "epochs=nan"
                             << "outside 0.01 to 1000";
        QTest::newRow("range") << "learning_rate=0.5"
                               << "0.5 is outside 1e-8 to 0.1";
        QTest::newRow("choice") << "schedule=sine"
                                << "one of constant, linear, cosine";
        QTest::newRow("method") << "method=qlora"
                                << "\"qlora\" is not one of full, lora";
        QTest::newRow("switch") << "train_on_prompt=maybe"
                                << "true or false";
        QTest::newRow("line break") << "train_on_prompt=may\nbe"
                                    << "true or false";
    }
    void applyAssignment_wrong_namesFieldAndRange() {
        QFETCH(QString, assignment);
        QFETCH(QString, part);
        TrainSettings settings;
        const ordered_json before = toJson(settings);
        STUDIO_COMPARE_ERROR_TEXT(applyAssignment(settings, assignment.toStdString()),
                                  ErrorCode::SettingInvalid, part.toStdString());
        QCOMPARE(toJson(settings), before);
    }

    void fieldApplies_followsTheOtherField() {
        TrainSettings settings;
        const auto applies = [&](const char* name) { return fieldApplies(settings, trainField(name)); };
        QVERIFY(applies("epochs") && applies("freeze") && applies("beta1") && applies("warmup_share"));
        QVERIFY(!applies("lora_rank") && !applies("lora_targets") && !applies("momentum"));
        settings.method = "lora";
        settings.optimizer = "sgd";
        settings.maxSteps = 5;
        settings.warmupSteps = 2;
        settings.schedule = "constant";
        QVERIFY(applies("lora_rank") && applies("lora_alpha") && applies("momentum") && applies("seed"));
        QVERIFY(!applies("epochs") && !applies("freeze") && !applies("beta1") && !applies("epsilon"));
        QVERIFY(!applies("warmup_share") && !applies("min_learning_rate_share"));
    }

    // The condition names a field of the table, with values of its kind and within its choices.
    void fieldConditions_nameOtherFieldsAndTheirValues() {
        int conditions = 0;
        for (const Field& field : trainFields()) {
            if (field.onlyWith.always()) continue;
            ++conditions;
            QVERIFY(field.onlyWith.field != field.name && !field.onlyWith.reason.empty());
            const Field& other = trainField(field.onlyWith.field);
            QVERIFY2(other.onlyWith.always(), "one condition does not hang on another");
            for (const FieldValue& value : field.onlyWith.values) {
                QVERIFY(value.index() == other.defaultValue.index());
                QVERIFY(checkField(other, value).empty());
            }
        }
        QCOMPARE(conditions, 13);
    }

    void changedFields_namesThemInTheOrderOfTheTable() {
        TrainSettings settings;
        QVERIFY(changedFields(settings, {}).empty());
        settings.seed = 1;
        settings.epochs = 2;
        QCOMPARE(changedFields(settings, {}), (std::vector<std::string>{"epochs", "seed"}));
    }

    void throwIfAny_saysAll() {
        throwIfAny({});
        TrainSettings settings;
        settings.epochs = -1;
        settings.cutoff = 0;
        const auto error = test::errorOf([&] { throwIfAny(validate(settings)); });
        QVERIFY(error.has_value());
        QCOMPARE(error->args(), (std::vector<std::string>{"epochs", "cutoff"}));
        QVERIFY(error->cause().find("epochs") != std::string::npos &&
                error->cause().find("cutoff") != std::string::npos);
    }
};

STUDIO_TEST(SettingsTest)
#include "settings_test.moc"
