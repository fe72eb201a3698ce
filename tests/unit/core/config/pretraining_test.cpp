// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/pretraining.h"

#include <algorithm>

#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

/// Another value of the same type.
struct Other {
    FieldValue operator()(std::int64_t value) const { return value + 1; }
    FieldValue operator()(double value) const { return value + 1.0; }
    FieldValue operator()(bool value) const { return !value; }
    FieldValue operator()(const std::string& value) const { return value + "x"; }
};

bool isListed(const std::string& name) {
    const std::vector<Field> fields = pretrainFields();
    return std::any_of(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
}

}  // namespace

class PretrainingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachSetting_isListedOrRefused() {
        for (const Field& field : trainFields()) {
            TrainSettings settings;
            setValue(settings, field.name, std::visit(Other(), field.defaultValue));
            const bool isRefused = test::errorOf([&] { checkPretraining(settings); }).has_value();
            // An adapter's own settings change nothing without the method.
            const bool isLost = field.name.starts_with("lora_");
            QVERIFY2(isListed(field.name) == !(isRefused || isLost), field.name.c_str());
        }
    }

    void refused_areAllNamed() {
        TrainSettings settings;
        checkPretraining(settings);
        for (const char* assignment : {"sample_every=10", "method=lora", "freeze=lm_head*", "mixture=a=2"})
            applyAssignment(settings, assignment);
        STUDIO_COMPARE_ERROR_TEXT(
            checkPretraining(settings), ErrorCode::SettingInvalid,
            "Pretraining has no use for method, freeze, mixture, sample_every. Leave it out");
    }
};

STUDIO_TEST(PretrainingTest)
#include "pretraining_test.moc"
