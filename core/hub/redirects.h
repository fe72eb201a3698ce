// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace studio {

/// Where a request goes after a redirect, or why it does not.
struct NextHop {
    std::string refusal;      ///< empty: go there
    bool keepsToken = false;  ///< the token, if there is one, goes along
};

/// At most so many redirects one after the other.
inline constexpr int kMostRedirects = 10;

/// The rule for redirects: http and https only, no more than kMostRedirects (`hops` were followed before this
/// one), never from https to http, and the token stays with the origin that it was first sent to: once a
/// request has left that, it goes on without (`hasToken` false).
NextHop nextHop(const std::string& from, const std::string& to, int hops, bool hasToken);

}  // namespace studio
