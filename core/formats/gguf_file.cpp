// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/formats/quoted.h"

namespace studio {

namespace {

/// Bounds that no real file reaches.
constexpr std::uint64_t kMostKeys = 65'536;
constexpr std::uint64_t kMostTensors = 1'048'576;
constexpr std::uint32_t kMostDimensions = 4;
constexpr std::uint64_t kLargestAlignment = 1U << 20;
constexpr std::size_t kArrayType = 9;

[[noreturn]] void throwInvalid(const std::filesystem::path& path, const std::string& what) {
    throw Error(ErrorCode::WeightsInvalid, path.string() + ": " + what + ".", "Write or get the file again.",
                {path.string()});
}

/// The file's bytes for as long as its header is read.
class MappedBytes {
public:
    explicit MappedBytes(const std::filesystem::path& path) {
        // O_NONBLOCK: a named pipe must not make us wait for a writer.
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (fd < 0) throwInvalid(path, std::string("the file cannot be read (") + std::strerror(errno) + ")");
        struct stat status {};
        const bool regular = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
        m_size = regular ? static_cast<std::size_t>(status.st_size) : 0;
        void* mapped = m_size > 0 ? ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
        ::close(fd);
        if (mapped == MAP_FAILED) throwInvalid(path, "this is not a regular file with content");
        m_bytes = static_cast<const char*>(mapped);
    }
    ~MappedBytes() { ::munmap(const_cast<char*>(m_bytes), m_size); }
    MappedBytes(const MappedBytes&) = delete;
    MappedBytes& operator=(const MappedBytes&) = delete;
    std::string_view view() const { return {m_bytes, m_size}; }

private:
    const char* m_bytes = nullptr;
    std::size_t m_size = 0;
};

/// Takes the header apart, whose bytes nobody vouches for.
class HeaderReader {
public:
    HeaderReader(const std::filesystem::path& path, std::string_view bytes) : m_path(path), m_bytes(bytes) {}

    [[noreturn]] void fail(const std::string& what) const {
        throwInvalid(m_path, what + " (at byte " + std::to_string(m_at) + ")");
    }
    std::uint64_t at() const { return m_at; }
    std::uint64_t left() const { return m_bytes.size() - m_at; }

    std::string_view take(std::uint64_t count, const char* what) {
        if (count > left()) fail(std::string("the file ends within ") + what);
        const std::string_view part = m_bytes.substr(m_at, count);
        m_at += count;
        return part;
    }
    template <typename Number>
    Number number(const char* what) {
        Number value{};
        std::memcpy(&value, take(sizeof value, what).data(), sizeof value);
        return value;
    }
    std::string text(const char* what) {
        const auto length = number<std::uint64_t>(what);
        return std::string(take(length, what));
    }
    std::uint64_t count(const char* what, std::uint64_t most) {
        const auto value = number<std::uint64_t>(what);
        if (value > most) fail(std::to_string(value) + " " + what + " are more than this program reads");
        return value;
    }

    GgufValue value() {
        const auto type = number<std::uint32_t>("the type of a value");
        if (type == kArrayType) return array();
        std::optional<GgufValue> found;
        readScalar<0>(type, found);
        if (!found) fail("the value type " + std::to_string(type) + " is not known");
        return std::move(*found);
    }

private:
    template <std::size_t Index>
    void readScalar(std::uint32_t type, std::optional<GgufValue>& found) {
        using Kind = std::variant_alternative_t<Index, GgufValue>;
        if (type == Index) {
            if constexpr (std::is_same_v<Kind, std::string>)
                found.emplace(std::in_place_index<Index>, text("a text"));
            else if constexpr (std::is_same_v<Kind, bool>)
                found.emplace(std::in_place_index<Index>, number<std::uint8_t>("a truth value") != 0);
            else if constexpr (!std::is_same_v<Kind, GgufArray>)
                found.emplace(std::in_place_index<Index>, number<Kind>("a number"));
        }
        if constexpr (Index + 1 < std::variant_size_v<GgufValue>) readScalar<Index + 1>(type, found);
    }

    template <typename Number>
    std::vector<Number> numbers(std::uint64_t count) {
        if (count > left() / sizeof(Number)) fail("the file ends within a list");
        const std::string_view part = take(count * sizeof(Number), "a list");
        std::vector<Number> list(count);
        if (count > 0) std::memcpy(list.data(), part.data(), part.size());
        return list;
    }

    GgufArray array() {
        const auto type = number<std::uint32_t>("the type of a list");
        const auto count = number<std::uint64_t>("the length of a list");
        switch (type) {
            case 4:
                return numbers<std::uint32_t>(count);
            case 5:
                return numbers<std::int32_t>(count);
            case 6:
                return numbers<float>(count);
            case 8: {
                // Each text has at least its length: that bounds the memory.
                if (count > left() / sizeof(std::uint64_t)) fail("the file ends within a list");
                std::vector<std::string> list;
                list.reserve(count);
                for (std::uint64_t i = 0; i < count; ++i) list.push_back(text("a text of a list"));
                return list;
            }
            default:
                fail("a list of the value type " + std::to_string(type) + " is not read by this version");
        }
    }

