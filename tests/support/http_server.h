// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace studio::test {

/// What the server answers to one request, and how it misbehaves.
struct HttpReply {
    int status = 200;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string etag;                         ///< with its quotes; If-Range is compared with it
    bool hasRanges = true;                    ///< answers Range with 206; else it sends all with 200
    std::string contentRange;                 ///< said instead of the true one
    std::optional<std::int64_t> announced;    ///< Content-Length instead of the true one
    bool announces = true;                    ///< false: no length, the end of the connection is the end
    std::optional<std::int64_t> dropsAfter;   ///< closes the connection after so many bytes of this answer
    std::optional<std::int64_t> stallsAfter;  ///< then says nothing more until the client goes
    std::int64_t bytesPerSecond = 0;          ///< 0: as fast as it goes
    std::chrono::milliseconds delay{0};       ///< before the head
    std::string raw;                          ///< sent as it is instead of all that
};

/// A request that came.
struct HttpSeen {
    std::string target;                          ///< path and query
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::int64_t bodyBytesSent = 0;              ///< of the answer
    std::string header(const std::string& name) const;
};

/// A small HTTP/1.1 server on the loopback interface for tests: one thread for each connection, replies by
/// path, every request remembered. Functions may be called from any thread.
class HttpServer {
public:
    HttpServer();
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// "http://127.0.0.1:PORT"; another `host` must mean this machine, too.
    std::string address(const std::string& host = "127.0.0.1") const;

    /// The answers to the requests for a path (with its query, where that has an entry of its own) one after
    /// the other; the last one stays. Replaces what was there.
    void serve(const std::string& path, std::vector<HttpReply> replies);

    std::vector<HttpSeen> requests() const;
    std::vector<HttpSeen> requests(const std::string& path) const;
    void forgetRequests();
    /// Most answers that were under way at a time.
    int mostAtOnce() const;

private:
    struct Script {
        std::vector<HttpReply> replies;
        std::size_t next = 0;
    };

    void accept();
    void converse(int socket);
    /// False where the connection is to be closed.
    bool answer(int socket, const std::string& target, const std::map<std::string, std::string>& headers);
    HttpReply replyFor(const std::string& target);
    bool sendBody(int socket, const HttpReply& reply, const std::string& body, std::size_t seen);
    bool sendAll(int socket, const char* bytes, std::size_t count) const;
    void idle(int socket) const;

    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_leaving = false;
    mutable std::mutex m_mutex;
    std::map<std::string, Script> m_scripts;
    std::vector<HttpSeen> m_seen;
    int m_now = 0, m_most = 0;
    std::vector<std::thread> m_connections;
    std::thread m_thread;
};

}  // namespace studio::test
