// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/field_texts.h"

#include <QtGlobal>
#include <algorithm>
#include <array>

namespace studio::ui {

namespace {

// The texts of core/config, which knows no Qt: named here once more so that the translation tools find them.
// A test compares both lists.
const std::array kFieldTexts = {
    // Training
    QT_TRANSLATE_NOOP("Fields", "How"), QT_TRANSLATE_NOOP("Fields", "Method"),
    QT_TRANSLATE_NOOP("Fields",
                      "Full fine-tuning changes all weights; LoRA trains small adapters beside them."),
    QT_TRANSLATE_NOOP("Fields", "full"), QT_TRANSLATE_NOOP("Fields", "Epochs"),
    QT_TRANSLATE_NOOP("Fields", "Passes over the train rows; not used when a number of steps is set."),
    QT_TRANSLATE_NOOP("Fields", "Learning rate"),
    QT_TRANSLATE_NOOP("Fields", "Size of one step at its peak; too high shows as spikes in the loss."),
    QT_TRANSLATE_NOOP("Fields", "Batch"),
    QT_TRANSLATE_NOOP("Fields", "Rows in one micro-batch; fewer rows need less memory."),
    QT_TRANSLATE_NOOP("Fields", "rows"), QT_TRANSLATE_NOOP("Fields", "Accumulation"),
    QT_TRANSLATE_NOOP("Fields", "Micro-batches added up for one step; rows per step = batch × accumulation."),
    QT_TRANSLATE_NOOP("Fields", "batches"), QT_TRANSLATE_NOOP("Fields", "Cutoff"),
    QT_TRANSLATE_NOOP("Fields", "Tokens a row may have; longer rows are cut and counted."),
    QT_TRANSLATE_NOOP("Fields", "tokens"), QT_TRANSLATE_NOOP("Fields", "What"),
    QT_TRANSLATE_NOOP("Fields", "Train on the prompt"),
    QT_TRANSLATE_NOOP("Fields", "Learn the prompt's tokens too, not only the response's."),
    QT_TRANSLATE_NOOP("Fields", "Schedule"),
    QT_TRANSLATE_NOOP("Fields", "How the learning rate changes after the warm-up."),
    QT_TRANSLATE_NOOP("Fields", "constant"), QT_TRANSLATE_NOOP("Fields", "linear"),
    QT_TRANSLATE_NOOP("Fields", "cosine"), QT_TRANSLATE_NOOP("Fields", "Warm-up"),
    QT_TRANSLATE_NOOP("Fields", "Share of all steps in which the learning rate rises from 0 to its peak."),
    QT_TRANSLATE_NOOP("Fields", "Final learning rate"),
    QT_TRANSLATE_NOOP("Fields", "Where a linear or cosine schedule ends, as a share of the peak."),
    QT_TRANSLATE_NOOP("Fields", "Weight decay"),
    QT_TRANSLATE_NOOP("Fields",
                      "Pulls weights towards 0, apart from the gradient; none on norms and biases."),
    QT_TRANSLATE_NOOP("Fields", "Beta 1"), QT_TRANSLATE_NOOP("Fields", "How long AdamW remembers gradients."),
    QT_TRANSLATE_NOOP("Fields", "Beta 2"),
    QT_TRANSLATE_NOOP("Fields", "How long AdamW remembers squared gradients."),
    QT_TRANSLATE_NOOP("Fields", "Epsilon"), QT_TRANSLATE_NOOP("Fields", "Keeps AdamW from dividing by 0."),
    QT_TRANSLATE_NOOP("Fields", "Gradient clipping"),
    QT_TRANSLATE_NOOP("Fields", "Longest gradient that is used whole; 0 turns clipping off."),
    QT_TRANSLATE_NOOP("Fields", "Stop and keep"), QT_TRANSLATE_NOOP("Fields", "Steps"),
    QT_TRANSLATE_NOOP("Fields", "Stop after so many steps; 0 goes by epochs."),
    QT_TRANSLATE_NOOP("Fields", "steps"), QT_TRANSLATE_NOOP("Fields", "Evaluate every"),
    QT_TRANSLATE_NOOP("Fields", "On the validation rows; 0 means about ten times a run."),
    QT_TRANSLATE_NOOP("Fields", "Checkpoint every"),
    QT_TRANSLATE_NOOP(
        "Fields", "From a checkpoint a run that was stopped or killed goes on; 0 means every five minutes."),
    QT_TRANSLATE_NOOP("Fields", "Seed"),
    QT_TRANSLATE_NOOP("Fields", "The same seed and settings give the same run on a CPU."),
    QT_TRANSLATE_NOOP("Fields", "Device"),
    QT_TRANSLATE_NOOP("Fields", "Where the run is computed; auto takes a GPU when there is one."),
    QT_TRANSLATE_NOOP("Fields", "auto"), QT_TRANSLATE_NOOP("Fields", "cpu"),
    QT_TRANSLATE_NOOP("Fields", "cuda"), QT_TRANSLATE_NOOP("Fields", "Precision"),
    QT_TRANSLATE_NOOP("Fields", "Number format of the computation; auto chooses by device."),
    QT_TRANSLATE_NOOP("Fields", "float32"), QT_TRANSLATE_NOOP("Fields", "bfloat16"),
    QT_TRANSLATE_NOOP("Fields", "float16"), QT_TRANSLATE_NOOP("Fields", "Threads"),
    QT_TRANSLATE_NOOP("Fields", "CPU threads; 0 means all that the program may use."),
    QT_TRANSLATE_NOOP("Fields", "lora"), QT_TRANSLATE_NOOP("Fields", "LoRA rank"),
    QT_TRANSLATE_NOOP("Fields", "Width of the adapters; a higher rank learns more and needs more memory."),
    QT_TRANSLATE_NOOP("Fields", "LoRA alpha"),
    QT_TRANSLATE_NOOP("Fields", "Strength of the adapters: their output is multiplied by alpha / rank."),
    QT_TRANSLATE_NOOP("Fields", "Rank-stabilized LoRA"),
    QT_TRANSLATE_NOOP(
        "Fields",
        "Multiply by alpha / √rank instead, so that high ranks learn as fast as low ones (rsLoRA)."),
    QT_TRANSLATE_NOOP("Fields", "LoRA dropout"),
    QT_TRANSLATE_NOOP("Fields", "Share of an adapter's input that is left out at random in each step."),
    QT_TRANSLATE_NOOP("Fields", "LoRA targets"),
    QT_TRANSLATE_NOOP("Fields",
                      "Which projections get an adapter: all, attention, mlp, or names with commas."),
    QT_TRANSLATE_NOOP("Fields", "Frozen weights"),
    QT_TRANSLATE_NOOP("Fields",
                      "Names of weights that stay as they are, with *, ? and [0-3], parted by commas."),
    QT_TRANSLATE_NOOP("Fields", "Mixture"),
    QT_TRANSLATE_NOOP("Fields",
                      "How often the rows of a source come in one epoch: source=weight, parted by commas; "
                      "others come once."),
    QT_TRANSLATE_NOOP("Fields", "Label smoothing"),
    QT_TRANSLATE_NOOP("Fields", "Share of each label that is spread over all words; 0 turns it off."),
    QT_TRANSLATE_NOOP("Fields", "NEFTune noise"),
    QT_TRANSLATE_NOOP("Fields", "Noise on the embeddings while training, often 5; 0 turns it off."),
    QT_TRANSLATE_NOOP("Fields", "Optimizer"),
    QT_TRANSLATE_NOOP("Fields", "adamw8bit keeps its moments in 8 bits; SGD keeps only a momentum."),
    QT_TRANSLATE_NOOP("Fields", "adamw"), QT_TRANSLATE_NOOP("Fields", "adamw8bit"),
    QT_TRANSLATE_NOOP("Fields", "sgd"), QT_TRANSLATE_NOOP("Fields", "Momentum"),
    QT_TRANSLATE_NOOP("Fields", "How long SGD remembers gradients; 0 turns it off."),
    QT_TRANSLATE_NOOP("Fields", "Token budget"),
    QT_TRANSLATE_NOOP("Fields",
                      "Most tokens computed at once: a batch above it is done in parts, with the same "
                      "result; 0 means no limit."),
    QT_TRANSLATE_NOOP("Fields", "Gradient checkpointing"),
    QT_TRANSLATE_NOOP("Fields",
                      "Computes blocks again in the backward pass: less memory, about a quarter more time."),
    QT_TRANSLATE_NOOP("Fields", "only with LoRA"),
    QT_TRANSLATE_NOOP("Fields", "only when all weights can be trained"),
    QT_TRANSLATE_NOOP("Fields", "only when Steps is 0"),
    QT_TRANSLATE_NOOP("Fields", "only when Warm-up steps is 0"),
    QT_TRANSLATE_NOOP("Fields", "only with a schedule that falls"),
    QT_TRANSLATE_NOOP("Fields", "only with SGD"), QT_TRANSLATE_NOOP("Fields", "only with AdamW"),
    QT_TRANSLATE_NOOP("Fields", "Warm-up steps"),
    QT_TRANSLATE_NOOP("Fields", "Steps of the warm-up instead of a share; 0 goes by the share."),
    QT_TRANSLATE_NOOP("Fields", "Keep the best"),
    QT_TRANSLATE_NOOP("Fields", "Saves the model of the lowest evaluation loss instead of the last."),
    QT_TRANSLATE_NOOP("Fields", "Patience"),
    QT_TRANSLATE_NOOP("Fields", "Stops after so many evaluations without a lower loss; 0 never does."),
    QT_TRANSLATE_NOOP("Fields", "evaluations"), QT_TRANSLATE_NOOP("Fields", "Sample every"),
    QT_TRANSLATE_NOOP("Fields", "Answers a few fixed prompts as it learns; 0 does not."),
    QT_TRANSLATE_NOOP("Fields", "Checkpoints kept"),
    QT_TRANSLATE_NOOP("Fields", "The newest ones; older ones are removed."),
    // Generation
    QT_TRANSLATE_NOOP("Fields", "Generation"), QT_TRANSLATE_NOOP("Fields", "Longest answer"),
    QT_TRANSLATE_NOOP("Fields", "Generation stops here at the latest."),
    QT_TRANSLATE_NOOP("Fields", "Temperature"),
    QT_TRANSLATE_NOOP("Fields", "0 always takes the likeliest token; higher is more varied."),
    QT_TRANSLATE_NOOP("Fields", "Top-k"),
    QT_TRANSLATE_NOOP("Fields", "Choose among the k likeliest tokens; 0 turns it off."),
    QT_TRANSLATE_NOOP("Fields", "Top-p"),
    QT_TRANSLATE_NOOP(
        "Fields", "Choose among the likeliest tokens that together have this probability; 1 turns it off."),
    QT_TRANSLATE_NOOP("Fields", "Repetition penalty"),
    QT_TRANSLATE_NOOP("Fields", "Above 1 makes tokens that already occurred less likely; 1 turns it off."),
    QT_TRANSLATE_NOOP("Fields", "The same seed gives the same answer."),
    // Architecture
    QT_TRANSLATE_NOOP("Fields", "Architecture"), QT_TRANSLATE_NOOP("Fields", "Vocabulary"),
    QT_TRANSLATE_NOOP("Fields", "Tokens that the tokenizer knows."),
    QT_TRANSLATE_NOOP("Fields", "Hidden size"),
    QT_TRANSLATE_NOOP("Fields", "Width of the model; the heads must divide it."),
    QT_TRANSLATE_NOOP("Fields", "Feed-forward size"),
    QT_TRANSLATE_NOOP("Fields", "Width inside each feed-forward block."),
    QT_TRANSLATE_NOOP("Fields", "Layers"),
    QT_TRANSLATE_NOOP("Fields", "Decoder blocks, one after the other."),
    QT_TRANSLATE_NOOP("Fields", "Attention heads"), QT_TRANSLATE_NOOP("Fields", "Query heads in each layer."),
    QT_TRANSLATE_NOOP("Fields", "Key–value heads"),
    QT_TRANSLATE_NOOP("Fields", "Heads of keys and values; must divide the attention heads."),
    QT_TRANSLATE_NOOP("Fields", "Context length"),
    QT_TRANSLATE_NOOP("Fields", "Longest text that the model is made for."),
    QT_TRANSLATE_NOOP("Fields", "Rotary base"),
    QT_TRANSLATE_NOOP("Fields", "Base of the rotary position angles."),
    QT_TRANSLATE_NOOP("Fields", "Norm epsilon"),
    QT_TRANSLATE_NOOP("Fields", "Keeps the norm from dividing by 0."),
    QT_TRANSLATE_NOOP("Fields", "Tied embeddings"),
    QT_TRANSLATE_NOOP("Fields", "The output layer shares the embedding's weights."),
    QT_TRANSLATE_NOOP("Fields", "Initial spread"),
    QT_TRANSLATE_NOOP("Fields", "Standard deviation of the first random weights.")};

}  // namespace

bool isFieldText(const std::string& english) {
    return std::find(kFieldTexts.begin(), kFieldTexts.end(), english) != kFieldTexts.end();
}

}  // namespace studio::ui
