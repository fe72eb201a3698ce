// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <curl/curl.h>

#include <array>
#include <exception>
#include <memory>
#include <string>

#include "core/hub/http_client.h"

namespace studio {

/// One request over an easy handle of libcurl: sets its options, takes its header lines and its body, and
/// says how it ended. Lives on the client's thread; the client drives the handle.
class CurlTransfer {
public:
    CurlTransfer(HttpRequest request, HttpReceiver& receiver);
    CurlTransfer(const CurlTransfer&) = delete;
    CurlTransfer& operator=(const CurlTransfer&) = delete;

    CURL* handle() const { return m_handle.get(); }
    HttpReceiver& receiver() const { return m_receiver; }
    /// What the receiver threw, for the client to rethrow.
    std::exception_ptr thrown() const { return m_thrown; }

    /// After libcurl has finished with `code`: true where the answer was a redirect that is followed; the
    /// handle is then ready for its next request. Otherwise end() says how it ended.
    bool followsRedirect(CURLcode code);
    HttpEnd end(CURLcode code);

private:
    static std::size_t takeHeader(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t takeBody(char* bytes, std::size_t size, std::size_t count, void* self);
    void setOptions();
    void setUrlAndHeaders();
    bool headerLine(std::string_view line);
    bool headIsComplete();
    bool body(std::string_view bytes);

    HttpRequest m_request;
    HttpReceiver& m_receiver;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> m_handle;
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> m_headers;
    std::array<char, CURL_ERROR_SIZE> m_error{};
    HttpHead m_head;
    bool m_headGiven = false;
    bool m_redirects = false;
    std::size_t m_redirectBytes = 0;
    int m_hops = 0;
    bool m_refused = false;
    std::string m_redirectRefusal;
    std::exception_ptr m_thrown;
};

}  // namespace studio
