// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/tables.h"

namespace studio {

const FieldTable<GenerateSettings>& generateTable() {
    using Kind = Field::Kind;
    using S = GenerateSettings;
    constexpr const char* kGroup = "Generation";
    static const FieldTable<S> table = [] {
        FieldTable<S> made;
        made.add(&S::maxNewTokens, {"max_new_tokens",
                                    "Longest answer",
                                    kGroup,
                                    Kind::Integer,
                                    {},
                                    1,
                                    1048576,
                                    "tokens",
                                    {},
                                    "Generation stops here at the latest.",
                                    true});
        made.add(&S::temperature, {"temperature",
                                   "Temperature",
                                   kGroup,
                                   Kind::Real,
                                   {},
                                   0,
                                   10,
                                   "",
                                   {},
                                   "0 always takes the likeliest token; higher is more varied.",
                                   true});
        made.add(&S::topK, {"top_k",
                            "Top-k",
                            kGroup,
                            Kind::Integer,
                            {},
                            0,
                            2000000,
                            "",
                            {},
                            "Choose among the k likeliest tokens; 0 turns it off.",
                            false});
        made.add(&S::topP,
                 {"top_p",
                  "Top-p",
                  kGroup,
                  Kind::Real,
                  {},
                  0.001,
                  1,
                  "",
                  {},
                  "Choose among the likeliest tokens that together have this probability; 1 turns it off.",
                  false});
        made.add(&S::repetitionPenalty,
                 {"repetition_penalty",
                  "Repetition penalty",
                  kGroup,
                  Kind::Real,
                  {},
                  0.1,
                  10,
                  "",
                  {},
                  "Above 1 makes tokens that already occurred less likely; 1 turns it off.",
                  false});
        made.add(&S::seed, {"seed",
                            "Seed",
                            kGroup,
                            Kind::Integer,
                            {},
                            0,
                            2147483647,
                            "",
                            {},
                            "The same seed gives the same answer.",
                            true});
        return made;
    }();
    return table;
}

}  // namespace studio
