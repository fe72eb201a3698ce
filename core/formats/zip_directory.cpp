// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/zip_directory.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "core/formats/quoted.h"
#include "core/formats/weight_file.h"

namespace studio {

namespace {

constexpr std::string_view kEndMark("PK\5\6"), kWideEndMark("PK\6\6"), kWideLocatorMark("PK\6\7"),
    kEntryMark("PK\1\2"), kLocalMark("PK\3\4");
constexpr std::uint64_t kEndBytes = 22, kWideEndBytes = 56, kWideLocatorBytes = 20, kEntryBytes = 46,
                        kLocalBytes = 30, kLongestComment = 0xFFFF;
constexpr std::uint32_t kInWideField = 0xFFFFFFFF;
constexpr std::uint16_t kWideFieldId = 1;
/// A file with one for each tensor does not reach it.
constexpr std::uint64_t kMostEntries = 1U << 20;

class DirectoryReader {
public:
    DirectoryReader(const std::filesystem::path& path, std::string_view archive)
        : m_path(path), m_archive(archive) {}

    std::map<std::string_view, ZipRange> read() {
        findDirectory();
        if (m_count > kMostEntries)
            fail("its directory has " + std::to_string(m_count) + " entries, more than this program opens");
        std::map<std::string_view, ZipRange> entries;
        for (std::uint64_t i = 0; i < m_count; ++i) {
            const auto [name, range] = readEntry();
            if (!entries.emplace(name, range).second) failAt(name, "is in the archive twice");
        }
        return entries;
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throwInvalidWeights(m_path, what); }
    [[noreturn]] void failAt(std::string_view name, const std::string& what) const {
        fail("the entry " + inQuotes(name) + " " + what);
    }

    /// Bounds are checked here and nowhere else.
    std::string_view part(std::uint64_t begin, std::uint64_t count) const {
        if (begin > m_archive.size() || count > m_archive.size() - begin)
            fail("the archive is cut off or its directory is damaged");
        return m_archive.substr(begin, count);
    }

    template <typename Number>
    Number number(std::uint64_t at) const {
        Number value = 0;
        std::memcpy(&value, part(at, sizeof value).data(), sizeof value);
        return value;
    }

    bool isMark(std::uint64_t at, std::string_view mark) const { return part(at, mark.size()) == mark; }

    /// The last record of the archive; a comment may follow it, whose length it says.
    std::uint64_t endRecord() const {
        const std::uint64_t size = m_archive.size();
        if (size < kEndBytes) fail("this is no ZIP archive, as torch.save() writes it");
        const std::uint64_t furthest = std::min(size - kEndBytes, kLongestComment);
        for (std::uint64_t comment = 0; comment <= furthest; ++comment) {
            const std::uint64_t at = size - kEndBytes - comment;
            if (isMark(at, kEndMark) && number<std::uint16_t>(at + 20) == comment) return at;
        }
        fail("this is no whole ZIP archive, as torch.save() writes it; the file may be cut off");
    }

    void findDirectory() {
        const std::uint64_t end = endRecord();
        const std::uint64_t locator = end - std::min(end, kWideLocatorBytes);
        if (end >= kWideLocatorBytes && isMark(locator, kWideLocatorMark)) {
            const auto wide = number<std::uint64_t>(locator + 8);
            part(wide, kWideEndBytes);
            if (!isMark(wide, kWideEndMark)) fail("the archive's directory is damaged");
            m_count = number<std::uint64_t>(wide + 32);
            m_at = number<std::uint64_t>(wide + 48);
        } else {
            m_count = number<std::uint16_t>(end + 10);
            m_at = number<std::uint32_t>(end + 16);
        }
    }

    /// A field of 32 bits, or where it is too narrow, the next one of the entry's wide fields.
    std::uint64_t field(std::uint64_t at, std::string_view& wide) const {
        const auto narrow = number<std::uint32_t>(at);
        if (narrow != kInWideField) return narrow;
        std::uint64_t value = 0;
        if (wide.size() < sizeof value) fail("an entry of the archive's directory is damaged");
        std::memcpy(&value, wide.data(), sizeof value);
        wide.remove_prefix(sizeof value);
        return value;
    }

    std::string_view wideFields(std::string_view extra) const {
        constexpr std::size_t kHeadBytes = 4;
        while (extra.size() >= kHeadBytes) {
            std::uint16_t id = 0, size = 0;
            std::memcpy(&id, extra.data(), sizeof id);
            std::memcpy(&size, extra.data() + sizeof id, sizeof size);
            const std::string_view field = extra.substr(kHeadBytes, size);
            if (id == kWideFieldId) return field;
            extra.remove_prefix(kHeadBytes + field.size());
        }
        return {};
    }

    std::pair<std::string_view, ZipRange> readEntry() {
        const std::uint64_t at = m_at;
        part(at, kEntryBytes);
        if (!isMark(at, kEntryMark)) fail("the archive's directory is damaged");
        const auto flags = number<std::uint16_t>(at + 8), method = number<std::uint16_t>(at + 10);
        const std::uint64_t nameSize = number<std::uint16_t>(at + 28);
        const std::uint64_t extraSize = number<std::uint16_t>(at + 30);
        const std::string_view name = part(at + kEntryBytes, nameSize);
        std::string_view wide = wideFields(part(at + kEntryBytes + nameSize, extraSize));
        const std::uint64_t size = field(at + 24, wide);
        const std::uint64_t packedSize = field(at + 20, wide);
        const std::uint64_t local = field(at + 42, wide);
        if ((flags & 1U) != 0) failAt(name, "is encrypted");
        if (method != 0 || size != packedSize)
            failAt(name, "is compressed, which torch.save() does not do and this program does not read");
        m_at = at + kEntryBytes + nameSize + extraSize + number<std::uint16_t>(at + 32);
        return {name, rangeOf(name, local, size)};
    }

    ZipRange rangeOf(std::string_view name, std::uint64_t local, std::uint64_t size) const {
        part(local, kLocalBytes);
        const std::uint64_t nameSize = number<std::uint16_t>(local + 26);
        if (!isMark(local, kLocalMark) || part(local + kLocalBytes, nameSize) != name)
            failAt(name, "is not where the archive's directory says");
        const std::uint64_t begin = local + kLocalBytes + nameSize + number<std::uint16_t>(local + 28);
        part(begin, size);
        return {begin, begin + size};
    }

    const std::filesystem::path& m_path;
    std::string_view m_archive;
    std::uint64_t m_count = 0;
    std::uint64_t m_at = 0;
};

}  // namespace

std::map<std::string_view, ZipRange> readZipDirectory(const std::filesystem::path& path,
                                                      std::string_view archive) {
    return DirectoryReader(path, archive).read();
}

}  // namespace studio
