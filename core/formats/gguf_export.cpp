// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_export.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

#include "core/base/byte_text.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/gguf_architecture.h"
#include "core/formats/gguf_file.h"
#include "core/formats/gguf_model.h"
#include "core/formats/gguf_vocabulary.h"
#include "core/formats/model_family.h"
#include "core/formats/quoted.h"
#include "core/formats/weight_rows.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// Numbers that are converted at once: 4 MiB of them.
constexpr std::int64_t kPieceNumbers = 1 << 20;

std::string nameOf(const fs::path& folder) {
    const fs::path absolute = fs::absolute(folder).lexically_normal();
    return (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();
}

/// llama.cpp goes by a model's name: one that holds "phi-3" or "phi3" gets that family's rule for spaces
/// behind special tokens, and is not loaded where its vocabulary lacks that family's tokens. So such a name
/// is given to those models and taken from all others.
std::string nameFor(std::string name, const ModelConfig& config, const GgufVocabulary& vocabulary) {
    const bool hasTokens = vocabulary.has("<s>") && vocabulary.has("</s>") && vocabulary.has("<unk>") &&
                           vocabulary.has("<|endoftext|>");
    const auto find = [&](std::string_view part) {
        return std::search(name.begin(), name.end(), part.begin(), part.end(), [](char a, char b) {
            return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
        });
    };
    if (hasTokens && config.family().modelType == std::string_view("phi3")) {
        const bool named = find("phi-3") != name.end() || find("phi3") != name.end();
        return named ? name : name + " (Phi-3)";
    }
    for (auto at = find("phi-3"); at != name.end(); at = find("phi-3")) at[3] = ' ';
    for (auto at = find("phi3"); at != name.end(); at = find("phi3")) name.insert(at + 3, ' ');
    return name;
}

/// The file that is replaced must be one of this kind: a slip of the hand must not cost a model its weights.
void checkDestination(const fs::path& out) {
    std::error_code ignored;
    if (!fs::exists(out, ignored) || fs::is_directory(out, ignored)) return;  // a folder: the writer says so
    char magic[4] = {};
    if (fs::is_regular_file(out, ignored)) std::ifstream(out, std::ios::binary).read(magic, sizeof magic);
    if (std::string_view(magic, sizeof magic) == "GGUF") return;
    throw Error(ErrorCode::InvalidArgument, out.string() + " is there already and is no GGUF file.",
                "Choose another name, or remove the file.", {out.string(), "other_file_there"});
}

void checkFreeSpace(const fs::path& out, std::uint64_t bytes) {
    const std::uint64_t free = freeDiskBytes(out);
    if (free >= bytes) return;
    throw Error(ErrorCode::DiskFull,
                "The file " + out.string() + " needs " + std::to_string(bytes) + " bytes, but the disk has " +
                    std::to_string(free) + " bytes free.",
                "Free some space, choose another disk, or choose a smaller type.",
                {out.string(), "no_room", byteText(bytes), byteText(free)});
}

std::string numberOf(float number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", static_cast<double>(number));
    return text;
}

[[noreturn]] void refuseNumber(const WeightRows& rows, GgufType type, std::int64_t element, float number) {
    const std::string place = "The tensor " + inQuotes(rows.name()) + " has at row " +
                              std::to_string(element / rows.columns()) + ", column " +
                              std::to_string(element % rows.columns()) + " the number ";
    if (!std::isfinite(number)) {
        throw Error(ErrorCode::WeightsInvalid, place + numberOf(number) + ", which is not finite.",
                    "Choose a model whose training did not diverge.", {rows.name(), "not_finite"});
    }
    throw Error(ErrorCode::SettingInvalid,
                place + numberOf(number) + ", which is too large for " + ggufTypeName(type) + ".",
                "Choose f32 or bf16.", {rows.name(), "number_beyond_type", ggufTypeName(type)});
}

/// Writes header and tensors piece by piece and counts what it wrote.
class GgufWriter {
public:
    GgufWriter(const fs::path& out, std::uint64_t total, const ProgressFunction& progress,
               const std::stop_token& stop)
        : m_file(out), m_total(total), m_progress(progress), m_stop(stop) {}

    void append(std::string_view bytes) {
        throwIfStopped(m_stop);
        m_file.append(bytes);
        m_written += bytes.size();
        if (m_progress)
            m_progress({static_cast<std::int64_t>(m_written), static_cast<std::int64_t>(m_total)});
    }

    void append(const GgufTensor& tensor, const WeightRows& rows) {
        const std::int64_t atOnce = std::max<std::int64_t>(1, kPieceNumbers / rows.columns());
        for (std::int64_t first = 0; first < rows.rows(); first += atOnce) {
            rows.read(first, std::min(atOnce, rows.rows() - first), m_numbers);
            m_bytes.clear();
            if (const auto refused = appendNumbers(tensor.info.type, m_numbers, m_bytes)) {
                refuseNumber(rows, tensor.info.type,
                             first * rows.columns() + static_cast<std::int64_t>(*refused),
                             m_numbers[*refused]);
            }
            append(m_bytes);
        }
        const std::uint64_t over = tensor.info.bytes() % kGgufAlignment;
        if (over > 0) append(std::string(kGgufAlignment - over, '\0'));
    }

    /// Reads the header back from what is on the disk before it gets its name.
    void commit(const GgufMetadata& metadata, const std::vector<GgufTensorInfo>& tensors) {
        const GgufFile file(m_file.temporaryPath());
        std::error_code unknown;
        bool same = file.metadata() == metadata && file.tensors().size() == tensors.size() &&
                    m_written == m_total && fs::file_size(m_file.temporaryPath(), unknown) == m_total;
        for (std::size_t i = 0; same && i < tensors.size(); ++i) {
            const GgufTensorInfo& read = file.tensors()[i];
            same = read.name == tensors[i].name && read.shape == tensors[i].shape &&
                   read.type == tensors[i].type && read.offset == tensors[i].offset;
        }
        if (!same)
            throw Error(ErrorCode::Internal, "The GGUF file that was written says something else.",
                        "Check the disk, and report this as a bug.");
        throwIfStopped(m_stop);
        m_file.commit();
    }

private:
    AtomicFile m_file;
    std::uint64_t m_total = 0;
    std::uint64_t m_written = 0;
    const ProgressFunction& m_progress;
    const std::stop_token& m_stop;
    std::vector<float> m_numbers;
    std::string m_bytes;
};

}  // namespace

