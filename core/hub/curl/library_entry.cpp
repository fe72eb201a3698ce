// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The one function that libstudio_http.so exports.
#include "core/hub/curl/curl_client.h"
#include "core/hub/http_library.h"

namespace studio {

namespace {

HttpClient* make() {
    return new CurlClient;
}

constexpr HttpLibrary kLibrary{make};

}  // namespace

}  // namespace studio

// A symbol of the C kind, spelled as such.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" __attribute__((visibility("default"))) const studio::HttpLibrary* studio_http() {
    return &studio::kLibrary;
}
