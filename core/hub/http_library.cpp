// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/http_library.h"

#include "core/base/own_library.h"

namespace studio {

std::unique_ptr<HttpClient> makeHttpClient() {
    static const HttpLibrary& library = *reinterpret_cast<HttpEntry>(
        loadOwnLibrary({"libstudio_http.so", "STUDIO_HTTP", kHttpEntry, /*preferOwnSymbols=*/false}))();
    return std::unique_ptr<HttpClient>(library.make());
}

std::string HttpHead::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

}  // namespace studio
