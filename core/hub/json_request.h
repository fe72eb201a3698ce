// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <string>

#include "core/hub/hub_errors.h"
#include "core/hub/retry_pace.h"

namespace studio {

/// What a hub's API answered.
struct ApiAnswer {
    std::string body;
    HttpHead head;
};

/// How an API is asked.
struct ApiRequest {
    std::string url;
    std::string token;
    HubQuestion question;  ///< for messages
    HubPatience patience;
    std::size_t mostBytes = std::size_t{8} << 20U;  ///< a longer answer is refused
};

/// Asks and waits, again after failures that may pass. Throws as statusError() and connectionError() say,
/// NetworkFailed for an answer that is too long, Cancelled.
ApiAnswer askApi(HttpClient& client, const ApiRequest& request, const std::stop_token& stop);

}  // namespace studio
