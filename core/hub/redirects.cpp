// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/redirects.h"

#include "core/hub/web_origin.h"

namespace studio {

NextHop nextHop(const std::string& from, const std::string& to, int hops, bool hasToken) {
    if (hops >= kMostRedirects)
        return {"it redirects more than " + std::to_string(kMostRedirects) + " times", false};
    const auto source = originOf(from), target = originOf(to);
    if (!source || !target) return {"it redirects to an address that is not plain http or https", false};
    if (source->isSecure() && !target->isSecure())
        return {"it redirects from https to http, at " + target->host, false};
    return {"", hasToken && *source == *target};
}

}  // namespace studio
