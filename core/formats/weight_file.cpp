// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/weight_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>

#include "core/base/error.h"
#include "core/formats/quoted.h"

static_assert(std::endian::native == std::endian::little,
              "weights are stored as little-endian numbers and they are mapped as they are");

namespace studio {

namespace {

struct TypeRow {
    TensorType type;
    const char* name;
    std::size_t bytes;
};
constexpr std::array<TypeRow, 3> kTypes{
    {{TensorType::Float32, "F32", 4}, {TensorType::Float16, "F16", 2}, {TensorType::BFloat16, "BF16", 2}}};

const TypeRow& rowOf(TensorType type) {
    return *std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeRow& row) { return row.type == type; });
}

}  // namespace

std::size_t tensorTypeBytes(TensorType type) {
    return rowOf(type).bytes;
}
const char* tensorTypeName(TensorType type) {
    return rowOf(type).name;
}

std::string otherTypeText(const std::string& name) {
    return "the dtype " + inQuotes(name) + " is not one that this version reads (F32, F16, BF16)";
}

std::uint64_t TensorEntry::elementCount() const {
    return (end - begin) / tensorTypeBytes(type);
}

void throwInvalidWeights(const std::filesystem::path& path, const std::string& what,
                         const std::string& tensor) {
    const std::string place = tensor.empty() ? path.string() : path.string() + ", tensor " + inQuotes(tensor);
    throw Error(ErrorCode::WeightsInvalid, place + ": " + what + ".",
                "Get the file again, or choose another model.", {path.string(), tensor});
}

WeightFile::WeightFile(std::filesystem::path path, std::uint64_t fewestBytes, const char* kind)
    : m_path(std::move(path)) {
    // O_NONBLOCK: a named pipe under a weights name must not make us wait for a writer.
    const int fd = ::open(m_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        const int error = errno;
        throwInvalidWeights(
            m_path, error == ENOENT ? "there is no such file"
                                    : std::string("the file cannot be read (") + std::strerror(error) + ")");
    }
    struct Closer {
        int fd;
        ~Closer() { ::close(fd); }
    } const closer{fd};
    struct stat status {};
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        throwInvalidWeights(m_path, "this is not a regular file");
    m_size = static_cast<std::uint64_t>(status.st_size);
    if (m_size < fewestBytes) {
        throwInvalidWeights(m_path, "the file has " + std::to_string(m_size) + " bytes, too few for " + kind);
    }
    void* mapped = ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (mapped == MAP_FAILED)
        throwInvalidWeights(m_path, std::string("the file cannot be mapped (") + std::strerror(errno) + ")");
    m_bytes = static_cast<const std::byte*>(mapped);
}

WeightFile::~WeightFile() {
    ::munmap(const_cast<std::byte*>(m_bytes), m_size);
}

bool WeightFile::add(const std::string& name, TensorEntry entry) {
    return m_otherTensors.count(name) == 0 && m_tensors.emplace(name, std::move(entry)).second;
}

bool WeightFile::addOther(const std::string& name, const std::string& type) {
    return m_tensors.count(name) == 0 && m_otherTensors.emplace(name, type).second;
}

const std::byte* WeightFile::data(const std::string& name) const {
    const auto found = m_tensors.find(name);
    if (const auto other = m_otherTensors.find(name); other != m_otherTensors.end())
        throwInvalidWeights(m_path, otherTypeText(other->second), name);
    if (found == m_tensors.end()) throwInvalidWeights(m_path, "there is no such tensor in the file", name);
    return m_bytes + m_dataBegin + found->second.begin;
}

void WeightFile::letGo(const std::string& name) const {
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
