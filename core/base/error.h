// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace studio {

/// What went wrong, coarse enough that the user interface has one translated sentence for each.
enum class ErrorCode {
    InvalidArgument,     ///< a request that makes no sense: unknown verb, row number, option
    FileNotFound,        ///< a file or folder that was named is not there
    FileUnreadable,      ///< it is there but cannot be read
    FileUnwritable,      ///< it cannot be written
    DiskFull,            ///< no space left while writing
    BadFormat,           ///< the bytes are not what the format says
    BadEncoding,         ///< text that is not UTF-8
    EmptyInput,          ///< nothing usable in the file
    UnsupportedFormat,   ///< a known format that this version does not read
    SettingInvalid,      ///< one or more settings outside their range
    TemplateInvalid,     ///< a prompt template with an unknown or missing placeholder
    ModelConfigInvalid,  ///< config.json is broken or contradicts itself
    ModelUnsupported,    ///< an architecture or feature that is not known exactly
    WeightsInvalid,      ///< a weights file is damaged or does not fit config.json
    TokenizerInvalid,    ///< tokenizer files are missing or damaged
    ProjectInvalid,      ///< not a project folder, or its database is damaged
    ProjectNewer,        ///< written by a newer version of the program
    DatabaseFailed,      ///< SQLite said no (busy, I/O)
    NoTrainingRows,      ///< nothing to train on
    NoLabels,            ///< every row lost its response
    LossNotFinite,       ///< NaN or infinity in the loss
    OutOfMemory,         ///< an allocation failed
    DeviceUnavailable,   ///< the device asked for is not on this machine
    EngineUnavailable,   ///< the engine library could not be loaded
    RunExists,           ///< a run of that name is there already
    RunBusy,             ///< another process writes into the run's folder, or may
    RunStopping,         ///< a run that is asked to end already cannot be asked that any more
    NetworkFailed,       ///< a server was not reached, or what it sent is not what it should be
    AccessDenied,        ///< a server asks for a token, or for another one
    Internal             ///< a bug in this program
};

/// Stable snake_case name of a code, for JSON output and tests.
const char* errorCodeName(ErrorCode code);

/// The one exception of the core. `what()` is one line: cause and place, then the next step.
/// Foreign exceptions (JSON, SQLite, sentencepiece, c10) are translated into it by the adapter that calls
/// them.
class Error : public std::runtime_error {
public:
    /// `cause` says what is wrong and where (file, line, row, field); `nextStep` what to do about it.
    /// Both are whole English sentences without a line break. `args` are the bare values (a file name, a row
    /// number) that a translated sentence of the user interface needs: the place first. Where the sentence of
    /// the code would say too little, or something else, a rule comes second, a snake_case name that has
    /// sentences of its own ("already_there"), and then their further values.
    Error(ErrorCode code, std::string cause, std::string nextStep, std::vector<std::string> args = {});

    ErrorCode code() const { return m_code; }
    const std::string& cause() const { return m_cause; }
    const std::string& nextStep() const { return m_nextStep; }
    const std::vector<std::string>& args() const { return m_args; }

private:
    ErrorCode m_code;
    std::string m_cause;
    std::string m_nextStep;
    std::vector<std::string> m_args;
};

/// Thrown by blocking functions that take a std::stop_token when it was asked to stop. Cancellation is an
/// outcome, not an error: it is not derived from Error and is caught where the work was started.
class Cancelled : public std::exception {
public:
    const char* what() const noexcept override { return "cancelled"; }
};

}  // namespace studio
