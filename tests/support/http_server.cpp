// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>

namespace studio::test {
namespace {

constexpr int kPollMilliseconds = 20;
constexpr std::size_t kPieceBytes = 16384;

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::map<std::string, std::string> headersOf(const std::string& head) {
    std::map<std::string, std::string> headers;
    for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
        const std::size_t end = head.find("\r\n", at + 2);
        const std::string line = head.substr(at + 2, end == std::string::npos ? end : end - at - 2);
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos) continue;
        const std::size_t value = line.find_first_not_of(' ', colon + 1);
        headers[lowered(line.substr(0, colon))] = value == std::string::npos ? "" : line.substr(value);
    }
    return headers;
}

}  // namespace

std::string HttpSeen::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

HttpServer::HttpServer() : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (m_listener < 0 || ::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 64) != 0 ||
        ::getsockname(m_listener, generic, &size) != 0)
        throw std::runtime_error("the test's server cannot listen");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { accept(); });
}

HttpServer::~HttpServer() {
    m_leaving = true;
    m_thread.join();
    for (std::thread& connection : m_connections) connection.join();
    ::close(m_listener);
}

std::string HttpServer::address(const std::string& host) const {
    return "http://" + host + ":" + std::to_string(m_port);
}

void HttpServer::serve(const std::string& path, std::vector<HttpReply> replies) {
    const std::lock_guard lock(m_mutex);
    m_scripts[path] = {std::move(replies), 0};
}

std::vector<HttpSeen> HttpServer::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_seen;
}

std::vector<HttpSeen> HttpServer::requests(const std::string& path) const {
    std::vector<HttpSeen> found;
    for (HttpSeen& seen : requests()) {
        if (seen.target == path || seen.target.rfind(path + "?", 0) == 0) found.push_back(std::move(seen));
    }
    return found;
}

void HttpServer::forgetRequests() {
    const std::lock_guard lock(m_mutex);
    m_seen.clear();
    m_most = 0;
}

int HttpServer::mostAtOnce() const {
    const std::lock_guard lock(m_mutex);
    return m_most;
}

void HttpServer::accept() {
    while (!m_leaving) {
        pollfd waited{m_listener, POLLIN, 0};
        if (::poll(&waited, 1, kPollMilliseconds) <= 0) continue;
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) continue;
        const int now = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
        m_connections.emplace_back([this, socket] {
            converse(socket);
            ::close(socket);
        });
    }
}

void HttpServer::converse(int socket) {
    std::string read;
    while (!m_leaving) {
        const std::size_t end = read.find("\r\n\r\n");
        if (end != std::string::npos) {
            const std::string head = read.substr(0, end);
            read.erase(0, end + 4);
            const std::size_t from = head.find(' '), to = head.find(' ', from + 1);
            if (to == std::string::npos ||
                !answer(socket, head.substr(from + 1, to - from - 1), headersOf(head)))
                return;
            continue;
        }
        pollfd waited{socket, POLLIN, 0};
        if (::poll(&waited, 1, kPollMilliseconds) <= 0) continue;
        char piece[4096];
        const ssize_t count = ::recv(socket, piece, sizeof piece, 0);
        if (count <= 0) return;
        read.append(piece, static_cast<std::size_t>(count));
    }
}

HttpReply HttpServer::replyFor(const std::string& target) {
    const std::lock_guard lock(m_mutex);
    auto found = m_scripts.find(target);
    if (found == m_scripts.end()) found = m_scripts.find(target.substr(0, target.find('?')));
    if (found == m_scripts.end() || found->second.replies.empty()) {
        HttpReply missing;
        missing.status = 404;
        return missing;
    }
    Script& script = found->second;
    const std::size_t index = std::min(script.next++, script.replies.size() - 1);
    return script.replies[index];
}

