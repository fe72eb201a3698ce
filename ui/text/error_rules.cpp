// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/error_rules.h"

#include <QtGlobal>
#include <algorithm>
#include <array>

namespace studio::ui {

namespace {

const std::array kRules = {
    // Models and the lists of them
    ErrorRule{"model_feature",
              QT_TRANSLATE_NOOP("Errors", "%1 asks for something that this version does not know: %2."),
              QT_TRANSLATE_NOOP("Errors", "Choose a model of one of these architectures: %3.")},
    ErrorRule{"model_setting",
              QT_TRANSLATE_NOOP("Errors", "%1 asks for something that this version does not know: %2."),
              QT_TRANSLATE_NOOP("Errors", "Choose a model without it.")},
    ErrorRule{"no_config", QT_TRANSLATE_NOOP("Errors", "There is no config.json in %1."),
              QT_TRANSLATE_NOOP("Errors", "Choose a model folder in the Hugging Face layout.")},
    ErrorRule{"adapter_not_model", QT_TRANSLATE_NOOP("Errors", "%1 holds a LoRA adapter and no model."),
              QT_TRANSLATE_NOOP(
                  "Errors", "Choose the adapter's base model, and this folder as the adapter beside it.")},
    ErrorRule{"model_folder_missing", QT_TRANSLATE_NOOP("Errors", "The folder %1 is not there."),
              QT_TRANSLATE_NOOP("Errors", "Bring it back, or remove the model from the list.")},
    ErrorRule{"run_model_lost",
              QT_TRANSLATE_NOOP("Errors", "The model of the run %2 is not whole. Missing: %1."),
              QT_TRANSLATE_NOOP("Errors", "Put it back from a copy, or train again with the same settings.")},
    ErrorRule{
        "run_model_mergeable",
        QT_TRANSLATE_NOOP("Errors", "The model of the run %2 is not whole. Missing: %1."),
        QT_TRANSLATE_NOOP(
            "Errors", "Put it back from a copy, or export the run's adapter, merged into its base model.")},
    ErrorRule{"run_model_resumable",
              QT_TRANSLATE_NOOP("Errors", "The model of the run %2 is not whole. Missing: %1."),
              QT_TRANSLATE_NOOP("Errors",
                                "Put it back from a copy, or resume the run, which saves its model anew.")},
    ErrorRule{"model_name", QT_TRANSLATE_NOOP("Errors", "This cannot be the name of a model."),
              QT_TRANSLATE_NOOP("Errors", "Use at most %2 bytes on one line.")},
    ErrorRule{
        "tokenizer_size",
        QT_TRANSLATE_NOOP("Errors", "The tokenizer has %2 tokens, and the model has embeddings for %3."),
        QT_TRANSLATE_NOOP("Errors", "Put the tokenizer into the folder that belongs to this model.")},
    // Adapters
    ErrorRule{"adapter_field",
              QT_TRANSLATE_NOOP("Errors", "%1 has a setting that this version does not read: %2."),
              QT_TRANSLATE_NOOP("Errors", "Choose a LoRA adapter of PEFT without it.")},
    ErrorRule{"adapter_unfit",
              QT_TRANSLATE_NOOP("Errors", "%1 does not fit the base model, or is damaged: %2."),
              QT_TRANSLATE_NOOP("Errors",
                                "Choose the model that the adapter was made for, or get the adapter again.")},
    ErrorRule{
        "adapter_not_finite", QT_TRANSLATE_NOOP("Errors", "%1 holds NaN or infinity in the tensor %2."),
        QT_TRANSLATE_NOOP("Errors", "Get the adapter again, or train it again with a lower learning rate.")},
    ErrorRule{
        "adapter_weights_missing",
        QT_TRANSLATE_NOOP(
            "Errors", "The adapter in %1 has no weights (adapter_model.safetensors or adapter_model.bin)."),
        QT_TRANSLATE_NOOP("Errors", "Get the adapter again, with its weights.")},
    ErrorRule{"adapter_base_missing",
              QT_TRANSLATE_NOOP("Errors", "The base model of the adapter in %1 is not there: %2."),
              QT_TRANSLATE_NOOP("Errors", "Open the adapter again and choose the folder of its base model.")},
    ErrorRule{"adapter_base_unknown",
              QT_TRANSLATE_NOOP("Errors", "The adapter in %1 does not say which base model it was made for."),
              QT_TRANSLATE_NOOP("Errors", "Open the adapter again and choose the folder of its base model.")},
    // Exports
    ErrorRule{"gguf_model",
              QT_TRANSLATE_NOOP(
                  "Errors",
                  "A GGUF file cannot hold a model of the architecture %1: llama.cpp does not compute %2."),
              QT_TRANSLATE_NOOP("Errors", "Use the model as it is, in the Hugging Face layout.")},
    ErrorRule{
        "gguf_tokenizer",
        QT_TRANSLATE_NOOP("Errors", "A GGUF file cannot hold the tokenizer %1: llama.cpp does not know %2."),
        QT_TRANSLATE_NOOP("Errors", "Use the model as it is, in the Hugging Face layout.")},
    ErrorRule{"number_beyond_type",
              QT_TRANSLATE_NOOP("Errors", "The tensor %1 has a number that is too large for %2."),
              QT_TRANSLATE_NOOP("Errors", "Choose F32 or BF16.")},
    ErrorRule{"not_finite", QT_TRANSLATE_NOOP("Errors", "The tensor %1 has a number that is not finite."),
              QT_TRANSLATE_NOOP("Errors", "Choose a model whose training did not diverge.")},
    ErrorRule{"other_file_there", QT_TRANSLATE_NOOP("Errors", "%1 is there already and is no GGUF file."),
              QT_TRANSLATE_NOOP("Errors", "Choose another name, or remove the file.")},
    ErrorRule{"already_there", QT_TRANSLATE_NOOP("Errors", "%1 is there already."),
              QT_TRANSLATE_NOOP("Errors", "Choose a folder that is not there yet.")},
    ErrorRule{"no_room", QT_TRANSLATE_NOOP("Errors", "%1 needs about %2, but %3 are free there."),
              QT_TRANSLATE_NOOP("Errors", "Make room there, or choose another disk.")},
    // Downloads
    ErrorRule{"no_download",
              QT_TRANSLATE_NOOP("Errors", "%1 is there already, and is not a download of this program."),
              QT_TRANSLATE_NOOP("Errors", "Choose another folder to download into, or move this one away.")},
    ErrorRule{"download_of_other", QT_TRANSLATE_NOOP("Errors", "%1 holds a download of %2."),
              QT_TRANSLATE_NOOP("Errors", "Choose another folder to download into, or remove this one.")},
    ErrorRule{"not_a_folder", QT_TRANSLATE_NOOP("Errors", "%1 is a file, not a folder."),
              QT_TRANSLATE_NOOP("Errors", "Choose a folder to download into.")},
    ErrorRule{"download_busy",
              QT_TRANSLATE_NOOP("Errors", "Another process is downloading into %1 just now."),
              QT_TRANSLATE_NOOP("Errors", "Wait for its end, or stop it; then the download can go on.")},
    ErrorRule{
        "hub_address",
        QT_TRANSLATE_NOOP("Errors", "The address of the hub, %1, is not one such as https://huggingface.co."),
        QT_TRANSLATE_NOOP("Errors", "Correct it; it has no name, password or query.")},
    ErrorRule{"revision_name", QT_TRANSLATE_NOOP("Errors", "%1 is not the name of a revision."),
              QT_TRANSLATE_NOOP("Errors", "Give a branch, a tag or a commit, such as main.")},
    ErrorRule{"not_a_hub", QT_TRANSLATE_NOOP("Errors", "%1 does not answer as a model hub does."),
              QT_TRANSLATE_NOOP("Errors", "Check the address of the hub.")},
    ErrorRule{"hub_token", QT_TRANSLATE_NOOP("Errors", "What %1 holds is no access token."),
              QT_TRANSLATE_NOOP("Errors", "Correct it, or remove it to go on without a token.")},
    ErrorRule{"no_such_model", QT_TRANSLATE_NOOP("Errors", "There is no model %1 on the hub."),
              QT_TRANSLATE_NOOP("Errors", "Check the name and the revision; a private model needs a token.")},
    ErrorRule{"no_such_revision", QT_TRANSLATE_NOOP("Errors", "The model %2 has no revision %1."),
              QT_TRANSLATE_NOOP("Errors", "Give a branch, a tag or a commit of it.")},
    ErrorRule{
        "listed_file_absent",
        QT_TRANSLATE_NOOP("Errors", "There is no file %1 in the model %2, though it is listed."),
        QT_TRANSLATE_NOOP("Errors", "Try again; if it stays so, the hub, or the mirror, is not whole.")},
    ErrorRule{"gated_model",
              QT_TRANSLATE_NOOP("Errors", "The model %1 is gated: its owner wants its terms accepted first."),
              QT_TRANSLATE_NOOP("Errors", "Accept them at %2, and set a token of the same account.")},
    ErrorRule{"too_many_requests", QT_TRANSLATE_NOOP("Errors", "%1 has had too many requests."),
              QT_TRANSLATE_NOOP("Errors", "Try again later; what has arrived is kept.")},
    ErrorRule{
        "hub_not_reached", QT_TRANSLATE_NOOP("Errors", "%1 cannot be reached."),
        QT_TRANSLATE_NOOP("Errors", "Check the network, the proxy settings and the address of the hub.")},
    ErrorRule{
        "not_trusted",
        QT_TRANSLATE_NOOP("Errors", "The certificate of %1, or of where it leads, does not hold."),
        QT_TRANSLATE_NOOP("Errors", "Check the clock of this machine and its package ca-certificates.")},
};

}  // namespace

const ErrorRule* errorRule(const std::string& name) {
    const auto found =
        std::find_if(kRules.begin(), kRules.end(), [&](const ErrorRule& rule) { return name == rule.name; });
    return found == kRules.end() ? nullptr : &*found;
}

}  // namespace studio::ui