    const std::filesystem::path& m_path;
    std::string_view m_bytes;
    std::uint64_t m_at = 0;
};

GgufTensorInfo readTensor(HeaderReader& reader) {
    GgufTensorInfo tensor;
    tensor.name = reader.text("a tensor's name");
    const auto dimensions = reader.number<std::uint32_t>("a tensor's dimensions");
    if (dimensions == 0 || dimensions > kMostDimensions)
        reader.fail("the tensor " + inQuotes(tensor.name) + " has " + std::to_string(dimensions) +
                    " dimensions");
    std::uint64_t elements = 1;
    for (std::uint32_t i = 0; i < dimensions; ++i) {
        const auto size = reader.number<std::uint64_t>("a tensor's shape");
        if (size == 0 || __builtin_mul_overflow(elements, size, &elements) || elements > INT64_MAX / 8)
            reader.fail("the tensor " + inQuotes(tensor.name) + " has an impossible shape");
        tensor.shape.insert(tensor.shape.begin(), static_cast<std::int64_t>(size));
    }
    const auto type = reader.number<std::uint32_t>("a tensor's type");
    const std::optional<GgufType> known = ggufTypeOfNumber(type);
    if (!known)
        reader.fail("the tensor " + inQuotes(tensor.name) + " has the type number " + std::to_string(type) +
                    ", which this version does not read");
    tensor.type = *known;
    if (tensor.type == GgufType::Q8_0 && tensor.shape.back() % kGgufGroup != 0)
        reader.fail("the rows of the tensor " + inQuotes(tensor.name) + " are no whole groups of 32");
    tensor.offset = reader.number<std::uint64_t>("a tensor's place");
    return tensor;
}

void checkPlaces(const std::filesystem::path& path, const std::vector<GgufTensorInfo>& tensors,
                 std::uint64_t alignment, std::uint64_t dataBytes) {
    std::vector<const GgufTensorInfo*> ordered;
    std::set<std::string_view> names;
    for (const GgufTensorInfo& tensor : tensors) {
        ordered.push_back(&tensor);
        if (!names.insert(tensor.name).second)
            throwInvalid(path, "the tensor " + inQuotes(tensor.name) + " is described twice");
    }
    std::sort(ordered.begin(), ordered.end(),
              [](const auto* a, const auto* b) { return a->offset < b->offset; });
    std::uint64_t covered = 0;
    for (const GgufTensorInfo* tensor : ordered) {
        const std::string name = "the tensor " + inQuotes(tensor->name);
        if (tensor->offset % alignment != 0) throwInvalid(path, name + " is not aligned");
        if (tensor->offset < covered) throwInvalid(path, name + " overlaps another one");
        if (tensor->offset > dataBytes || tensor->bytes() > dataBytes - tensor->offset)
            throwInvalid(path, name + " goes beyond the file's end; it may be cut off");
        covered = tensor->offset + tensor->bytes();
    }
}

}  // namespace

std::uint64_t GgufTensorInfo::bytes() const {
    std::uint64_t elements = 1;
    for (const std::int64_t size : shape) elements *= static_cast<std::uint64_t>(size);
    return ggufBytes(type, elements);
}

GgufFile::GgufFile(const std::filesystem::path& path) {
    const MappedBytes mapped(path);
    HeaderReader reader(path, mapped.view());
    if (reader.take(4, "the magic number") != "GGUF") throwInvalid(path, "this is not a GGUF file");
    const auto version = reader.number<std::uint32_t>("the version");
    if (version != 2 && version != 3)
        throwInvalid(path, "the GGUF version " + std::to_string(version) + " is not one that is read (2, 3)");
    const std::uint64_t tensors = reader.count("tensors", kMostTensors);
    const std::uint64_t keys = reader.count("keys", kMostKeys);
    std::set<std::string> known;
    for (std::uint64_t i = 0; i < keys; ++i) {
        std::string key = reader.text("a key");
        if (!known.insert(key).second) reader.fail("the key " + inQuotes(key) + " is given twice");
        GgufValue value = reader.value();
        m_metadata.emplace_back(std::move(key), std::move(value));
    }
    std::uint64_t alignment = kGgufAlignment;
    if (const GgufValue* given = find("general.alignment")) {
        const auto* number = std::get_if<std::uint32_t>(given);
        if (!number || *number == 0 || *number > kLargestAlignment || (*number & (*number - 1)) != 0)
            throwInvalid(path, "general.alignment is not a power of two");
        alignment = *number;
    }
    for (std::uint64_t i = 0; i < tensors; ++i) m_tensors.push_back(readTensor(reader));
    m_dataBegin = (reader.at() + alignment - 1) / alignment * alignment;
    const std::uint64_t size = mapped.view().size();
    if (m_dataBegin > size && !m_tensors.empty()) throwInvalid(path, "the file ends within its header");
    checkPlaces(path, m_tensors, alignment, size - std::min(size, m_dataBegin));
}

const GgufValue* GgufFile::find(const std::string& key) const {
    const auto found = std::find_if(m_metadata.begin(), m_metadata.end(),
                                    [&](const auto& entry) { return entry.first == key; });
    return found == m_metadata.end() ? nullptr : &found->second;
}

const GgufTensorInfo* GgufFile::tensor(const std::string& name) const {
    const auto found = std::find_if(m_tensors.begin(), m_tensors.end(),
                                    [&](const GgufTensorInfo& one) { return one.name == name; });
    return found == m_tensors.end() ? nullptr : &*found;
}

}  // namespace studio
