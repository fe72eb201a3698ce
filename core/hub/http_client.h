// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace studio {

/// One GET request.
struct HttpRequest {
    std::string url;  ///< http or https
    /// Sent as "Authorization: Bearer" to the origin of `url` alone, never to where that redirects.
    std::string token;
    std::vector<std::pair<std::string, std::string>> headers;
    double connectSeconds = 30.0;
    double stallSeconds = 30.0;  ///< ended where almost nothing comes for so long
    double totalSeconds = 0.0;   ///< ended after so long in any case; 0: never
};

/// The head of the answer to which the redirects, if any, led.
struct HttpHead {
    int status = 0;
    std::string url;
    std::map<std::string, std::string> headers;  ///< names in lower case; of equal ones the last
    double retryAfterSeconds = -1.0;             ///< < 0: not said

    /// Empty where there is none of that name.
    std::string header(const std::string& name) const;
};

/// How a request ended.
struct HttpEnd {
    enum class Kind {
        Complete,         ///< all came that the server had announced
        Refused,          ///< the receiver wanted no more
        NoConnection,     ///< no such name, nobody there, or no answer to the call
        Stalled,          ///< too slow, or over totalSeconds
        Dropped,          ///< the connection broke
        NotTrusted,       ///< the server's certificate does not hold
        RedirectRefused,  ///< see nextHop() of core/hub/redirects.h
        BadAnswer         ///< not HTTP as it should be
    };
    Kind kind = Kind::Complete;
    std::string reason;  ///< for people, without a full stop; never a header of the request
};

/// Hears about one request. Called within HttpClient::wait() on its thread. What it throws comes out of
/// wait(), and ends the request.
class HttpReceiver {
public:
    virtual ~HttpReceiver() = default;
    /// The head, before any of the body; false ends the request (Refused).
    virtual bool onHead(const HttpHead& head) = 0;
    /// A piece of the body as it came; false ends the request (Refused).
    virtual bool onBody(std::string_view bytes) = 0;
    /// Once, last; a new request may be started here.
    virtual void onEnd(const HttpEnd& end) = 0;
};

/// Several GET requests at a time on the caller's thread. Follows redirects as core/hub/redirects.h allows.
/// Asks for bytes as they are, without compression. Uses the proxy variables of the environment (https_proxy,
/// no_proxy, …) and the system's certificates; never .netrc, never cookies. Not thread-safe; one thread may
/// have one of its own.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    /// The receiver must live until onEnd(), cancel() or the end of this object. It has one request at most.
    virtual void start(HttpRequest request, HttpReceiver& receiver) = 0;
    /// Ends the receiver's request, if it has one, without a further call.
    virtual void cancel(HttpReceiver& receiver) = 0;
    /// Lets the requests go on; returns when something came, or `longest` has passed.
    virtual void wait(std::chrono::milliseconds longest) = 0;
};

}  // namespace studio
