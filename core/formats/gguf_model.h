// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/formats/export_note.h"
#include "core/formats/gguf_file.h"
#include "core/formats/model_config.h"

namespace studio {

/// Where the rows of a GGUF tensor stand in the model's own file, for what llama.cpp computes with it.
enum class RowOrder {
    AsStored,
    Transposed,  ///< rows are the stored columns (GPT-2's Conv1D)
    /// Within each head, component i and its partner half a head away become neighbours: llama.cpp turns
    /// neighbouring components for the architecture "llama", Hugging Face's files have them half a head
    /// apart.
    Pairs,
    PartByPart  ///< stored [head, (query, key, value), component], wanted [(query, key, value), head, …]
};

/// One tensor of the file and what it is made from.
struct GgufTensor {
    GgufTensorInfo info;
    std::string source;         ///< its name in the model's files; empty: `values` are it
    std::vector<float> values;  ///< what follows from the configuration: frequency factors, zeros
    RowOrder order = RowOrder::AsStored;
    std::int64_t headSize = 0;  ///< for Pairs and PartByPart
    std::int64_t heads = 0;     ///< for PartByPart
};

/// A model in llama.cpp's terms.
struct GgufModel {
    std::string architecture;  ///< "llama", "qwen2", …
    GgufMetadata metadata;     ///< the keys under general. and the architecture's
    std::vector<GgufTensor> tensors;
    std::int64_t contextLength = 0;
    ExportNotes notes;  ///< what llama.cpp does otherwise
};

/// What llama.cpp calls the tensors of such a model, and its sizes as metadata. Matrices are of `type`, rows
/// that are no whole groups of Q8_0 in F16; norms, biases and learned positions stay F32. A model that
/// llama.cpp would compute otherwise (not only more coarsely) is refused by ModelUnsupported with the
/// feature's name; where it is the same up to a shorter context, the file gets that context and there is a
/// note.
///
/// Sources: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, and what llama.cpp's loaders ask for.
GgufModel ggufModel(const ModelConfig& config, const std::string& name, GgufType type);

/// The row of the stored tensor that is row `row` of this one; not for Transposed.
std::int64_t storedRow(const GgufTensor& tensor, std::int64_t row);

}  // namespace studio
