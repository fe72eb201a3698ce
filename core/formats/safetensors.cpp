// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/error.h"
#include "core/formats/json.h"
#include "core/formats/quoted.h"

namespace studio {

namespace {

constexpr std::uint64_t kLengthBytes = 8;
/// The limit of the reference implementation; it keeps a hostile length from costing memory.
constexpr std::uint64_t kLongestHeader = 100'000'000;
constexpr const char* kMetadataKey = "__metadata__";

/// What the format knows and this program computes with.
constexpr std::array kReadTypes{TensorType::Float32, TensorType::Float16, TensorType::BFloat16};

/// What the format knows beside that. // bytes of an element
struct OtherType {
    const char* name;
    std::size_t bytes;
};
constexpr std::array<OtherType, 14> kOtherTypes{{{"BOOL", 1},
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

/// A tensor's place, and its type where that is none of TensorType.
struct HeaderEntry {
    TensorEntry tensor;
    std::string otherType;
};

/// Reads one entry of the header, whose bytes nobody vouches for.
class EntryReader {
public:
    EntryReader(const std::filesystem::path& path, const std::string& name, const OrderedJson& json)
        : m_path(path), m_name(name), m_json(json) {}

    HeaderEntry read(std::uint64_t dataBytes) const {
        if (!m_json.is_object()) fail("its entry is not an object");
        HeaderEntry header;
        const std::size_t width = readType(header);
        TensorEntry& entry = header.tensor;
        entry.shape = shape();
        const OrderedJson& offsets = member("data_offsets");
        if (!offsets.is_array() || offsets.size() != 2) fail("data_offsets must be two numbers");
        entry.begin = number(offsets[0], "data_offsets");
        entry.end = number(offsets[1], "data_offsets");
        checkOffsets(entry, width, dataBytes);
        return header;
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throwInvalidWeights(m_path, what, m_name); }

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
    std::size_t readType(HeaderEntry& header) const {
        const OrderedJson& json = member("dtype");
        if (!json.is_string()) fail("dtype must be a text");
        const auto& name = json.get_ref<const std::string&>();
        for (const TensorType type : kReadTypes) {
            if (name != tensorTypeName(type)) continue;
            header.tensor.type = type;
            return tensorTypeBytes(type);
        }
        for (const OtherType& type : kOtherTypes) {
            if (name != type.name) continue;
            header.otherType = name;
            return type.bytes;
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

    void checkOffsets(const TensorEntry& entry, std::uint64_t bytes, std::uint64_t dataBytes) const {
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
bool looksLikePickle(std::string_view bytes) {
    constexpr unsigned char kLastProtocol = 5;
    const bool pickle = bytes[0] == '\x80' && static_cast<unsigned char>(bytes[1]) <= kLastProtocol;
    return pickle || bytes.starts_with("PK");
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
void checkCoverage(const std::filesystem::path& path, const std::map<std::string, HeaderEntry>& tensors,
                   std::uint64_t dataBytes) {
    std::vector<std::pair<const std::string*, const TensorEntry*>> ordered;
    for (const auto& [name, entry] : tensors) ordered.emplace_back(&name, &entry.tensor);
    std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second->begin, a.second->end) < std::pair(b.second->begin, b.second->end);
    });
    std::uint64_t covered = 0;
    for (const auto& [name, entry] : ordered) {
        if (entry->begin < covered)
            throwInvalidWeights(path, "its bytes overlap those of another tensor", *name);
        if (entry->begin > covered) {
            throwInvalidWeights(path,
                                "bytes " + std::to_string(covered) + " to " + std::to_string(entry->begin) +
                                    " before it belong to no tensor",
                                *name);
        }
        covered = entry->end;
    }
    if (covered != dataBytes) {
        throwInvalidWeights(
            path, std::to_string(dataBytes - covered) + " bytes after the last tensor belong to none");
    }
}

}  // namespace

SafetensorsFile::SafetensorsFile(const std::filesystem::path& path)
    : WeightFile(path, kLengthBytes, "a safetensors file") {
    parseHeader();
}

void SafetensorsFile::parseHeader() {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes().data(), sizeof length);
    const std::uint64_t rest = bytes().size() - kLengthBytes;
    const char* first = bytes().data() + kLengthBytes;
    const bool tooLong = length > rest || length > kLongestHeader;
    if (tooLong && looksLikePickle(bytes())) {
        throwInvalidWeights(path(),
                            "this is a Python pickle, as in pytorch_model.bin, and no safetensors file");
    }
    const std::string foreign = foreignText(bytes().substr(0, 64));
    if (tooLong && !foreign.empty()) throwInvalidWeights(path(), foreign);
    if (tooLong) {
        throwInvalidWeights(path(), "its header should have " + std::to_string(length) +
                                        " bytes, more than the file can hold");
    }
    if (length == 0 || *first != '{') throwInvalidWeights(path(), "its header is not a JSON object");
    setDataBegin(kLengthBytes + length);
    const std::uint64_t dataBytes = rest - length;

    OrderedJson header;
    try {
        header = parseJson({first, length}, "its header");
    } catch (const Error& error) {
        std::string what = error.cause();
        if (!what.empty() && what.back() == '.') what.pop_back();
        throwInvalidWeights(path(), what);
    }
    std::map<std::string, HeaderEntry> entries;
    for (const auto& [name, json] : header.items()) {
        if (name == kMetadataKey) {
            readMetadata(json);
        } else {
            entries.emplace(name, EntryReader(path(), name, json).read(dataBytes));
        }
    }
    if (entries.empty()) throwInvalidWeights(path(), "the file holds no tensor");
    checkCoverage(path(), entries, dataBytes);
    for (const auto& [name, entry] : entries) {
        if (entry.otherType.empty())
            add(name, entry.tensor);
        else
            addOther(name, entry.otherType);
    }
}

void SafetensorsFile::readMetadata(const nlohmann::ordered_json& json) {
    if (!json.is_object()) throwInvalidWeights(path(), "__metadata__ must be an object of texts");
    for (const auto& [key, text] : json.items()) {
        if (!text.is_string())
            throwInvalidWeights(path(), "__metadata__ " + inQuotes(key) + " must be a text");
        m_metadata.emplace(key, text.get<std::string>());
    }
}

}  // namespace studio
