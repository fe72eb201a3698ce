// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/curl/curl_client.h"

#include <signal.h>

#include <algorithm>
#include <ctime>
#include <new>

#include "core/base/error.h"

namespace studio {
namespace {

/// Holds SIGPIPE off this thread: a broken TLS connection raises it, and libcurl leaves that to its caller
/// where it may not use signals (CURLOPT_NOSIGNAL).
class WithoutBrokenPipes {
public:
    WithoutBrokenPipes() {
        sigset_t pending;
        sigemptyset(&pending);
        ::sigpending(&pending);
        m_wasPending = sigismember(&pending, SIGPIPE) == 1;
        sigemptyset(&m_pipe);
        sigaddset(&m_pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    ~WithoutBrokenPipes() {
        const timespec now{};
        while (!m_wasPending && ::sigtimedwait(&m_pipe, nullptr, &now) == SIGPIPE) {
        }
        ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    WithoutBrokenPipes(const WithoutBrokenPipes&) = delete;
    WithoutBrokenPipes& operator=(const WithoutBrokenPipes&) = delete;

private:
    sigset_t m_pipe{}, m_before{};
    bool m_wasPending = false;
};

void require(CURLMcode code) {
    if (code == CURLM_OK) return;
    throw Error(ErrorCode::Internal, std::string("libcurl failed: ") + curl_multi_strerror(code) + ".",
                "Report this together with what was downloaded.");
}

/// Once a process; never undone, since the library stays loaded.
void initialise() {
    static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (result == CURLE_OK) return;
    throw Error(ErrorCode::EngineUnavailable,
                std::string("libcurl could not be set up: ") + curl_easy_strerror(result) + ".",
                "Check the installation of libcurl4 and OpenSSL.", {"libcurl"});
}

}  // namespace

CurlClient::CurlClient() {
    initialise();
    m_multi = curl_multi_init();
    if (m_multi == nullptr) throw std::bad_alloc();
}

CurlClient::~CurlClient() {
    const WithoutBrokenPipes quiet;
    while (!m_transfers.empty()) taken(m_transfers.begin());
    curl_multi_cleanup(m_multi);
}

std::unique_ptr<CurlTransfer> CurlClient::taken(Transfers::iterator transfer) {
    std::unique_ptr<CurlTransfer> result = std::move(transfer->second);
    m_transfers.erase(transfer);
    curl_multi_remove_handle(m_multi, result->handle());
    return result;
}

void CurlClient::start(HttpRequest request, HttpReceiver& receiver) {
    auto transfer = std::make_unique<CurlTransfer>(std::move(request), receiver);
    require(curl_multi_add_handle(m_multi, transfer->handle()));
    m_transfers[&receiver] = std::move(transfer);
}

void CurlClient::cancel(HttpReceiver& receiver) {
    const WithoutBrokenPipes quiet;
    const auto found = m_transfers.find(&receiver);
    if (found != m_transfers.end()) taken(found);
}

void CurlClient::wait(std::chrono::milliseconds longest) {
    const WithoutBrokenPipes quiet;
    int running = 0;
    require(curl_multi_perform(m_multi, &running));
    if (takeEnded()) return;
    require(curl_multi_poll(m_multi, nullptr, 0, static_cast<int>(longest.count()), nullptr));
    require(curl_multi_perform(m_multi, &running));
    takeEnded();
}

bool CurlClient::takeEnded() {
    bool any = false;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        any = true;
        // The message is gone once the handle is removed.
        ended(message->easy_handle, message->data.result);
    }
    return any;
}

void CurlClient::ended(CURL* handle, CURLcode code) {
    const auto found = std::find_if(m_transfers.begin(), m_transfers.end(),
                                    [handle](const auto& entry) { return entry.second->handle() == handle; });
    if (found == m_transfers.end()) return;
    if (found->second->followsRedirect(code)) {
        require(curl_multi_remove_handle(m_multi, handle));
        require(curl_multi_add_handle(m_multi, handle));
        return;
    }
    const std::unique_ptr<CurlTransfer> transfer = taken(found);
    if (transfer->thrown()) std::rethrow_exception(transfer->thrown());
    transfer->receiver().onEnd(transfer->end(code));
}

}  // namespace studio