GgufExportResult exportGguf(const GgufExport& request, const ProgressFunction& progress,
                            const std::stop_token& stop) {
    checkDestination(request.out);
    const ModelConfig config = readModelConfig(request.model);
    ggufArchitecture(config);  // refuses what it does before larger files are read
    const WeightFiles weights(request.model);
    checkWeights(config, weights);
    GgufVocabulary vocabulary = readGgufVocabulary(request.model, config);
    const std::string name = request.name.empty() ? nameOf(request.model) : request.name;
    GgufModel model = ggufModel(config, nameFor(name, config, vocabulary), request.type);
    if (request.chatTemplate) {
        vocabulary.chatTemplates = {{"", *request.chatTemplate}};
        std::erase_if(vocabulary.notes,
                      [](const ExportNote& note) { return note.rule == kChatTemplateLeftOut; });
    }
    appendVocabularyKeys(vocabulary, model.metadata);

    std::vector<GgufTensorInfo> tensors;
    for (const GgufTensor& tensor : model.tensors) tensors.push_back(tensor.info);
    const std::uint64_t dataBytes = layOutGguf(tensors);
    const std::string header = ggufHeader(model.metadata, tensors);
    const std::uint64_t total = header.size() + dataBytes;
    checkFreeSpace(request.out, total);

    GgufWriter writer(request.out, total, progress, stop);
    writer.append(header);
    for (const GgufTensor& tensor : model.tensors) writer.append(tensor, WeightRows(tensor, config, weights));
    writer.commit(model.metadata, tensors);

    GgufExportResult result{model.architecture, total, tensors.size(), model.contextLength, model.notes};
    result.notes.insert(result.notes.end(), vocabulary.notes.begin(), vocabulary.notes.end());
    return result;
}

}  // namespace studio
