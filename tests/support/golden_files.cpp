// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden_files.h"

#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "core/base/error.h"
#include "core/formats/model_config.h"
#include "tests/support/assets.h"

namespace fs = std::filesystem;

namespace studio::test {

FloatArray readNpy(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    char magic[8];
    std::uint16_t headerLength = 0;
    file.read(magic, sizeof magic);
    file.read(reinterpret_cast<char*>(&headerLength), sizeof headerLength);
    std::string header(headerLength, '\0');
    file.read(header.data(), headerLength);
    if (!file || std::memcmp(magic, "\x93NUMPY\x01", 7) != 0 || header.find("'<f4'") == std::string::npos) {
        throw std::runtime_error("not a float32 .npy file: " + path.string());
    }
    FloatArray array;
    std::istringstream numbers(header.substr(header.find('(') + 1));
    std::int64_t size = 1;
    for (std::int64_t n = 0; numbers >> n;) {
        array.shape.push_back(n);
        size *= n;
        if (numbers.peek() == ',') numbers.get();
    }
    array.values.resize(static_cast<std::size_t>(size));
    file.read(reinterpret_cast<char*>(array.values.data()),
              static_cast<std::streamsize>(array.values.size() * sizeof(float)));
    if (!file) throw std::runtime_error("cut short: " + path.string());
    return array;
}

nlohmann::json readGolden(const fs::path& path) {
    std::ifstream file(path);
    return nlohmann::json::parse(file);
}

std::vector<fs::path> goldenModels() {
    std::vector<fs::path> models;
    const fs::path root = asset("models");
    if (root.empty()) return models;
    for (const auto& entry : fs::directory_iterator(root)) {
        if (!fs::exists(entry.path() / "golden/golden.json")) continue;
        try {
            readModelConfig(entry.path());
            models.push_back(entry.path());
        } catch (const Error&) {
            // A family that this version refuses by name; the refusal itself is tested elsewhere.
        }
    }
    return models;
}

}  // namespace studio::test
