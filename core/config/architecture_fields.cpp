// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/tables.h"

namespace studio {

const FieldTable<ArchitectureSettings>& architectureTable() {
    using Kind = Field::Kind;
    using S = ArchitectureSettings;
    constexpr const char* kGroup = "Architecture";
    static const FieldTable<S> table = [] {
        FieldTable<S> made;
        made.add(&S::vocabSize, {"vocab_size",
                                 "Vocabulary",
                                 kGroup,
                                 Kind::Integer,
                                 {},
                                 16,
                                 2000000,
                                 "tokens",
                                 {},
                                 "Tokens that the tokenizer knows.",
                                 true});
        made.add(&S::hiddenSize, {"hidden_size",
                                  "Hidden size",
                                  kGroup,
                                  Kind::Integer,
                                  {},
                                  2,
                                  65536,
                                  "",
                                  {},
                                  "Width of the model; the heads must divide it.",
                                  true});
        made.add(&S::intermediateSize, {"intermediate_size",
                                        "Feed-forward size",
                                        kGroup,
                                        Kind::Integer,
                                        {},
                                        1,
                                        524288,
                                        "",
                                        {},
                                        "Width inside each feed-forward block.",
                                        true});
        made.add(&S::layerCount, {"num_hidden_layers",
                                  "Layers",
                                  kGroup,
                                  Kind::Integer,
                                  {},
                                  1,
                                  1024,
                                  "",
                                  {},
                                  "Decoder blocks, one after the other.",
                                  true});
        made.add(&S::headCount, {"num_attention_heads",
                                 "Attention heads",
                                 kGroup,
                                 Kind::Integer,
                                 {},
                                 1,
                                 1024,
                                 "",
                                 {},
                                 "Query heads in each layer.",
                                 true});
        made.add(&S::keyValueHeadCount, {"num_key_value_heads",
                                         "Key–value heads",
                                         kGroup,
                                         Kind::Integer,
                                         {},
                                         1,
                                         1024,
                                         "",
                                         {},
                                         "Heads of keys and values; must divide the attention heads.",
                                         true});
        made.add(&S::contextLength, {"max_position_embeddings",
                                     "Context length",
                                     kGroup,
                                     Kind::Integer,
                                     {},
                                     8,
                                     16777216,
                                     "tokens",
                                     {},
                                     "Longest text that the model is made for.",
                                     true});
        made.add(&S::ropeTheta, {"rope_theta",
                                 "Rotary base",
                                 kGroup,
                                 Kind::Real,
                                 {},
                                 1,
                                 1e9,
                                 "",
                                 {},
                                 "Base of the rotary position angles.",
                                 false});
        made.add(&S::normEpsilon, {"rms_norm_eps",
                                   "Norm epsilon",
                                   kGroup,
                                   Kind::Real,
                                   {},
                                   1e-12,
                                   1e-2,
                                   "",
                                   {},
                                   "Keeps the norm from dividing by 0.",
                                   false});
        made.add(&S::tiedEmbeddings, {"tie_word_embeddings",
                                      "Tied embeddings",
                                      kGroup,
                                      Kind::Switch,
                                      {},
                                      0,
                                      0,
                                      "",
                                      {},
                                      "The output layer shares the embedding's weights.",
                                      false});
        made.add(&S::initializerRange, {"initializer_range",
                                        "Initial spread",
                                        kGroup,
                                        Kind::Real,
                                        {},
                                        1e-6,
                                        1,
                                        "",
                                        {},
                                        "Standard deviation of the first random weights.",
                                        false});
        return made;
    }();
    return table;
}

}  // namespace studio
