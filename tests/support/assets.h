// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace studio::test {

/// A file or folder of the large test assets ($STUDIO_ASSETS, by default ../shared/assets beside the source
/// tree), or an empty path where it is absent: use STUDIO_NEEDS_ASSET, which skips with a message.
std::filesystem::path asset(const std::string& relative);

/// A file of tests/data, which is part of the project.
std::filesystem::path testData(const std::string& relative);

/// An empty folder of its own, removed by the destructor.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

}  // namespace studio::test

/// Declares `variable` as the path of an asset, or skips the test.
#define STUDIO_NEEDS_ASSET(variable, relative)                            \
    const std::filesystem::path variable = studio::test::asset(relative); \
    if (variable.empty()) QSKIP("the test assets are not on this machine (STUDIO_ASSETS): " relative)
