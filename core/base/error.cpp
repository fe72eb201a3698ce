// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace studio {

namespace {

std::string oneLine(const std::string& cause, const std::string& nextStep) {
    std::string text = nextStep.empty() ? cause : cause + " " + nextStep;
    for (char& c : text) {
        if (c == '\n' || c == '\r') c = ' ';
    }
    return text;
}

}  // namespace

const char* errorCodeName(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidArgument:
            return "invalid_argument";
        case ErrorCode::FileNotFound:
            return "file_not_found";
        case ErrorCode::FileUnreadable:
            return "file_unreadable";
        case ErrorCode::FileUnwritable:
            return "file_unwritable";
        case ErrorCode::DiskFull:
            return "disk_full";
        case ErrorCode::BadFormat:
            return "bad_format";
        case ErrorCode::BadEncoding:
            return "bad_encoding";
        case ErrorCode::EmptyInput:
            return "empty_input";
        case ErrorCode::UnsupportedFormat:
            return "unsupported_format";
        case ErrorCode::SettingInvalid:
            return "setting_invalid";
        case ErrorCode::TemplateInvalid:
            return "template_invalid";
        case ErrorCode::ModelConfigInvalid:
            return "model_config_invalid";
        case ErrorCode::ModelUnsupported:
            return "model_unsupported";
        case ErrorCode::WeightsInvalid:
            return "weights_invalid";
        case ErrorCode::TokenizerInvalid:
            return "tokenizer_invalid";
        case ErrorCode::ProjectInvalid:
            return "project_invalid";
        case ErrorCode::ProjectNewer:
            return "project_newer";
        case ErrorCode::DatabaseFailed:
            return "database_failed";
        case ErrorCode::NoTrainingRows:
            return "no_training_rows";
        case ErrorCode::NoLabels:
            return "no_labels";
        case ErrorCode::LossNotFinite:
            return "loss_not_finite";
        case ErrorCode::OutOfMemory:
            return "out_of_memory";
        case ErrorCode::DeviceUnavailable:
            return "device_unavailable";
        case ErrorCode::EngineUnavailable:
            return "engine_unavailable";
        case ErrorCode::RunExists:
            return "run_exists";
        case ErrorCode::RunBusy:
            return "run_busy";
        case ErrorCode::RunStopping:
            return "run_stopping";
        case ErrorCode::NetworkFailed:
            return "network_failed";
        case ErrorCode::AccessDenied:
            return "access_denied";
        case ErrorCode::Internal:
            return "internal";
    }
    return "internal";
}

Error::Error(ErrorCode code, std::string cause, std::string nextStep, std::vector<std::string> args)
    : std::runtime_error(oneLine(cause, nextStep)),
      m_code(code),
      m_cause(std::move(cause)),
      m_nextStep(std::move(nextStep)),
      m_args(std::move(args)) {}

}  // namespace studio
