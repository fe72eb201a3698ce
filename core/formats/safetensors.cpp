// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/formats/json.h"
#include "core/formats/quoted.h"

static_assert(std::endian::native == std::endian::little,
              "safetensors stores little-endian numbers and they are mapped as they are");

namespace studio {

namespace {

constexpr std::uint64_t kLengthBytes = 8;
/// The limit of the reference implementation; it keeps a hostile length from costing memory.
constexpr std::uint64_t kLongestHeader = 100'000'000;
constexpr const char* kMetadataKey = "__metadata__";

struct TypeRow {
    TensorType type;
    const char* name;
    std::size_t bytes;
};
constexpr std::array<TypeRow, 3> kTypes{
    {{TensorType::Float32, "F32", 4}, {TensorType::Float16, "F16", 2}, {TensorType::BFloat16, "BF16", 2}}};

/// Types of the format whose numbers are not read, in whole bytes an element.
struct OtherTypeRow {
    const char* name;
    std::size_t bytes;
};
constexpr std::array<OtherTypeRow, 14> kOtherTypes{{{"BOOL", 1},
                                                    {"U8", 1},
                                                    {"I8", 1},
                                                    {"F8_E5M2", 1},
                                                    {"F8_E4M3", 1},
                                                    {"F8_E8M0", 1},
                                                    {"I16", 2},
                                                    {"U16", 2},
                                                    {"I32", 4},
                                                    {"U32", 4},
                                                    {"I64", 8},
                                                    {"U64", 8},
                                                    {"F64", 8},
                                                    {"C64", 8}}};

const TypeRow& rowOf(TensorType type) {
    return *std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeRow& row) { return row.type == type; });
}

[[noreturn]] void throwInvalid(const std::filesystem::path& path, const std::string& what,
                               const std::string& tensor = {}) {
    const std::string place = tensor.empty() ? path.string() : path.string() + ", tensor " + inQuotes(tensor);
    throw Error(ErrorCode::WeightsInvalid, place + ": " + what + ".",
                "Get the file again, or choose another model.", {path.string(), tensor});
}

/// Reads one entry of the header, whose bytes nobody vouches for.
class EntryReader {
public:
    EntryReader(const std::filesystem::path& path, const std::string& name, const OrderedJson& json)
        : m_path(path), m_name(name), m_json(json) {}

    TensorEntry read(std::uint64_t dataBytes) const {
        if (!m_json.is_object()) fail("its entry is not an object");
        TensorEntry entry;
        const std::size_t elementBytes = readType(entry);
        entry.shape = shape();
        const OrderedJson& offsets = member("data_offsets");
        if (!offsets.is_array() || offsets.size() != 2) fail("data_offsets must be two numbers");
        entry.begin = number(offsets[0], "data_offsets");
        entry.end = number(offsets[1], "data_offsets");
        checkOffsets(entry, elementBytes, dataBytes);
        return entry;
    }

    /// The type's name where it is one whose numbers are not read. After read().
    const char* otherType() const {
        const auto& name = m_json["dtype"].get_ref<const std::string&>();
        const auto row = std::find_if(kOtherTypes.begin(), kOtherTypes.end(),
                                      [&](const OtherTypeRow& known) { return name == known.name; });
        return row == kOtherTypes.end() ? nullptr : row->name;
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throwInvalid(m_path, what, m_name); }

    const OrderedJson& member(const char* key) const {
        const auto found = m_json.find(key);
        if (found == m_json.end()) fail(std::string(key) + " is missing");
        return *found;
    }

    std::uint64_t number(const OrderedJson& json, const char* key) const {
        if (!json.is_number_unsigned())
            fail(std::string(key) + " must hold whole numbers that are not negative");
        const auto value = json.get<std::uint64_t>();
        if (value > static_cast<std::uint64_t>(INT64_MAX))
            fail(std::string(key) + " holds a number beyond 63 bits");
        return value;
    }

    /// Bytes of an element.
    std::size_t readType(TensorEntry& entry) const {
        const OrderedJson& json = member("dtype");
        if (!json.is_string()) fail("dtype must be a text");
        const auto& name = json.get_ref<const std::string&>();
        for (const TypeRow& row : kTypes) {
            if (name != row.name) continue;
            entry.type = row.type;
            return row.bytes;
        }
        for (const OtherTypeRow& row : kOtherTypes) {
            if (name == row.name) return row.bytes;
        }
        fail(otherTypeText(name));
    }

