// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/line_tail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace studio {

bool LineTail::wasRewritten() const {
    struct stat now {};
    if (m_inode == 0 || ::stat(m_file.c_str(), &now) != 0) return false;
    return now.st_ino != m_inode || static_cast<std::uint64_t>(now.st_size) < m_offset;
}

void LineTail::read(const std::function<void(std::string_view)>& use) {
    const int descriptor = ::open(m_file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    struct stat now {};
    // Replaced since wasRewritten(): what is behind the offset is no continuation; the next look says so.
    if (::fstat(descriptor, &now) != 0 || (m_inode != 0 && now.st_ino != m_inode)) {
        ::close(descriptor);
        return;
    }
    m_inode = now.st_ino;
    std::array<char, 65536> buffer{};
    for (;;) {
        const ssize_t length =
            ::pread(descriptor, buffer.data(), buffer.size(), static_cast<off_t>(m_offset));
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0) break;
        m_offset += static_cast<std::uint64_t>(length);
        m_half.append(buffer.data(), static_cast<std::size_t>(length));
        std::size_t begin = 0;
        for (std::size_t end = m_half.find('\n'); end != std::string::npos; end = m_half.find('\n', begin)) {
            use(std::string_view(m_half).substr(begin, end - begin));
            begin = end + 1;
        }
        m_half.erase(0, begin);
    }
    ::close(descriptor);
}

void LineTail::rewind() {
    m_offset = m_inode = 0;
    m_half.clear();
}

}  // namespace studio
