// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/content_check.h"

namespace fs = std::filesystem;

namespace studio {

const char* verifiedName(Verified verified) {
    switch (verified) {
        case Verified::Sha256:
            return "sha256";
        case Verified::GitBlob:
            return "git_blob";
        case Verified::Size:
            return "size";
    }
    return "size";
}

ContentCheck::ContentCheck(const HubFile& file) : m_file(file) {
    if (!file.sha256.empty() || file.gitBlob.empty()) return;
    m_gitBlob.emplace(Digest::Kind::Sha1);
    std::string head = "blob " + std::to_string(file.size);
    head += '\0';
    m_gitBlob->update(head);
}

void ContentCheck::update(std::string_view bytes) {
    m_sha256.update(bytes);
    if (m_gitBlob) m_gitBlob->update(bytes);
}

void ContentCheck::updateFromFile(const fs::path& path, const std::stop_token& stop) {
    m_sha256.updateFromFile(path, stop);
    if (m_gitBlob) m_gitBlob->updateFromFile(path, stop);
}

ContentCheck::Result ContentCheck::finish() {
    Result result;
    result.sha256 = m_sha256.finish();
    if (m_gitBlob) {
        result.by = Verified::GitBlob;
        result.expected = m_file.gitBlob;
        result.found = m_gitBlob->finish();
    } else if (!m_file.sha256.empty()) {
        result.by = Verified::Sha256;
        result.expected = m_file.sha256;
        result.found = result.sha256;
    }
    result.right = result.expected == result.found;
    return result;
}

std::optional<ContentCheck::Result> checkFile(const fs::path& path, const HubFile& file,
                                              const std::stop_token& stop) {
    std::error_code absent;
    if (!fs::is_regular_file(fs::symlink_status(path, absent))) return std::nullopt;
    const auto size = fs::file_size(path, absent);
    if (absent || size != static_cast<std::uintmax_t>(file.size)) return std::nullopt;
    ContentCheck check(file);
    check.updateFromFile(path, stop);
    return check.finish();
}

}  // namespace studio