    std::vector<std::int64_t> shape() const {
        const OrderedJson& json = member("shape");
        if (!json.is_array()) fail("shape must be a list of numbers");
        std::vector<std::int64_t> sizes;
        for (const OrderedJson& size : json)
            sizes.push_back(static_cast<std::int64_t>(number(size, "shape")));
        return sizes;
    }

    void checkOffsets(const TensorEntry& entry, std::uint64_t elementBytes, std::uint64_t dataBytes) const {
        std::uint64_t bytes = elementBytes;
        for (const std::int64_t size : entry.shape) {
            if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(size), &bytes)) {
                fail("the shape has more elements than 64 bits can count");
            }
        }
        const std::string range = std::to_string(entry.begin) + " to " + std::to_string(entry.end);
        if (entry.begin > entry.end) fail("data_offsets " + range + " run backwards");
        if (entry.end > dataBytes) {
            fail("data_offsets " + range + " go beyond the file's " + std::to_string(dataBytes) +
                 " bytes of data; the file may be cut off");
        }
        if (entry.end - entry.begin != bytes) {
            fail("data_offsets " + range + " hold " + std::to_string(entry.end - entry.begin) +
                 " bytes, but dtype and shape need " + std::to_string(bytes));
        }
    }

    const std::filesystem::path& m_path;
    const std::string& m_name;
    const OrderedJson& m_json;
};

/// torch.save writes a pickle (first byte 0x80, then the protocol's number) or a ZIP archive that holds one.
bool looksLikePickle(const std::byte* bytes) {
    constexpr unsigned kLastProtocol = 5;
    const auto first = std::to_integer<unsigned>(bytes[0]);
    const auto second = std::to_integer<unsigned>(bytes[1]);
    return (first == 0x80 && second <= kLastProtocol) || (first == 'P' && second == 'K');
}

/// What a file is that only has the name of one, where that can be told; else empty.
std::string foreignText(std::string_view start) {
    if (start.starts_with("version https://git-lfs"))
        return "this is a Git LFS pointer to the weights, which were not downloaded";
    if (start.starts_with("GGUF")) return "this is a GGUF file";
    const std::size_t first = start.find_first_not_of(" \t\r\n");
    const std::string_view text = first == std::string_view::npos ? std::string_view() : start.substr(first);
    if (text.starts_with("<!") || text.starts_with("<html") || text.starts_with("<?xml"))
        return "this is a web page, not the file that was to be downloaded";
    return {};
}

/// Every byte of the data section must belong to exactly one tensor.
void checkCoverage(const std::filesystem::path& path, const std::map<std::string, TensorEntry>& tensors,
                   std::uint64_t dataBytes) {
    std::vector<std::pair<const std::string*, const TensorEntry*>> ordered;
    for (const auto& [name, entry] : tensors) ordered.emplace_back(&name, &entry);
    std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second->begin, a.second->end) < std::pair(b.second->begin, b.second->end);
    });
    std::uint64_t covered = 0;
    for (const auto& [name, entry] : ordered) {
        if (entry->begin < covered) throwInvalid(path, "its bytes overlap those of another tensor", *name);
        if (entry->begin > covered) {
            throwInvalid(path,
                         "bytes " + std::to_string(covered) + " to " + std::to_string(entry->begin) +
                             " before it belong to no tensor",
                         *name);
        }
        covered = entry->end;
    }
    if (covered != dataBytes) {
        throwInvalid(path,
                     std::to_string(dataBytes - covered) + " bytes after the last tensor belong to none");
    }
}

}  // namespace

std::string otherTypeText(const std::string& name) {
    return "the dtype " + inQuotes(name) + " is not one that this version reads (F32, F16, BF16)";
}

std::size_t tensorTypeBytes(TensorType type) {
    return rowOf(type).bytes;
}
const char* tensorTypeName(TensorType type) {
    return rowOf(type).name;
}

std::uint64_t TensorEntry::elementCount() const {
    return (end - begin) / tensorTypeBytes(type);
}

SafetensorsFile::SafetensorsFile(const std::filesystem::path& path) : m_path(path) {
    map();
    try {
        parseHeader();
    } catch (...) {
        unmap();
        throw;
    }
}

SafetensorsFile::~SafetensorsFile() {
    unmap();
}

