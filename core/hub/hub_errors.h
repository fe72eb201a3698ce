// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/error.h"
#include "core/hub/http_client.h"
#include "core/hub/hub_token.h"

namespace studio {

/// What was asked of a hub, for messages.
struct HubQuestion {
    std::string hub, model, revision;
    std::string file;         ///< empty: about the model itself
    std::string tokenSource;  ///< empty: no token was sent
};

/// Whether an answer of this status may be another one a little later: 408, 425, 429 and 500 to 599.
bool isPassing(int status);

/// The error for an answer that is not the one asked for, 200 or 206: AccessDenied (401, 403), FileNotFound
/// (404, 410) or NetworkFailed. Tells apart by X-Error-Code what Hugging Face's hub tells apart with it.
/// Nothing of the answer's body is repeated.
Error statusError(const HubQuestion& question, const HttpHead& head);

/// The error for a request that came to no answer, or not to its end.
Error connectionError(const HubQuestion& question, const HttpEnd& end);

}  // namespace studio
