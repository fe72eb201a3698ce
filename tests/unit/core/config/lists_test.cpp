// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/lora_targets.h"
#include "core/config/mixture.h"
#include "core/config/name_patterns.h"
#include "core/config/schedule.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

bool hasIssue(const TrainSettings& settings, const std::string& rule) {
    for (const FieldIssue& issue : validate(settings))
        if (issue.rule == rule) return true;
    return false;
}

}  // namespace

/// The settings that are lists written as one text.
class ListsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pattern_starsAndQuestionMarks_matchTheWholeName() {
        QVERIFY(matchesPattern("model.layers.*", "model.layers.3.mlp.up_proj.weight"));
        QVERIFY(matchesPattern("*.layers.?.mlp*", "model.layers.3.mlp.up_proj.weight"));
        QVERIFY(!matchesPattern("*.layers.?.mlp*", "model.layers.13.mlp.up_proj.weight"));
        QVERIFY(!matchesPattern("layers", "model.layers.3"));
        QVERIFY(matchesPattern("**", ""));
    }

    void pattern_range_countsNumbersNotCharacters() {
        for (const char* layer : {"2", "9", "11"})
            QVERIFY(matchesPattern("model.layers.[2-11].*", "model.layers." + std::string(layer) + ".x"));
        for (const char* layer : {"1", "12", "111", ""})
            QVERIFY(!matchesPattern("model.layers.[2-11].*", "model.layers." + std::string(layer) + ".x"));
        QVERIFY(matchesPattern("a[7]", "a7"));
        QVERIFY(!matchesPattern("a[7]", "a77"));
    }

    void brokenPattern_bracketsWithoutNumber_areNamed() {
        QVERIFY(!brokenPattern({"a.[0-3].*", "b*"}));
        for (const char* bad : {"a[", "a[]", "a[3-1]", "a[x]", "a[1-]", "a[-1]"})
            QCOMPARE(brokenPattern({"ok", bad}).value_or(""), std::string(bad));
    }

    void mixture_goodParts_areRead() {
        std::optional<std::string> problem;
        const auto mixture = parseMixture(" a=b.json = 2, c d=0.5 ,e=0,", problem);
        QVERIFY(!problem);
        QCOMPARE(mixture.size(), std::size_t{3});
        QCOMPARE(mixture[0].source, std::string("a=b.json"));
        QCOMPARE(mixture[0].weight, 2.0);
        QCOMPARE(mixture[1].source, std::string("c d"));
        QCOMPARE(mixture[2].weight, 0.0);
    }

    void mixture_badPart_isNamed() {
        for (const char* bad : {"a", "=2", "a=-1", "a=x", "a=1001", "a=nan", "a=1e3x"}) {
            std::optional<std::string> problem;
            parseMixture(std::string("ok=1,") + bad, problem);
            QCOMPARE(problem.value_or(""), std::string(bad));
        }
        std::optional<std::string> twice;
        parseMixture("a=1,a=2", twice);
        QCOMPARE(twice.value_or(""), std::string("a=2"));
    }

    void loraTargets_groupsAndNames_meanProjections() {
        std::optional<std::string> problem;
        const auto all = loraTargetNames("all", problem), attention = loraTargetNames("attention", problem);
        QCOMPARE(all.size(), attention.size() + loraTargetNames("mlp", problem).size());
        QCOMPARE(loraTargetNames("attention, up_proj, q_proj", problem).size(), attention.size() + 1);
        QVERIFY(!problem);
        // Modules are told by the ends of their names; GPT-2 has one name in both groups.
        QVERIFY(isLoraTarget(attention, "transformer.h.0.attn.c_proj"));
        QVERIFY(!isLoraTarget(attention, "transformer.h.0.mlp.c_proj"));
        QVERIFY(isLoraTarget({"c_proj"}, "transformer.h.0.mlp.c_proj"));
        QVERIFY(isLoraTarget(all, "gpt_neox.layers.0.mlp.dense_4h_to_h"));
        QVERIFY(!isLoraTarget(attention, "gpt_neox.layers.0.mlp.dense_4h_to_h"));
        QVERIFY(!isLoraTarget({"proj"}, "model.layers.0.self_attn.q_proj"));
        loraTargetNames("q_proj,wrong", problem);
        QCOMPARE(problem.value_or(""), std::string("wrong"));
        problem.reset();
        loraTargetNames(" ", problem);
        QVERIFY(problem.has_value());
    }

    void validate_brokenLists_areIssues() {
        TrainSettings settings;
        settings.loraTargets = "nothing";
        settings.freeze = "model.[a]";
        settings.mixture = "a";
        QVERIFY(hasIssue(settings, "lora_targets"));
        QVERIFY(hasIssue(settings, "freeze_pattern"));
        QVERIFY(hasIssue(settings, "mixture"));
        settings = {};
        settings.method = "lora";
        QVERIFY(validate(settings).empty());
        settings.freeze = "*";
        QVERIFY(hasIssue(settings, "freeze_with_lora"));
    }

    void planSteps_warmupSteps_goBeforeTheShareAndNeverBeyondTheEnd() {
        TrainSettings settings;
        settings.maxSteps = 10;
        settings.warmupShare = 0.5;
        QCOMPARE(planSteps(settings, 10).warmupSteps, std::int64_t{5});
        settings.warmupSteps = 3;
        QCOMPARE(planSteps(settings, 10).warmupSteps, std::int64_t{3});
        settings.warmupSteps = 300;
        QCOMPARE(planSteps(settings, 10).warmupSteps, std::int64_t{10});
    }
};

STUDIO_TEST(ListsTest)
#include "lists_test.moc"
