// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <curl/curl.h>

#include <map>
#include <memory>

#include "core/hub/curl/curl_transfer.h"
#include "core/hub/http_client.h"

namespace studio {

/// HttpClient over a multi handle of libcurl 7.88 or newer.
class CurlClient final : public HttpClient {
public:
    CurlClient();
    ~CurlClient() override;
    CurlClient(const CurlClient&) = delete;
    CurlClient& operator=(const CurlClient&) = delete;

    void start(HttpRequest request, HttpReceiver& receiver) override;
    void cancel(HttpReceiver& receiver) override;
    void wait(std::chrono::milliseconds longest) override;

private:
    using Transfers = std::map<HttpReceiver*, std::unique_ptr<CurlTransfer>>;

    bool takeEnded();
    void ended(CURL* handle, CURLcode code);
    std::unique_ptr<CurlTransfer> taken(Transfers::iterator transfer);

    CURLM* m_multi = nullptr;
    Transfers m_transfers;
};

}  // namespace studio
