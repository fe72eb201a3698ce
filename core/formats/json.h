// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace studio {

using Json = nlohmann::json;
/// Keeps the order of keys, for files that people read and for unknown fields that must survive a round trip.
using OrderedJson = nlohmann::ordered_json;

/// Parses JSON text with a bounded nesting depth (256; no stack overflow on hostile input). `source` names the
/// file in messages. Throws Error BadFormat with line and column, EmptyInput for blank text, BadEncoding for
/// invalid UTF-8 (naming the line).
OrderedJson parseJson(std::string_view text, const std::string& source);

/// readFile + parseJson.
OrderedJson readJsonFile(const std::filesystem::path& path);

/// Pretty-printed with a final newline and written atomically.
void writeJsonFile(const std::filesystem::path& path, const OrderedJson& value);

}  // namespace studio
