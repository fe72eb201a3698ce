// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/part_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/files.h"

namespace studio {

void PartFile::open(const std::filesystem::path& path, std::int64_t offset) {
    close();
    m_path = path;
    m_descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (m_descriptor < 0 || ::ftruncate(m_descriptor, offset) != 0 ||
        ::lseek(m_descriptor, offset, SEEK_SET) != offset)
        throwWriteError(path, errno);
}

void PartFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_descriptor, bytes.data(), bytes.size());
        if (count >= 0)
            bytes.remove_prefix(static_cast<std::size_t>(count));
        else if (errno != EINTR)
            throwWriteError(m_path, errno);
    }
}

void PartFile::clear() {
    if (::ftruncate(m_descriptor, 0) != 0 || ::lseek(m_descriptor, 0, SEEK_SET) != 0)
        throwWriteError(m_path, errno);
}

void PartFile::finish() {
    if (::fsync(m_descriptor) != 0) throwWriteError(m_path, errno);
    close();
}

void PartFile::close() {
    if (m_descriptor >= 0) ::close(m_descriptor);
    m_descriptor = -1;
}

}  // namespace studio
