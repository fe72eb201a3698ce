// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace studio::ui {

/// The sentences of an error code, English source texts of the context "Errors". `%1` is the first bare value
/// of the error: the file or folder for most codes.
struct ErrorSentence {
    ErrorCode code;
    const char* cause;    ///< where the error names no place
    const char* causeAt;  ///< with %1; null where the code has no place
    const char* nextStep;
};

/// One for every code.
const ErrorSentence& errorSentence(ErrorCode code);

}  // namespace studio::ui
