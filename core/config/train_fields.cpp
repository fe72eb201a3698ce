// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/tables.h"
#include "core/config/update_fields.h"

namespace studio {

namespace {

using Kind = Field::Kind;
using S = TrainSettings;

constexpr const char* kWhat = "What";
constexpr const char* kHow = "How";
constexpr const char* kStop = "Stop and keep";

FieldCondition withLora() {
    return {"method", {std::string("lora")}, false, "only with LoRA"};
}
FieldCondition withAllWeights() {
    return {"method", {std::string("full")}, false, "only when all weights can be trained"};
}
FieldCondition byEpochs() {
    return {"max_steps", {std::int64_t{0}}, false, "only when Steps is 0"};
}

void addBasics(FieldTable<S>& table) {
    table.add(&S::method, {"method",
                           "Method",
                           kHow,
                           Kind::Choice,
                           {},
                           0,
                           0,
                           "",
                           {"full", "lora"},
                           "Full fine-tuning changes all weights; LoRA trains small adapters beside them.",
                           true});
    table.add(&S::epochs, {"epochs",
                           "Epochs",
                           kHow,
                           Kind::Real,
                           {},
                           0.01,
                           1000,
                           "",
                           {},
                           "Passes over the train rows; not used when a number of steps is set.",
                           true,
                           byEpochs()});
    table.add(&S::learningRate, {"learning_rate",
                                 "Learning rate",
                                 kHow,
                                 Kind::Real,
                                 {},
                                 1e-8,
                                 0.1,
                                 "",
                                 {},
                                 "Size of one step at its peak; too high shows as spikes in the loss.",
                                 true});
    table.add(&S::batchRows, {"batch_rows",
                              "Batch",
                              kHow,
                              Kind::Integer,
                              {},
                              1,
                              4096,
                              "rows",
                              {},
                              "Rows in one micro-batch; fewer rows need less memory.",
                              true});
    table.add(&S::accumulation, {"accumulation",
                                 "Accumulation",
                                 kHow,
                                 Kind::Integer,
                                 {},
                                 1,
                                 4096,
                                 "batches",
                                 {},
                                 "Micro-batches added up for one step; rows per step = batch × accumulation.",
                                 true});
    table.add(&S::cutoff, {"cutoff",
                           "Cutoff",
                           kHow,
                           Kind::Integer,
                           {},
                           8,
                           1048576,
                           "tokens",
                           {},
                           "Tokens a row may have; longer rows are cut and counted.",
                           true});
    table.add(&S::trainOnPrompt, {"train_on_prompt",
                                  "Train on the prompt",
                                  kWhat,
                                  Kind::Switch,
                                  {},
                                  0,
                                  0,
                                  "",
                                  {},
                                  "Learn the prompt's tokens too, not only the response's.",
                                  false});
    table.add(&S::mixture, {"mixture",
                            "Mixture",
                            kWhat,
                            Kind::Text,
                            {},
                            0,
                            0,
                            "",
                            {},
                            "How often the rows of a source come in one epoch: source=weight, parted by "
                            "commas; others come once.",
                            false});
}

void addLora(FieldTable<S>& table) {
    table.add(&S::loraRank, {"lora_rank",
                             "LoRA rank",
                             kHow,
                             Kind::Integer,
                             {},
                             1,
                             1024,
                             "",
                             {},
                             "Width of the adapters; a higher rank learns more and needs more memory.",
                             true,
                             withLora()});
    table.add(&S::loraAlpha, {"lora_alpha",
                              "LoRA alpha",
                              kHow,
                              Kind::Real,
                              {},
                              0.001,
                              65536,
                              "",
                              {},
                              "Strength of the adapters: their output is multiplied by alpha / rank.",
                              false,
                              withLora()});
    table.add(&S::loraRankStabilized,
              {"lora_rank_stabilized",
               "Rank-stabilized LoRA",
               kHow,
               Kind::Switch,
               {},
               0,
               0,
               "",
               {},
               "Multiply by alpha / √rank instead, so that high ranks learn as fast as low ones (rsLoRA).",
               false,
               withLora()});
    table.add(&S::loraDropout, {"lora_dropout",
                                "LoRA dropout",
                                kHow,
                                Kind::Real,
                                {},
                                0,
                                0.9,
                                "",
                                {},
                                "Share of an adapter's input that is left out at random in each step.",
                                false,
                                withLora()});
    table.add(&S::loraTargets,
              {"lora_targets",
               "LoRA targets",
               kHow,
               Kind::Text,
               {},
               0,
               0,
               "",
               {"all", "attention", "mlp", "q_proj,v_proj"},
               "Which projections get an adapter: all, attention, mlp, or names with commas.",
               false,
               withLora()});
    table.add(&S::freeze, {"freeze",
                           "Frozen weights",
                           kHow,
                           Kind::Text,
                           {},
                           0,
                           0,
                           "",
                           {"model.embed_tokens*", "model.layers.[0-1].*"},
                           "Names of weights that stay as they are, with *, ? and [0-3], parted by commas.",
                           false,
                           withAllWeights()});
}

void addMemory(FieldTable<S>& table) {
    table.add(&S::batchTokens, {"batch_tokens",
                                "Token budget",
                                kHow,
                                Kind::Integer,
                                {},
                                0,
                                100000000,
                                "tokens",
                                {},
                                "Most tokens computed at once: a batch above it is done in parts, with the "
                                "same result; 0 means no limit.",
                                false});
    table.add(&S::gradientCheckpointing,
              {"gradient_checkpointing",
               "Gradient checkpointing",
               kHow,
               Kind::Switch,
               {},
               0,
               0,
               "",
               {},
               "Computes blocks again in the backward pass: less memory, about a quarter more time.",
               false});
}

void addRegularization(FieldTable<S>& table) {
    table.add(&S::labelSmoothing, {"label_smoothing",
                                   "Label smoothing",
                                   kHow,
                                   Kind::Real,
                                   {},
                                   0,
                                   0.9,
                                   "",
                                   {},
                                   "Share of each label that is spread over all words; 0 turns it off.",
                                   false});
    table.add(&S::neftuneAlpha, {"neftune_alpha",
                                 "NEFTune noise",
                                 kHow,
                                 Kind::Real,
                                 {},
                                 0,
                                 100,
                                 "",
                                 {},
                                 "Noise on the embeddings while training, often 5; 0 turns it off.",
                                 false});
}

void addStopAndMachine(FieldTable<S>& table) {
    table.add(&S::maxSteps, {"max_steps",
                             "Steps",
                             kStop,
                             Kind::Integer,
                             {},
                             0,
                             100000000,
                             "steps",
                             {},
                             "Stop after so many steps; 0 goes by epochs.",
                             false});
    table.add(&S::evaluateEvery, {"evaluate_every",
                                  "Evaluate every",
                                  kStop,
                                  Kind::Integer,
                                  {},
                                  0,
                                  100000000,
                                  "steps",
                                  {},
                                  "On the validation rows; 0 means about ten times a run.",
                                  true});
    table.add(&S::keepBest, {"keep_best",
                             "Keep the best",
                             kStop,
                             Kind::Switch,
                             {},
                             0,
                             0,
                             "",
                             {},
                             "Saves the model of the lowest evaluation loss instead of the last.",
                             false});
    table.add(&S::patience, {"patience",
                             "Patience",
                             kStop,
                             Kind::Integer,
                             {},
                             0,
                             100000,
                             "evaluations",
                             {},
                             "Stops after so many evaluations without a lower loss; 0 never does.",
                             false});
    table.add(&S::sampleEvery, {"sample_every",
                                "Sample every",
                                kStop,
                                Kind::Integer,
                                {},
                                0,
                                100000000,
                                "steps",
                                {},
                                "Answers a few fixed prompts as it learns; 0 does not.",
                                true});
    table.add(&S::checkpointEvery,
              {"checkpoint_every",
               "Checkpoint every",
               kStop,
               Kind::Integer,
               {},
               0,
               100000000,
               "steps",
               {},
               "From a checkpoint a run that was stopped or killed goes on; 0 means every "
               "five minutes.",
               false});
    table.add(&S::keepCheckpoints, {"keep_checkpoints",
                                    "Checkpoints kept",
                                    kStop,
                                    Kind::Integer,
                                    {},
                                    1,
                                    100,
                                    "",
                                    {},
                                    "The newest ones; older ones are removed.",
                                    false});
    table.add(&S::seed, {"seed",
                         "Seed",
                         kHow,
                         Kind::Integer,
                         {},
                         0,
                         2147483647,
                         "",
                         {},
                         "The same seed and settings give the same run on a CPU.",
                         false});
    table.add(&S::device, {"device",
                           "Device",
                           kHow,
                           Kind::Text,
                           {},
                           0,
                           0,
                           "",
                           {"auto", "cpu", "cuda"},
                           "Where the run is computed; auto takes a GPU when there is one.",
                           false});
    table.add(&S::precision, {"precision",
                              "Precision",
                              kHow,
                              Kind::Choice,
                              {},
                              0,
                              0,
                              "",
                              {"auto", "float32", "bfloat16", "float16"},
                              "Number format of the computation; auto chooses by device.",
                              false});
    table.add(&S::threads, {"threads",
                            "Threads",
                            kHow,
                            Kind::Integer,
                            {},
                            0,
                            1024,
                            "",
                            {},
                            "CPU threads; 0 means all that the program may use.",
                            false});
}

}  // namespace

const FieldTable<TrainSettings>& trainTable() {
    static const FieldTable<S> table = [] {
        FieldTable<S> made;
        addBasics(made);
        addLora(made);
        addScheduleFields(made);
        addOptimizerFields(made);
        addRegularization(made);
        addMemory(made);
        addStopAndMachine(made);
        return made;
    }();
    return table;
}

}  // namespace studio
