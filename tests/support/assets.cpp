// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/assets.h"

#include <cstdlib>

namespace fs = std::filesystem;

namespace studio::test {

fs::path asset(const std::string& relative) {
    const char* folder = std::getenv("STUDIO_ASSETS");
    const fs::path root = folder ? fs::path(folder) : fs::path(STUDIO_SOURCE_DIR) / "../shared/assets";
    std::error_code ignored;
    const fs::path path = (root / relative).lexically_normal();
    return fs::exists(path, ignored) ? path : fs::path();
}

fs::path testData(const std::string& relative) {
    return fs::path(STUDIO_SOURCE_DIR) / "tests/data" / relative;
}

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "studio-test-XXXXXX").string();
    m_path = ::mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

}  // namespace studio::test
