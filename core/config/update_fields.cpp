// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/update_fields.h"

namespace studio {

namespace {

using Kind = Field::Kind;
using S = TrainSettings;

constexpr const char* kHow = "How";

FieldCondition byWarmupShare() {
    return {"warmup_steps", {std::int64_t{0}}, false, "only when Warm-up steps is 0"};
}
FieldCondition falling() {
    return {"schedule", {std::string("constant")}, true, "only with a schedule that falls"};
}
FieldCondition withSgd() {
    return {"optimizer", {std::string("sgd")}, false, "only with SGD"};
}
FieldCondition withAdam() {
    return {"optimizer", {std::string("sgd")}, true, "only with AdamW"};
}

}  // namespace

void addScheduleFields(FieldTable<S>& table) {
    table.add(&S::schedule, {"schedule",
                             "Schedule",
                             kHow,
                             Kind::Choice,
                             {},
                             0,
                             0,
                             "",
                             {"constant", "linear", "cosine"},
                             "How the learning rate changes after the warm-up.",
                             false});
    table.add(&S::warmupShare, {"warmup_share",
                                "Warm-up",
                                kHow,
                                Kind::Real,
                                {},
                                0,
                                1,
                                "",
                                {},
                                "Share of all steps in which the learning rate rises from 0 to its peak.",
                                false,
                                byWarmupShare()});
    table.add(&S::warmupSteps, {"warmup_steps",
                                "Warm-up steps",
                                kHow,
                                Kind::Integer,
                                {},
                                0,
                                100000000,
                                "steps",
                                {},
                                "Steps of the warm-up instead of a share; 0 goes by the share.",
                                false});
    table.add(&S::minLearningRateShare, {"min_learning_rate_share",
                                         "Final learning rate",
                                         kHow,
                                         Kind::Real,
                                         {},
                                         0,
                                         1,
                                         "",
                                         {},
                                         "Where a linear or cosine schedule ends, as a share of the peak.",
                                         false,
                                         falling()});
}

void addOptimizerFields(FieldTable<S>& table) {
    table.add(&S::optimizer, {"optimizer",
                              "Optimizer",
                              kHow,
                              Kind::Choice,
                              {},
                              0,
                              0,
                              "",
                              {"adamw", "adamw8bit", "sgd"},
                              "adamw8bit keeps its moments in 8 bits; SGD keeps only a momentum.",
                              false});
    table.add(&S::momentum, {"momentum",
                             "Momentum",
                             kHow,
                             Kind::Real,
                             {},
                             0,
                             0.9999,
                             "",
                             {},
                             "How long SGD remembers gradients; 0 turns it off.",
                             false,
                             withSgd()});
    table.add(&S::weightDecay, {"weight_decay",
                                "Weight decay",
                                kHow,
                                Kind::Real,
                                {},
                                0,
                                1,
                                "",
                                {},
                                "Pulls weights towards 0, apart from the gradient; none on norms and biases.",
                                false});
    table.add(&S::beta1, {"beta1",
                          "Beta 1",
                          kHow,
                          Kind::Real,
                          {},
                          0,
                          0.9999,
                          "",
                          {},
                          "How long AdamW remembers gradients.",
                          false,
                          withAdam()});
    table.add(&S::beta2, {"beta2",
                          "Beta 2",
                          kHow,
                          Kind::Real,
                          {},
                          0,
                          0.999999,
                          "",
                          {},
                          "How long AdamW remembers squared gradients.",
                          false,
                          withAdam()});
    table.add(&S::epsilon, {"epsilon",
                            "Epsilon",
                            kHow,
                            Kind::Real,
                            {},
                            1e-12,
                            1e-2,
                            "",
                            {},
                            "Keeps AdamW from dividing by 0.",
                            false,
                            withAdam()});
    table.add(&S::clipNorm, {"clip_norm",
                             "Gradient clipping",
                             kHow,
                             Kind::Real,
                             {},
                             0,
                             1000,
                             "",
                             {},
                             "Longest gradient that is used whole; 0 turns clipping off.",
                             false});
}

}  // namespace studio
