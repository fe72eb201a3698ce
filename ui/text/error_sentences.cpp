// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/error_sentences.h"

#include <QtGlobal>
#include <algorithm>
#include <array>

namespace studio::ui {

namespace {

const std::array kSentences = {
    ErrorSentence{ErrorCode::InvalidArgument,
                  QT_TRANSLATE_NOOP("Errors", "This request cannot be carried out."),
                  QT_TRANSLATE_NOOP("Errors", "This request cannot be carried out: %1."),
                  QT_TRANSLATE_NOOP("Errors", "Check what was entered.")},
    ErrorSentence{ErrorCode::FileNotFound, QT_TRANSLATE_NOOP("Errors", "A file is not there."),
                  QT_TRANSLATE_NOOP("Errors", "%1 is not there."),
                  QT_TRANSLATE_NOOP("Errors", "Check the name, or choose another file.")},
    ErrorSentence{ErrorCode::FileUnreadable, QT_TRANSLATE_NOOP("Errors", "A file cannot be read."),
                  QT_TRANSLATE_NOOP("Errors", "%1 cannot be read."),
                  QT_TRANSLATE_NOOP("Errors", "Check its permissions, or choose another file.")},
    ErrorSentence{ErrorCode::FileUnwritable, QT_TRANSLATE_NOOP("Errors", "A file cannot be written."),
                  QT_TRANSLATE_NOOP("Errors", "%1 cannot be written."),
                  QT_TRANSLATE_NOOP("Errors", "Check the permissions of the folder, or choose another one.")},
    ErrorSentence{
        ErrorCode::DiskFull, QT_TRANSLATE_NOOP("Errors", "The disk is full."),
        QT_TRANSLATE_NOOP("Errors", "The disk is full; %1 was not written."),
        QT_TRANSLATE_NOOP("Errors", "Make room and try again. What was stored before is unharmed.")},
    ErrorSentence{ErrorCode::BadFormat,
                  QT_TRANSLATE_NOOP("Errors", "A file is not in the format it should be."),
                  QT_TRANSLATE_NOOP("Errors", "%1 is not in the format it should be."),
                  QT_TRANSLATE_NOOP("Errors", "Check the file, or choose another one.")},
    ErrorSentence{ErrorCode::BadEncoding, QT_TRANSLATE_NOOP("Errors", "A file is not UTF-8 text."),
                  QT_TRANSLATE_NOOP("Errors", "%1 is not UTF-8 text."),
                  QT_TRANSLATE_NOOP("Errors", "Save it as UTF-8 and try again.")},
    ErrorSentence{ErrorCode::EmptyInput, QT_TRANSLATE_NOOP("Errors", "There is nothing usable in the file."),
                  QT_TRANSLATE_NOOP("Errors", "There is nothing usable in %1."),
                  QT_TRANSLATE_NOOP("Errors", "Choose a file with records.")},
    ErrorSentence{ErrorCode::UnsupportedFormat,
                  QT_TRANSLATE_NOOP("Errors", "This version does not read this format."),
                  QT_TRANSLATE_NOOP("Errors", "This version does not read the format of %1."),
                  QT_TRANSLATE_NOOP("Errors", "Convert the file to Alpaca JSON or JSONL.")},
    ErrorSentence{ErrorCode::SettingInvalid, QT_TRANSLATE_NOOP("Errors", "A setting is outside its range."),
                  QT_TRANSLATE_NOOP("Errors", "The setting %1 is outside its range."),
                  QT_TRANSLATE_NOOP("Errors", "Correct it and try again.")},
    ErrorSentence{ErrorCode::TemplateInvalid,
                  QT_TRANSLATE_NOOP("Errors", "The prompt template has a mistake."),
                  QT_TRANSLATE_NOOP("Errors", "The prompt template has a mistake: %1."),
                  QT_TRANSLATE_NOOP("Errors", "Correct it on the Prompts page.")},
    ErrorSentence{ErrorCode::ModelConfigInvalid,
                  QT_TRANSLATE_NOOP("Errors", "The model's config.json has a mistake."),
                  QT_TRANSLATE_NOOP("Errors", "%1 has a mistake."),
                  QT_TRANSLATE_NOOP("Errors", "Get the model again, or choose another one.")},
    ErrorSentence{ErrorCode::ModelUnsupported,
                  QT_TRANSLATE_NOOP("Errors", "This version does not know this kind of model."),
                  QT_TRANSLATE_NOOP("Errors", "This version does not know the kind of model in %1."),
                  QT_TRANSLATE_NOOP("Errors", "Choose a model of a family that this version knows.")},
    ErrorSentence{
        ErrorCode::WeightsInvalid,
        QT_TRANSLATE_NOOP("Errors", "The model's weights are damaged or do not fit its config.json."),
        QT_TRANSLATE_NOOP("Errors", "The weights in %1 are damaged or do not fit config.json."),
        QT_TRANSLATE_NOOP("Errors", "Get the model again, or choose another one.")},
    ErrorSentence{ErrorCode::TokenizerInvalid,
                  QT_TRANSLATE_NOOP("Errors", "The tokenizer's files are missing or damaged."),
                  QT_TRANSLATE_NOOP("Errors", "The tokenizer in %1 is missing or damaged."),
                  QT_TRANSLATE_NOOP("Errors", "Get the model again, or choose another one.")},
    ErrorSentence{ErrorCode::ProjectInvalid,
                  QT_TRANSLATE_NOOP("Errors", "This is not a project, or its database is damaged."),
                  QT_TRANSLATE_NOOP("Errors", "%1 is not a project, or its database is damaged."),
                  QT_TRANSLATE_NOOP("Errors", "Choose another folder.")},
    ErrorSentence{ErrorCode::ProjectNewer,
                  QT_TRANSLATE_NOOP("Errors", "The project was written by a newer version."),
                  QT_TRANSLATE_NOOP("Errors", "%1 was written by a newer version."),
                  QT_TRANSLATE_NOOP("Errors", "Open it with that version.")},
    ErrorSentence{
        ErrorCode::DatabaseFailed,
        QT_TRANSLATE_NOOP("Errors", "The project's database refused the change; nothing was changed."),
        QT_TRANSLATE_NOOP("Errors", "The database %1 refused the change; nothing was changed."),
        QT_TRANSLATE_NOOP("Errors", "Close other programs that use this project and try again.")},
    ErrorSentence{
        ErrorCode::NoTrainingRows, QT_TRANSLATE_NOOP("Errors", "There is no row to train on."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Import rows on the Data page, or put rows into the train split.")},
    ErrorSentence{ErrorCode::NoLabels,
                  QT_TRANSLATE_NOOP("Errors", "No row has a response within the cutoff."), nullptr,
                  QT_TRANSLATE_NOOP("Errors", "Raise the cutoff.")},
    ErrorSentence{
        ErrorCode::LossNotFinite,
        QT_TRANSLATE_NOOP("Errors", "The loss is no longer a number: the training diverged."),
        QT_TRANSLATE_NOOP("Errors", "The loss is no longer a number at step %1: the training diverged."),
        QT_TRANSLATE_NOOP("Errors", "Start again with half the learning rate.")},
    ErrorSentence{
        ErrorCode::OutOfMemory, QT_TRANSLATE_NOOP("Errors", "The job needs more memory than is free."),
        QT_TRANSLATE_NOOP("Errors", "The job needs more memory than is free: about %1."),
        QT_TRANSLATE_NOOP("Errors",
                          "Halve the rows of a batch and double the accumulation, use a smaller cutoff, or "
                          "choose a smaller model.")},
    ErrorSentence{ErrorCode::DeviceUnavailable,
                  QT_TRANSLATE_NOOP("Errors", "The chosen device is not on this machine."),
                  QT_TRANSLATE_NOOP("Errors", "The device %1 is not on this machine."),
                  QT_TRANSLATE_NOOP("Errors", "Choose auto or cpu as the device.")},
    ErrorSentence{ErrorCode::EngineUnavailable,
                  QT_TRANSLATE_NOOP("Errors", "The training engine could not be loaded."),
                  QT_TRANSLATE_NOOP("Errors", "The training engine %1 could not be loaded."),
                  QT_TRANSLATE_NOOP("Errors", "Install the program again.")},
    ErrorSentence{ErrorCode::RunExists, QT_TRANSLATE_NOOP("Errors", "A run of this name is there already."),
                  QT_TRANSLATE_NOOP("Errors", "A run named %1 is there already."),
                  QT_TRANSLATE_NOOP("Errors", "Choose another run name.")},
    ErrorSentence{ErrorCode::RunBusy, QT_TRANSLATE_NOOP("Errors", "Another process writes this run."),
                  QT_TRANSLATE_NOOP("Errors", "Another process writes the run %1, or may do so."),
                  QT_TRANSLATE_NOOP("Errors", "Wait for its end, or stop it; then the run can go on.")},
    ErrorSentence{ErrorCode::RunStopping,
                  QT_TRANSLATE_NOOP("Errors", "This run is ending, or being handed over, already."),
                  QT_TRANSLATE_NOOP("Errors", "The run %1 is ending, or being handed over, already."),
                  QT_TRANSLATE_NOOP("Errors", "Wait a moment; Runs shows what becomes of it.")},
    ErrorSentence{
        ErrorCode::NetworkFailed,
        QT_TRANSLATE_NOOP("Errors", "What was asked of a server did not arrive as it should."),
        QT_TRANSLATE_NOOP("Errors", "What was asked of %1 did not arrive as it should."),
        QT_TRANSLATE_NOOP("Errors", "Check the connection and try again; what has arrived is kept.")},
    ErrorSentence{ErrorCode::AccessDenied,
                  QT_TRANSLATE_NOOP("Errors", "A server refuses access without the right token."),
                  QT_TRANSLATE_NOOP("Errors", "The server refuses access to %1 without the right token."),
                  QT_TRANSLATE_NOOP("Errors",
                                    "Accept the terms on the model's page where it has some, and set a token "
                                    "that may read it.")},
    ErrorSentence{ErrorCode::Internal, QT_TRANSLATE_NOOP("Errors", "The program made a mistake."), nullptr,
                  QT_TRANSLATE_NOOP("Errors", "Copy the details and report them.")},
};

}  // namespace

const ErrorSentence& errorSentence(ErrorCode code) {
    const auto found = std::find_if(kSentences.begin(), kSentences.end(),
                                    [code](const ErrorSentence& sentence) { return sentence.code == code; });
    return found == kSentences.end() ? kSentences.back() : *found;
}

}  // namespace studio::ui
