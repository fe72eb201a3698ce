// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

/// Element types of stored weights that this program computes with.
enum class TensorType { Float32, Float16, BFloat16 };

std::size_t tensorTypeBytes(TensorType type);
/// "F32", "F16", "BF16" as safetensors spells them.
const char* tensorTypeName(TensorType type);

/// "the dtype … is not one that this version reads (F32, F16, BF16)".
std::string otherTypeText(const std::string& name);

/// Where one tensor lies in its file.
struct TensorEntry {
    TensorType type = TensorType::Float32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;  ///< bytes from the start of the data section
    std::uint64_t end = 0;

    std::uint64_t elementCount() const;
};

/// A read-only memory map of one file of weights, whatever its format: the constructor of the format's own
/// class checks everything and says where the tensors lie. Immutable afterwards; may be read from several
/// threads. Views stay valid while the object lives. Do not truncate a file that is mapped (this program
/// replaces files by renaming, which leaves the map as it was).
class WeightFile {
public:
    virtual ~WeightFile();
    WeightFile(const WeightFile&) = delete;
    WeightFile& operator=(const WeightFile&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    const std::map<std::string, TensorEntry>& tensors() const { return m_tensors; }
    bool contains(const std::string& name) const { return m_tensors.count(name) != 0; }
    /// Tensors of numbers that this program does not compute with, and what their type is called in the file:
    /// published models keep masks as bytes. They are not among tensors().
    const std::map<std::string, std::string>& otherTensors() const { return m_otherTensors; }
    /// First byte of a tensor's data, little-endian. The formats do not promise alignment: copy, or check the
    /// address before it is read as numbers. Throws WeightsInvalid when there is none of that name.
    const std::byte* data(const std::string& name) const;
    /// What was read of a tensor no longer counts as memory of this process; reading it again is allowed and
    /// takes it from the file. For readers that go through a file once.
    void letGo(const std::string& name) const;

protected:
    /// Maps the file. Throws WeightsInvalid for what is no regular file or has fewer bytes than that; the
    /// message calls it "too few for KIND".
    WeightFile(std::filesystem::path path, std::uint64_t fewestBytes, const char* kind);

    std::string_view bytes() const { return {reinterpret_cast<const char*>(m_bytes), m_size}; }
    /// Where the data section begins, from which tensors count; the start of the file at first.
    void setDataBegin(std::uint64_t begin) { m_dataBegin = begin; }
    /// The range was checked. False for a name that was added before.
    bool add(const std::string& name, TensorEntry entry);
    bool addOther(const std::string& name, const std::string& type);

private:
    std::filesystem::path m_path;
    std::map<std::string, TensorEntry> m_tensors;
    std::map<std::string, std::string> m_otherTensors;
    const std::byte* m_bytes = nullptr;
    std::uint64_t m_size = 0;
    std::uint64_t m_dataBegin = 0;
};

/// Throws WeightsInvalid: "PATH, tensor NAME: WHAT." and that the file has to be got again.
[[noreturn]] void throwInvalidWeights(const std::filesystem::path& path, const std::string& what,
                                      const std::string& tensor = {});

}  // namespace studio
