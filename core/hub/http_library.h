// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/hub/http_client.h"

namespace studio {

/// What libstudio_http.so offers. libcurl brings some thirty libraries, which would be loaded at every start
/// of a program that links it; so it lives in a library that is loaded when something is asked of a hub.
struct HttpLibrary {
    /// Returns a new client that the caller owns.
    HttpClient* (*make)() = nullptr;
};

inline constexpr const char* kHttpEntry = "studio_http";
using HttpEntry = const HttpLibrary* (*)();

/// A client over libcurl; loads the library the first time. Throws EngineUnavailable.
std::unique_ptr<HttpClient> makeHttpClient();

}  // namespace studio
