// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/formats/json.h"

namespace studio::test {

/// Puts a tensor of any type, all zeros, behind the others of a safetensors file.
inline void appendTensor(const std::filesystem::path& file, const std::string& name, const std::string& type,
                         const std::vector<std::int64_t>& shape, std::size_t bytes) {
    const std::string whole = readFile(file);
    std::uint64_t length = 0;
    for (int i = 7; i >= 0; --i)
        length = length << 8 | static_cast<unsigned char>(whole[static_cast<std::size_t>(i)]);
    OrderedJson header = parseJson(std::string_view(whole).substr(8, length), "header");
    const std::string data = whole.substr(8 + length) + std::string(bytes, '\0');
    header[name] = {{"dtype", type},
                    {"shape", shape},
                    {"data_offsets", OrderedJson::array({data.size() - bytes, data.size()})}};
    const std::string text = header.dump();
    std::string beginning;
    for (int i = 0; i < 8; ++i) beginning += static_cast<char>(text.size() >> (8 * i));
    writeFileAtomically(file, beginning + text + data);
}

}  // namespace studio::test
