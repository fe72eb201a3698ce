// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/curl/curl_transfer.h"

#include <algorithm>
#include <cmath>
#include <new>

#include "core/base/files.h"
#include "core/hub/redirects.h"

namespace studio {
namespace {

constexpr long kBufferBytes = 256L << 10U;
/// What a redirect may say beside its target.
constexpr std::size_t kMostRedirectBytes = std::size_t{1} << 20U;
constexpr std::size_t kMostHeaders = 200;
/// Slower than this is as good as nothing.
constexpr long kStallBytesPerSecond = 16;

long wholeSeconds(double seconds) {
    return std::max(1L, std::lround(std::ceil(seconds)));
}

std::string_view trimmed(std::string_view text) {
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
    return text;
}

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

void append(HeaderList& list, const std::string& line) {
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());  // it is the tail, or the whole, of the longer one
    list.reset(longer);
}

}  // namespace

CurlTransfer::CurlTransfer(HttpRequest request, HttpReceiver& receiver)
    : m_request(std::move(request)),
      m_receiver(receiver),
      m_handle(curl_easy_init(), &curl_easy_cleanup),
      m_headers(nullptr, &curl_slist_free_all) {
    if (!m_handle) throw std::bad_alloc();
    setOptions();
    setUrlAndHeaders();
}

void CurlTransfer::setOptions() {
    const auto set = [this](auto option, auto value) { curl_easy_setopt(m_handle.get(), option, value); };
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);  // nextHop() decides
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // cancelling waits for no name server
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_BUFFERSIZE, kBufferBytes);
    set(CURLOPT_USERAGENT, (std::string("finetune-studio/") + programVersion()).c_str());
    set(CURLOPT_CONNECTTIMEOUT, wholeSeconds(m_request.connectSeconds));
    set(CURLOPT_LOW_SPEED_LIMIT, kStallBytesPerSecond);
    set(CURLOPT_LOW_SPEED_TIME, wholeSeconds(m_request.stallSeconds));
    if (m_request.totalSeconds > 0.0) set(CURLOPT_TIMEOUT, wholeSeconds(m_request.totalSeconds));
    set(CURLOPT_ERRORBUFFER, m_error.data());
    set(CURLOPT_HEADERFUNCTION, &CurlTransfer::takeHeader);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_WRITEFUNCTION, &CurlTransfer::takeBody);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
}

void CurlTransfer::setUrlAndHeaders() {
    HeaderList headers(nullptr, &curl_slist_free_all);
    append(headers, "Accept-Encoding: identity");
    for (const auto& [name, value] : m_request.headers) append(headers, name + ": " + value);
    if (!m_request.token.empty()) append(headers, "Authorization: Bearer " + m_request.token);
    m_headers = std::move(headers);
    curl_easy_setopt(m_handle.get(), CURLOPT_HTTPHEADER, m_headers.get());
    curl_easy_setopt(m_handle.get(), CURLOPT_URL, m_request.url.c_str());
    m_head = {};
    m_head.url = m_request.url;
    m_headGiven = m_redirects = false;
    m_redirectBytes = 0;
    m_error.front() = '\0';
}

// libcurl is C: nothing may be thrown through it.
std::size_t CurlTransfer::takeHeader(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<CurlTransfer*>(self);
    try {
        return transfer.headerLine({bytes, size * count}) ? size * count : 0;
    } catch (...) {
        transfer.m_thrown = std::current_exception();
        return 0;
    }
}

std::size_t CurlTransfer::takeBody(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<CurlTransfer*>(self);
    try {
        return transfer.body({bytes, size * count}) ? size * count : 0;
    } catch (...) {
        transfer.m_thrown = std::current_exception();
        return 0;
    }
}

bool CurlTransfer::headerLine(std::string_view line) {
    if (m_headGiven || m_redirects) return true;  // trailers
    if (line.rfind("HTTP/", 0) == 0) {
        m_head.headers.clear();
        return true;
    }
    if (trimmed(line).empty()) return headIsComplete();
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || m_head.headers.size() >= kMostHeaders) return true;
    m_head.headers[lowered(trimmed(line.substr(0, colon)))] = std::string(trimmed(line.substr(colon + 1)));
    return true;
}

bool CurlTransfer::headIsComplete() {
    long status = 0;
    curl_easy_getinfo(m_handle.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status < 200) return true;  // "100 Continue" and the like: the answer is still to come
    m_head.status = static_cast<int>(status);
    if (status >= 300 && status < 400 && !m_head.header("location").empty()) {
        m_redirects = true;
        return true;
    }
    curl_off_t seconds = 0;
    const bool said = !m_head.header("retry-after").empty() &&
                      curl_easy_getinfo(m_handle.get(), CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK;
    if (said) m_head.retryAfterSeconds = static_cast<double>(seconds);
    m_headGiven = true;
    m_refused = !m_receiver.onHead(m_head);
    return !m_refused;
}

bool CurlTransfer::body(std::string_view bytes) {
    if (m_redirects) {
        m_redirectBytes += bytes.size();
        return m_redirectBytes <= kMostRedirectBytes;
    }
    m_refused = !m_receiver.onBody(bytes);
    return !m_refused;
}

bool CurlTransfer::followsRedirect(CURLcode code) {
    if (code != CURLE_OK || !m_redirects) return false;
    const char* target = nullptr;
    curl_easy_getinfo(m_handle.get(), CURLINFO_REDIRECT_URL, &target);
    const std::string url = target == nullptr ? "" : target;
    const NextHop hop = nextHop(m_request.url, url, m_hops, !m_request.token.empty());
    if (!hop.refusal.empty()) {
        m_redirectRefusal = hop.refusal;
        return false;
    }
    ++m_hops;
    m_request.url = url;
    if (!hop.keepsToken) m_request.token.clear();
    setUrlAndHeaders();
    return true;
}

HttpEnd CurlTransfer::end(CURLcode code) {
    using Kind = HttpEnd::Kind;
    if (!m_redirectRefusal.empty()) return {Kind::RedirectRefused, m_redirectRefusal};
    if (m_refused) return {Kind::Refused, ""};
    if (code == CURLE_OK && m_headGiven) return {Kind::Complete, ""};
    if (code == CURLE_OK) return {Kind::BadAnswer, "the answer has no head"};
    const std::string reason = m_error.front() != '\0' ? m_error.data() : curl_easy_strerror(code);
    curl_off_t connected = 0;
    curl_easy_getinfo(m_handle.get(), CURLINFO_CONNECT_TIME_T, &connected);
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_CONNECT:
        case CURLE_PROXY:
            return {Kind::NoConnection, reason};
        case CURLE_OPERATION_TIMEDOUT:
            return {connected == 0 ? Kind::NoConnection : Kind::Stalled, reason};
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
            return {Kind::NotTrusted, reason};
        case CURLE_PARTIAL_FILE:
        case CURLE_GOT_NOTHING:
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
            return {Kind::Dropped, reason};
        default:
            return {Kind::BadAnswer, reason};
    }
}

}  // namespace studio
