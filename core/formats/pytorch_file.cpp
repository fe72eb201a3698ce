// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/pytorch_file.h"

#include "core/base/error.h"
#include "core/formats/pickled_tensors.h"
#include "core/formats/quoted.h"
#include "core/formats/zip_directory.h"

namespace studio {

namespace {

using Entries = std::map<std::string_view, ZipRange>;

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& what,
                         const std::string& nextStep, const std::string& tensor = {}) {
    throw Error(ErrorCode::WeightsInvalid, path.string() + ": " + what + ".", nextStep,
                {path.string(), tensor});
}

void refuseOldFormat(const std::filesystem::path& path, std::string_view bytes) {
    constexpr std::string_view kPickle("\x80\x02");
    if (!bytes.starts_with(kPickle)) return;
    refuse(path, "this file is in the format of PyTorch before 1.6, a bare pickle, which is not read",
           "Get the model as safetensors, or load and save it once with a newer PyTorch.");
}

/// The folder of the archive in which everything lies: "archive" of "archive/data.pkl".
std::string folderOf(const std::filesystem::path& path, const Entries& entries) {
    constexpr std::string_view kPickle = "/data.pkl";
    std::string folder;
    for (const auto& [name, range] : entries) {
        if (!name.ends_with(kPickle)) continue;
        const std::string_view rest = name.substr(0, name.size() - kPickle.size());
        if (rest.empty() || rest.find('/') != std::string_view::npos) continue;
        if (!folder.empty()) throwInvalidWeights(path, "the archive holds more than one data.pkl");
        folder = rest;
    }
    if (folder.empty())
        throwInvalidWeights(path, "the ZIP archive was not written by torch.save(): it holds no data.pkl");
    return folder;
}

/// Checks a tensor of the pickle against the archive.
class TensorPlace {
public:
    TensorPlace(const std::filesystem::path& path, const PickledTensor& tensor)
        : m_path(path), m_name(tensor.name), m_tensor(tensor) {}

    /// In bytes from the start of the file.
    TensorEntry in(const Entries& entries, const std::string& folder) const {
        const std::string key = folder + "/data/" + std::string(m_tensor.storage);
        const auto found = entries.find(key);
        if (found == entries.end()) fail("its numbers, " + inQuotes(key) + ", are not in the archive");
        const std::uint64_t width = m_tensor.type->bytes, first = toBytes(m_tensor.offset, width);
        const std::uint64_t stored = toBytes(m_tensor.storageCount, width);
        const ZipRange& range = found->second;
        if (range.end - range.begin != stored) {
            fail("its numbers have " + std::to_string(range.end - range.begin) +
                 " bytes in the archive, but the pickle speaks of " + std::to_string(stored));
        }
        const std::uint64_t bytes = shapeBytes(width);
        if (first > stored || bytes > stored - first)
            fail("its shape goes beyond the " + std::to_string(m_tensor.storageCount) +
                 " numbers that are stored");
        return {TensorType::Float32, m_tensor.shape, range.begin + first, range.begin + first + bytes};
    }

    void checkContiguous() const {
        std::int64_t expected = 1;
        for (std::size_t i = m_tensor.shape.size(); i-- > 0;) {
            const std::int64_t size = m_tensor.shape[i];
            if (size == 0) return;
            if (size != 1 && m_tensor.strides[i] != expected) {
                refuse(m_path,
                       "the numbers of the tensor " + inQuotes(m_name) +
                           " do not lie one after another (it was saved transposed or cut out of another)",
                       "Get the model as safetensors, or save it again with contiguous tensors.", m_name);
            }
            expected *= size;  // no overflow: the shape fits into the file
        }
    }

private:
    [[noreturn]] void fail(const std::string& what) const { throwInvalidWeights(m_path, what, m_name); }

    std::uint64_t toBytes(std::int64_t count, std::uint64_t width) const {
        std::uint64_t bytes = 0;
        if (__builtin_mul_overflow(static_cast<std::uint64_t>(count), width, &bytes))
            fail("it has more numbers than 64 bits can count");
        return bytes;
    }

    std::uint64_t shapeBytes(std::uint64_t width) const {
        std::uint64_t bytes = width;
        for (const std::int64_t size : m_tensor.shape) {
            if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(size), &bytes))
                fail("the shape has more elements than 64 bits can count");
        }
        return bytes;
    }

    const std::filesystem::path& m_path;
    std::string m_name;
    const PickledTensor& m_tensor;
};

/// Whether this program computes with such numbers; which they are in its terms.
bool isRead(const StorageType& stored, TensorType& type) {
    for (const TensorType one : {TensorType::Float32, TensorType::Float16, TensorType::BFloat16}) {
        if (std::string_view(tensorTypeName(one)) != stored.name) continue;
        type = one;
        return true;
    }
    return false;
}

}  // namespace

PytorchFile::PytorchFile(const std::filesystem::path& file) : WeightFile(file, 2, "a file of torch.save()") {
    refuseOldFormat(path(), bytes());
    const Entries entries = readZipDirectory(path(), bytes());
    const std::string folder = folderOf(path(), entries);
    const auto textOf = [&](const ZipRange& range) {
        return bytes().substr(range.begin, range.end - range.begin);
    };
    const auto order = entries.find(folder + "/byteorder");
    if (order != entries.end() && textOf(order->second) != "little")
        refuse(path(), "its numbers are big-endian", "Get the model as safetensors.");
    const auto tensors = readPickledTensors(path(), textOf(entries.at(folder + "/data.pkl")));
    if (tensors.empty()) throwInvalidWeights(path(), "the file holds no tensor");
    for (const PickledTensor& tensor : tensors) {
        const std::string name(tensor.name);
        const TensorPlace place(path(), tensor);
        TensorEntry entry = place.in(entries, folder);
        const bool read = isRead(*tensor.type, entry.type);
        if (read) place.checkContiguous();
        if (read ? !add(name, std::move(entry)) : !addOther(name, tensor.type->name))
            throwInvalidWeights(path(), "the name is given twice", name);
    }
}

}  // namespace studio
