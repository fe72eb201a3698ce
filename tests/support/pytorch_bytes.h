// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace studio::test {

/// The bytes of a number as they lie in files.
template <typename Number>
std::string numberBytes(Number value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

/// Writes ZIP archives of entries that are stored as they are. The fields can be spoiled for hostile ones.
class ZipBytes {
public:
    bool wide = false;  ///< sizes and places in fields of 64 bits, as in archives of more than 4 GiB
    std::string comment;
    std::uint16_t flags = 0, method = 0;
    std::uint64_t moreSize = 0;   ///< that the directory adds to what is there
    std::uint64_t morePlace = 0;  ///< the same of where an entry begins

    ZipBytes& add(const std::string& name, const std::string& bytes) {
        const std::uint64_t place = m_entries.size();
        const std::uint32_t size = static_cast<std::uint32_t>(bytes.size());
        m_entries += "PK\3\4" + head() + numberBytes(size) + numberBytes(size) + nameSize(name) +
                     numberBytes(std::uint16_t{3}) + name + "pad" + bytes;
        m_directory += "PK\1\2" + numberBytes(std::uint16_t{0}) + head();
        const std::uint64_t told = bytes.size() + moreSize, begin = place + morePlace;
        m_directory += narrow(told) + narrow(told) + nameSize(name);
        const std::string other = "xx" + numberBytes(std::uint16_t{2}) + "yz";  // a field of another kind
        const std::string fields = other + numberBytes(std::uint16_t{1}) + numberBytes(std::uint16_t{24}) +
                                   numberBytes(told) + numberBytes(told) + numberBytes(begin);
        m_directory += numberBytes(static_cast<std::uint16_t>(wide ? fields.size() : 0)) +
                       std::string(10, '\0') + narrow(begin) + name + (wide ? fields : "");
        ++m_count;
        return *this;
    }

    std::string text() const {
        std::string bytes = m_entries + m_directory;
        const std::uint64_t size = m_directory.size(), place = m_entries.size(), end = bytes.size();
        if (wide) {
            bytes += "PK\6\6" + numberBytes(std::uint64_t{44}) + std::string(12, '\0') +
                     numberBytes(m_count) + numberBytes(m_count) + numberBytes(size) + numberBytes(place);
            bytes += "PK\6\7" + std::string(4, '\0') + numberBytes(end) + numberBytes(std::uint32_t{1});
        }
        const auto count = static_cast<std::uint16_t>(wide ? 0xFFFF : m_count);
        return bytes + "PK\5\6" + std::string(4, '\0') + numberBytes(count) + numberBytes(count) +
               narrow(size) + narrow(place) + numberBytes(static_cast<std::uint16_t>(comment.size())) +
               comment;
    }

private:
    /// Version, flags, method, time and checksum, as both kinds of heads have them.
    std::string head() const {
        return numberBytes(std::uint16_t{0}) + numberBytes(flags) + numberBytes(method) +
               std::string(8, '\0');
    }
    std::string narrow(std::uint64_t value) const {
        return numberBytes(wide ? 0xFFFFFFFF : static_cast<std::uint32_t>(value));
    }
    static std::string nameSize(const std::string& name) {
        return numberBytes(static_cast<std::uint16_t>(name.size()));
    }

    std::string m_entries, m_directory;
    std::uint64_t m_count = 0;
};

// Operations of a pickle of protocol 2
// ------------------------------------------------------------------------------------------------------

inline std::string pickled(std::string_view text) {
    return "X" + numberBytes(static_cast<std::uint32_t>(text.size())) + std::string(text);
}
inline std::string pickled(std::int64_t number) {
    return "\x8a\x08" + numberBytes(number);
}
inline std::string pickled(const std::vector<std::int64_t>& sizes) {
    std::string bytes = "(";
    for (const std::int64_t size : sizes) bytes += pickled(size);
    return bytes + "t";
}
inline std::string pickledName(const std::string& module, const std::string& name) {
    return "c" + module + "\n" + name + "\n";
}

/// What a pickle says of a tensor; the strides are those of a whole one if not given.
struct PickledTensorBytes {
    std::string storageClass = "FloatStorage", key = "0";
    std::int64_t count = 0, offset = 0;
    std::vector<std::int64_t> shape{}, strides{};

    std::string text() const {
        const std::string storage = "(" + pickled("storage") + pickledName("torch", storageClass) +
                                    pickled(key) + pickled("cpu") + pickled(count) + "tQ";
        return pickledName("torch._utils", "_rebuild_tensor_v2") + "(" + storage + pickled(offset) +
               pickled(shape) + pickled(strides.empty() ? wholeStrides() : strides) + "\x89" +
               pickledName("collections", "OrderedDict") + ")RtR";
    }

private:
    std::vector<std::int64_t> wholeStrides() const {
        std::vector<std::int64_t> all(shape.size(), 1);
        for (std::size_t i = shape.size(); i-- > 1;) all[i - 1] = all[i] * shape[i];
        return all;
    }
};

/// A whole pickle of a dictionary; `items` are keys and values in turn.
inline std::string pickledDictionary(const std::string& items) {
    return "\x80\x02" + pickledName("collections", "OrderedDict") + ")Rq" + std::string(1, '\0') + "(" +
           items + "u.";
}

/// A whole file of torch.save() with these numbers under the keys "0", "1", ….
inline std::string pytorchFile(const std::string& pickle, const std::vector<std::string>& numbers,
                               ZipBytes zip = {}) {
    zip.add("weights/data.pkl", pickle);
    for (std::size_t i = 0; i < numbers.size(); ++i) zip.add("weights/data/" + std::to_string(i), numbers[i]);
    return zip.add("weights/version", "3\n").text();
}

}  // namespace studio::test
