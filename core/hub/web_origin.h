// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace studio {

/// Whom a URL asks: scheme, host and port (RFC 6454).
struct WebOrigin {
    std::string scheme;  ///< "http" or "https"
    std::string host;    ///< lower case, an IPv6 address in its brackets
    std::uint16_t port = 0;

    bool operator==(const WebOrigin&) const = default;
    bool isSecure() const { return scheme == "https"; }
    /// The machine itself: 127.0.0.1, [::1] or localhost.
    bool isLoopback() const;
    /// "https://host", with the port where it is not the scheme's own.
    std::string text() const;
};

/// The origin of an absolute URL; nothing where it is no http(s) URL or its authority holds anything but a
/// host of letters, digits, "-", "_" and ".", or a bracketed address, and a port: no names and passwords, and
/// nothing that two parsers could read differently.
std::optional<WebOrigin> originOf(std::string_view url);
/// Whether two URLs ask the same; false where one of them has no origin.
bool haveSameOrigin(std::string_view one, std::string_view other);

/// Percent-encoded for one segment of a path (RFC 3986: all but unreserved characters).
std::string urlSegment(std::string_view text);
/// The same for a path: "/" stays.
std::string urlPath(std::string_view path);

}  // namespace studio
