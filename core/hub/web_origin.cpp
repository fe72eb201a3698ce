// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/web_origin.h"

#include <algorithm>
#include <charconv>

namespace studio {
namespace {

bool isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

bool isHost(std::string_view host) {
    if (host.empty() || host.size() > 253) return false;
    if (host.front() == '[') {
        return host.size() > 2 && host.back() == ']' &&
               std::all_of(host.begin() + 1, host.end() - 1,
                           [](char c) { return isLetterOrDigit(c) || c == ':' || c == '.'; });
    }
    return std::all_of(host.begin(), host.end(),
                       [](char c) { return isLetterOrDigit(c) || c == '-' || c == '.' || c == '_'; });
}

std::optional<std::uint16_t> portOf(std::string_view text) {
    unsigned port = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (failed != std::errc() || end != text.data() + text.size() || port == 0 || port > 65535)
        return std::nullopt;
    return static_cast<std::uint16_t>(port);
}

std::string encoded(std::string_view text, std::string_view kept) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        if (isLetterOrDigit(c) || kept.find(c) != std::string_view::npos) {
            result += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            result += '%';
            result += kDigits[byte >> 4U];
            result += kDigits[byte & 15U];
        }
    }
    return result;
}

}  // namespace

bool WebOrigin::isLoopback() const {
    return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

std::string WebOrigin::text() const {
    const bool usual = port == (isSecure() ? 443 : 80);
    return scheme + "://" + host + (usual ? "" : ":" + std::to_string(port));
}

std::optional<WebOrigin> originOf(std::string_view url) {
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    WebOrigin origin;
    origin.scheme = lowered(url.substr(0, colon));
    if (origin.scheme != "http" && origin.scheme != "https") return std::nullopt;
    std::string_view authority = url.substr(colon + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    const std::size_t bracket = authority.rfind(']');
    const std::size_t portAt = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    const std::string_view host = authority.substr(0, portAt);
    if (!isHost(host)) return std::nullopt;
    origin.host = lowered(host);
    origin.port = origin.isSecure() ? 443 : 80;
    if (portAt != std::string_view::npos) {
        const auto port = portOf(authority.substr(portAt + 1));
        if (!port) return std::nullopt;
        origin.port = *port;
    }
    return origin;
}

bool haveSameOrigin(std::string_view one, std::string_view other) {
    const std::optional<WebOrigin> origin = originOf(one);
    return origin && origin == originOf(other);
}

std::string urlSegment(std::string_view text) {
    return encoded(text, "-._~");
}

std::string urlPath(std::string_view path) {
    return encoded(path, "-._~/");
}

}  // namespace studio
