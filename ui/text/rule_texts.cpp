// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/rule_texts.h"

#include <QtGlobal>
#include <algorithm>
#include <array>

namespace studio::ui {

namespace {

struct RuleText {
    const char* rule;
    const char* source;
};

// core/data: AlpacaRows and the readers
constexpr std::array kRefusedRows = {
    RuleText{"missing_instruction", QT_TRANSLATE_NOOP("Rules", "The row has no instruction.")},
    RuleText{"missing_output",
             QT_TRANSLATE_NOOP("Rules", "The row has no output: there is nothing to learn.")},
    RuleText{"wrong_type", QT_TRANSLATE_NOOP("Rules", "The field %1 is not a text.")},
    RuleText{"empty", QT_TRANSLATE_NOOP("Rules", "All fields of the row are empty.")},
    RuleText{"bad_json", QT_TRANSLATE_NOOP("Rules", "The line is not JSON, or is cut.")},
    RuleText{"bad_utf8", QT_TRANSLATE_NOOP("Rules", "The line is not UTF-8 text.")},
    RuleText{"too_deep", QT_TRANSLATE_NOOP("Rules", "The row is nested too deeply.")},
    RuleText{"lone_surrogate", QT_TRANSLATE_NOOP("Rules", "The row holds one half of a character.")},
    RuleText{"other_format",
             QT_TRANSLATE_NOOP("Rules", "The row is of another format, which this version does not read.")},
};

constexpr std::array kImportNotes = {
    RuleText{"jsonl_by_content",
             QT_TRANSLATE_NOOP("Rules",
                               "The file is named .json but holds one record a line; it was read as JSONL.")},
    RuleText{"array_by_content",
             QT_TRANSLATE_NOOP("Rules",
                               "The file is named .jsonl but holds one JSON array; it was read as that.")},
    RuleText{
        "duplicates",
        QT_TRANSLATE_NOOP(
            "Rules",
            "Rows that are equal to an earlier one in instruction, input and output: %1. All were kept.")},
    RuleText{"passed_over",
             QT_TRANSLATE_NOOP("Rules",
                               "Files of the folder that are not read, being neither .json nor .jsonl: %1.")},
    RuleText{"folders_passed_over",
             QT_TRANSLATE_NOOP("Rules", "Folders within the folder, which are not looked into: %1.")},
    RuleText{"utf16", QT_TRANSLATE_NOOP("Rules", "The file is UTF-16 and was converted to UTF-8.")},
    RuleText{"root_object",
             QT_TRANSLATE_NOOP("Rules", "The records were read from a list inside the file's object.")},
    RuleText{"null_input", QT_TRANSLATE_NOOP("Rules", "Rows with input null, read as no input: %1.")},
    RuleText{
        "empty_instruction",
        QT_TRANSLATE_NOOP("Rules", "Rows with an empty instruction, whose input alone is the question: %1.")},
    RuleText{"numbers_as_text",
             QT_TRANSLATE_NOOP("Rules", "Rows with a number too large to keep exactly, kept as text: %1.")},
    RuleText{
        "duplicate_keys",
        QT_TRANSLATE_NOOP("Rules", "Rows with a key given twice, of which the last value was taken: %1.")},
    RuleText{
        "extra_fields",
        QT_TRANSLATE_NOOP(
            "Rules", "Other fields, kept with the rows and exported again, but not used by training: %1.")},
};

// core/formats and core/jobs: notes of an export
constexpr std::array kExportNotes = {
    RuleText{"adapter_of_another_base",
             QT_TRANSLATE_NOOP("Rules", "The adapter was made for %1; it is used with %2.")},
    RuleText{"adapter_of_other_weights",
             QT_TRANSLATE_NOOP(
                 "Rules", "The adapter was trained beside other weights than those that are now in %1.")},
    RuleText{"weights_not_finite", QT_TRANSLATE_NOOP("Rules",
                                                     "Tensors that hold NaN or infinity: %1, the first of "
                                                     "them %2; the model's answers will be of no use.")},
    RuleText{"tokenizer_unusable",
             QT_TRANSLATE_NOOP("Rules",
                               "The tokenizer in %1 was copied as it is, but cannot be used; copy its files "
                               "there again from where the model came from.")},
    RuleText{"chat_template_of_training",
             QT_TRANSLATE_NOOP("Rules",
                               "The chat template is the prompt template %1, with which the model was "
                               "fine-tuned.")},
    RuleText{
        "chat_template_left_out",
        QT_TRANSLATE_NOOP("Rules", "The file has no chat template, because the one in %1 cannot be read.")},
    RuleText{"window_ends_context",
             QT_TRANSLATE_NOOP("Rules",
                               "The model's attention reaches back %1 tokens, which llama.cpp does not keep "
                               "to for it; the file says a context of %1 tokens instead of %2, within which "
                               "both are the same.")},
    RuleText{"exact_gelu",
             QT_TRANSLATE_NOOP("Rules",
                               "The model has the exact GELU; llama.cpp computes its tanh form, which "
                               "differs by up to 0.0005.")},
    RuleText{"uneven_matrices",
             QT_TRANSLATE_NOOP("Rules",
                               "Q8_0 takes rows in groups of 32 numbers; matrices whose rows are no whole "
                               "groups are F16: %1.")},
    RuleText{"composes_characters",
             QT_TRANSLATE_NOOP("Rules",
                               "The tokenizer composes characters (NFC), which llama.cpp does not do; texts "
                               "with decomposed accents are tokenised otherwise.")},
    RuleText{"rewrites_characters",
             QT_TRANSLATE_NOOP("Rules",
                               "The tokenizer rewrites characters (%1), which llama.cpp does not do; texts "
                               "with such characters are tokenised otherwise.")},
    RuleText{"removes_extra_spaces",
             QT_TRANSLATE_NOOP("Rules",
                               "The tokenizer drops spaces at the ends of a text and repeated ones, which "
                               "llama.cpp does not do; such texts are tokenised otherwise.")},
    RuleText{"no_byte_tokens",
             QT_TRANSLATE_NOOP("Rules",
                               "The tokenizer has no tokens for single bytes; llama.cpp fails at a "
                               "character that it does not know.")},
    RuleText{
        "space_behind_token",
        QT_TRANSLATE_NOOP("Rules", "After the token %1 llama.cpp puts a space that the tokenizer does not.")},
};

constexpr std::array kLogs = {
    RuleText{"validation_from_train",
             QT_TRANSLATE_NOOP("Rules", "No row is in validation: %1 train rows are kept aside for it")},
    RuleText{"rows_cut", QT_TRANSLATE_NOOP("Rules", "%1 rows are longer than %2 tokens and lose their end")},
    RuleText{"rows_without_label",
             QT_TRANSLATE_NOOP("Rules", "%1 rows have no response left within %2 tokens and are left out")},
    RuleText{"validation_rows_cut",
             QT_TRANSLATE_NOOP("Rules",
                               "%1 validation rows are longer than %2 tokens; their end is not measured")},
    RuleText{"validation_rows_without_label",
             QT_TRANSLATE_NOOP("Rules",
                               "%1 validation rows have no response within %2 tokens and are not measured")},
    RuleText{"instructions_unread",
             QT_TRANSLATE_NOOP("Rules",
                               "The chat template leaves out the instructions of the rows, or changes them")},
    RuleText{"cutoff_lowered",
             QT_TRANSLATE_NOOP("Rules", "The cutoff is %1 tokens, not %2: the model's context ends there")},
    RuleText{"checkpoint_failed", QT_TRANSLATE_NOOP("Rules", "No checkpoint was saved: %1")},
    RuleText{"checkpoint_skipped", QT_TRANSLATE_NOOP("Rules", "An older checkpoint is taken: %1")},
    RuleText{"metrics_torn", QT_TRANSLATE_NOOP("Rules", "Torn lines of metrics.jsonl were dropped: %1")},
    RuleText{"disk_low", QT_TRANSLATE_NOOP(
                             "Rules", "Only %1 free on the disk: the next checkpoint and the model need %2")},
    RuleText{"disk_full",
             QT_TRANSLATE_NOOP("Rules", "The disk is full: figures are written when there is room again")},
    RuleText{"status_not_written",
             QT_TRANSLATE_NOOP("Rules", "The end of the run was not written to its folder: %1")},
    RuleText{"resumed", QT_TRANSLATE_NOOP("Rules", "The run goes on from step %1")},
    RuleText{
        "no_validation",
        QT_TRANSLATE_NOOP("Rules", "No validation rows: the best model cannot be told, the last is kept")},
    RuleText{"patience_over",
             QT_TRANSLATE_NOOP("Rules", "%1 evaluations without a lower loss: the run ends here")},
    RuleText{"best_kept", QT_TRANSLATE_NOOP("Rules", "The model of step %1 is kept: evaluation loss %2")},
    RuleText{
        "worse_than_base",
        QT_TRANSLATE_NOOP("Rules", "The evaluation loss is %1 and was %2 before: lower the learning rate")},
    RuleText{"best_lost",
             QT_TRANSLATE_NOOP("Rules", "The best weights cannot be kept, the last ones count: %1")},
    RuleText{"sample_failed", QT_TRANSLATE_NOOP("Rules", "A prompt was not answered: %1")},
    RuleText{"mixture_unknown_source", QT_TRANSLATE_NOOP("Rules", "No train row comes from %1")},
    RuleText{"paused", QT_TRANSLATE_NOOP("Rules", "Paused after step %1")},
    RuleText{"continued", QT_TRANSLATE_NOOP("Rules", "Training goes on")},
    RuleText{"learning_rate_changed",
             QT_TRANSLATE_NOOP("Rules", "From step %1 on the peak learning rate is %2")},
    RuleText{"learning_rate_unused",
             QT_TRANSLATE_NOOP("Rules", "No step was made yet with the peak learning rate %1")},
    RuleText{
        "hand_over_failed",
        QT_TRANSLATE_NOOP("Rules", "Not handed over: no checkpoint could be saved; the training goes on")},
    RuleText{"discard_withdrawn",
             QT_TRANSLATE_NOOP("Rules", "What was learned is kept: a discard was asked for as well")},
    RuleText{"saved", QT_TRANSLATE_NOOP("Rules", "Model saved")},
};

// core/config: range has value, least, greatest; choice has value and choices
constexpr std::array kFieldIssues = {
    RuleText{"range", QT_TRANSLATE_NOOP("Rules", "%1 is outside %2 to %3.")},
    RuleText{"type", QT_TRANSLATE_NOOP("Rules", "This is not a number.")},
    RuleText{"choice", QT_TRANSLATE_NOOP("Rules", "%1 is not one of the choices.")},
    RuleText{"device", QT_TRANSLATE_NOOP("Rules", "%1 is not auto, cpu, cuda or cuda:0, cuda:1 and so on.")},
    RuleText{"beta1_beyond_beta2",
             QT_TRANSLATE_NOOP("Rules", "%1 is above beta 2 (%2); AdamW is unstable then.")},
    RuleText{"cutoff_beyond_context",
             QT_TRANSLATE_NOOP("Rules", "%1 is too long: the base model holds at most %2 tokens.")},
    RuleText{"lora_targets",
             QT_TRANSLATE_NOOP("Rules", "%1 is not all, attention, mlp, or the name of a projection.")},
    RuleText{"freeze_pattern",
             QT_TRANSLATE_NOOP("Rules", "The brackets of %1 must hold a number or a range such as [0-3].")},
    RuleText{"freeze_with_lora",
             QT_TRANSLATE_NOOP("Rules", "LoRA leaves all weights as they are; clear the patterns.")},
    RuleText{
        "mixture",
        QT_TRANSLATE_NOOP("Rules", "%1 is not source=weight with a weight of 0 to 1000, each source once.")},
    RuleText{"empty_stop", QT_TRANSLATE_NOOP("Rules", "An empty stop text would end every answer at once.")},
    RuleText{"heads_do_not_divide_hidden",
             QT_TRANSLATE_NOOP("Rules", "The heads do not divide the hidden size.")},
    RuleText{"key_value_heads_do_not_divide",
             QT_TRANSLATE_NOOP("Rules", "The key–value heads do not divide the attention heads.")},
    RuleText{"unknown", QT_TRANSLATE_NOOP("Rules", "There is no setting of this name.")},
};

// core/config/frozen_names and core/base/device_choice
constexpr std::array kSettingErrors = {
    RuleText{"freeze_in_part",
             QT_TRANSLATE_NOOP("Rules", "Frozen weights: %1 are computed together; freeze all or none.")},
    RuleText{"freeze_fits_nothing",
             QT_TRANSLATE_NOOP("Rules", "Frozen weights: no weight of this model fits %1.")},
    RuleText{"freeze_everything",
             QT_TRANSLATE_NOOP("Rules", "Frozen weights: every weight of the model would be frozen.")},
    RuleText{"float16_on_cpu", QT_TRANSLATE_NOOP("Rules", "float16 is not available on the CPU.")},
};

template <std::size_t Size>
const char* find(const std::array<RuleText, Size>& texts, const std::string& rule) {
    const auto found =
        std::find_if(texts.begin(), texts.end(), [&](const RuleText& text) { return rule == text.rule; });
    return found == texts.end() ? nullptr : found->source;
}

}  // namespace

const char* refusedRowSource(const std::string& rule) {
    return find(kRefusedRows, rule);
}
const char* importNoteSource(const std::string& rule) {
    return find(kImportNotes, rule);
}
const char* exportNoteSource(const std::string& rule) {
    return find(kExportNotes, rule);
}
const char* logSource(const std::string& rule) {
    return find(kLogs, rule);
}
const char* fieldIssueSource(const std::string& rule) {
    return find(kFieldIssues, rule);
}
const char* settingErrorSource(const std::string& rule) {
    return find(kSettingErrors, rule);
}

}  // namespace studio::ui