void SafetensorsFile::unmap() {
    if (m_bytes) ::munmap(const_cast<std::byte*>(m_bytes), m_size);
    m_bytes = nullptr;
}

void SafetensorsFile::map() {
    // O_NONBLOCK: a named pipe under a weights name must not make us wait for a writer.
    const int fd = ::open(m_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        const int error = errno;
        throwInvalid(m_path, error == ENOENT
                                 ? "there is no such file"
                                 : std::string("the file cannot be read (") + std::strerror(error) + ")");
    }
    struct Closer {
        int fd;
        ~Closer() { ::close(fd); }
    } const closer{fd};
    struct stat status {};
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        throwInvalid(m_path, "this is not a regular file");
    m_size = static_cast<std::uint64_t>(status.st_size);
    if (m_size < kLengthBytes) {
        throwInvalid(m_path,
                     "the file has " + std::to_string(m_size) + " bytes, too few for a safetensors file");
    }
    void* mapped = ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (mapped == MAP_FAILED)
        throwInvalid(m_path, std::string("the file cannot be mapped (") + std::strerror(errno) + ")");
    m_bytes = static_cast<const std::byte*>(mapped);
}

void SafetensorsFile::parseHeader() {
    std::uint64_t length = 0;
    std::memcpy(&length, m_bytes, sizeof length);
    const auto* first = reinterpret_cast<const char*>(m_bytes) + kLengthBytes;
    const bool tooLong = length > m_size - kLengthBytes || length > kLongestHeader;
    if (tooLong && looksLikePickle(m_bytes)) {
        throwInvalid(m_path, "this is a Python pickle, which is never read because it can run code");
    }
    const std::string foreign =
        foreignText({reinterpret_cast<const char*>(m_bytes), std::min<std::size_t>(m_size, 64)});
    if (tooLong && !foreign.empty()) throwInvalid(m_path, foreign);
    if (tooLong) {
        throwInvalid(m_path, "its header should have " + std::to_string(length) +
                                 " bytes, more than the file can hold");
    }
    if (length == 0 || *first != '{') throwInvalid(m_path, "its header is not a JSON object");
    m_dataBegin = kLengthBytes + length;
    const std::uint64_t dataBytes = m_size - m_dataBegin;

    OrderedJson header;
    try {
        header = parseJson({first, length}, "its header");
    } catch (const Error& error) {
        std::string what = error.cause();
        if (!what.empty() && what.back() == '.') what.pop_back();
        throwInvalid(m_path, what);
    }
    std::map<std::string, TensorEntry> all;
    for (const auto& [name, json] : header.items()) {
        if (name == kMetadataKey) {
            readMetadata(json);
            continue;
        }
        const EntryReader reader(m_path, name, json);
        const TensorEntry& entry = all.emplace(name, reader.read(dataBytes)).first->second;
        if (const char* other = reader.otherType())
            m_otherTensors.emplace(name, other);
        else
            m_tensors.emplace(name, entry);
    }
    if (all.empty()) throwInvalid(m_path, "the file holds no tensor");
    checkCoverage(m_path, all, dataBytes);
}

void SafetensorsFile::readMetadata(const nlohmann::ordered_json& json) {
    if (!json.is_object()) throwInvalid(m_path, "__metadata__ must be an object of texts");
    for (const auto& [key, text] : json.items()) {
        if (!text.is_string()) throwInvalid(m_path, "__metadata__ " + inQuotes(key) + " must be a text");
        m_metadata.emplace(key, text.get<std::string>());
    }
}

const std::byte* SafetensorsFile::data(const std::string& name) const {
    const auto found = m_tensors.find(name);
    if (const auto other = m_otherTensors.find(name); other != m_otherTensors.end())
        throwInvalid(m_path, otherTypeText(other->second), name);
    if (found == m_tensors.end()) throwInvalid(m_path, "there is no such tensor in the file", name);
    return m_bytes + m_dataBegin + found->second.begin;
}

void SafetensorsFile::letGo(const std::string& name) const {
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end()) return;
    // The pages at both ends may be a neighbour's, too: they come back from the file where it reads them.
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    const std::uint64_t begin = (m_dataBegin + found->second.begin) / page * page;
    const std::uint64_t end = std::min(m_size, m_dataBegin + found->second.end);
    // Refused or not, the bytes are the same.
    if (begin < end) ::madvise(const_cast<std::byte*>(m_bytes) + begin, end - begin, MADV_DONTNEED);
}

}  // namespace studio