bool HttpServer::answer(int socket, const std::string& target,
                        const std::map<std::string, std::string>& headers) {
    const HttpReply reply = replyFor(target);
    std::size_t seen = 0;
    {
        const std::lock_guard lock(m_mutex);
        seen = m_seen.size();
        m_seen.push_back({target, headers, 0});
        m_most = std::max(m_most, ++m_now);
    }
    const struct Leaving {
        HttpServer& server;
        ~Leaving() {
            const std::lock_guard lock(server.m_mutex);
            --server.m_now;
        }
    } leaving{*this};
    std::this_thread::sleep_for(reply.delay);
    if (!reply.raw.empty()) {
        sendAll(socket, reply.raw.data(), reply.raw.size());
        return false;
    }
    std::string body = reply.body, range = reply.contentRange;
    int status = reply.status;
    const auto asked = headers.find("range");
    const auto ifRange = headers.find("if-range");
    const bool same = ifRange == headers.end() || ifRange->second == reply.etag;
    if (status == 200 && reply.hasRanges && asked != headers.end() && same) {
        const auto first = static_cast<std::size_t>(std::atoll(asked->second.c_str() + 6));  // "bytes=N-"
        status = first < body.size() ? 206 : 416;
        range = "bytes " + std::to_string(first) + "-" + std::to_string(body.size() - 1) + "/" +
                std::to_string(body.size());
        body = status == 206 ? body.substr(first) : "";
        if (!reply.contentRange.empty()) range = reply.contentRange;
    }
    std::string head = "HTTP/1.1 " + std::to_string(status) + " Whatever\r\n";
    for (const auto& [name, value] : reply.headers) head += name + ": " + value + "\r\n";
    if (!reply.etag.empty()) head += "ETag: " + reply.etag + "\r\n";
    if (status == 206) head += "Content-Range: " + range + "\r\n";
    const auto length = reply.announced.value_or(static_cast<std::int64_t>(body.size()));
    head += reply.announces ? "Content-Length: " + std::to_string(length) + "\r\n" : "Connection: close\r\n";
    head += "\r\n";
    if (!sendAll(socket, head.data(), head.size())) return false;
    return sendBody(socket, reply, body, seen) && reply.announces && !reply.announced;
}

bool HttpServer::sendBody(int socket, const HttpReply& reply, const std::string& body, std::size_t seen) {
    std::size_t most = body.size();
    if (reply.dropsAfter) most = std::min(most, static_cast<std::size_t>(*reply.dropsAfter));
    if (reply.stallsAfter) most = std::min(most, static_cast<std::size_t>(*reply.stallsAfter));
    const std::size_t slow = static_cast<std::size_t>(reply.bytesPerSecond / 50);
    for (std::size_t done = 0; done < most && !m_leaving;) {
        const std::size_t piece = std::min(most - done, slow > 0 ? slow : kPieceBytes);
        if (!sendAll(socket, body.data() + done, piece)) return false;
        done += piece;
        {
            const std::lock_guard lock(m_mutex);
            if (seen < m_seen.size()) m_seen[seen].bodyBytesSent += static_cast<std::int64_t>(piece);
        }
        if (slow > 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    if (reply.stallsAfter) idle(socket);
    return !reply.dropsAfter && !reply.stallsAfter;
}

bool HttpServer::sendAll(int socket, const char* bytes, std::size_t count) const {
    while (count > 0 && !m_leaving) {
        pollfd waited{socket, POLLOUT, 0};
        if (::poll(&waited, 1, kPollMilliseconds) == 0) continue;
        const ssize_t sent = ::send(socket, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
        if (sent <= 0) continue;
        bytes += sent;
        count -= static_cast<std::size_t>(sent);
    }
    return !m_leaving;
}

void HttpServer::idle(int socket) const {
    char nothing = 0;
    while (!m_leaving) {
        pollfd waited{socket, POLLIN, 0};
        if (::poll(&waited, 1, kPollMilliseconds) > 0 && ::recv(socket, &nothing, 1, MSG_DONTWAIT) == 0)
            return;
    }
}

}  // namespace studio::test
