// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/hub/http_client.h"
#include "core/hub/hub_file.h"
#include "core/hub/hub_token.h"
#include "core/hub/retry_pace.h"

namespace studio {

/// Which model of which hub, and how it is asked.
struct HubQuery {
    std::string hub;  ///< as hubAddress() gives it
    std::string model;
    std::string revision = "main";
    HubToken token;  ///< sent only where mayHaveToken() lets it
    HubPatience patience;
};

/// All files of a model at the commit to which the revision points now, by two requests of Hugging Face's API
/// (GET /api/models/ID/revision/REV, then /tree/COMMIT page by page). Blocks. Throws InvalidArgument for
/// names that are none, AccessDenied, FileNotFound, NetworkFailed, BadFormat for an answer that is not what
/// the API says, Cancelled.
HubListing listHubModel(const HubQuery& query, const std::stop_token& stop);
/// The same with a client that is there already.
HubListing listHubModel(HttpClient& client, const HubQuery& query, const std::stop_token& stop);

/// The commit in the answer about a model. Throws BadFormat. `source` names the hub in messages.
std::string commitOfModelInfo(const std::string& body, const std::string& source);
/// The files in one page of a tree. Throws BadFormat, also for sizes that no file has.
std::vector<HubFile> filesOfTree(const std::string& body, const std::string& source);
/// The URL of the next page in a Link header (RFC 8288), or an empty text. It is one of `hub`'s whatever host
/// it names: mirrors hand on the header of the hub that they mirror.
std::string nextPage(const std::string& linkHeader, const std::string& hub);

}  // namespace studio
