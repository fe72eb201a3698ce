// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/formats/export_note.h"
#include "core/formats/gguf_file.h"
#include "core/formats/model_config.h"

namespace studio {

/// How llama.cpp sees a family: its own name for it and what it can compute.
struct GgufArchitecture {
    const char* name;          ///< "gptneox"
    const char* architecture;  ///< "GPTNeoXForCausalLM"
    bool neighbouringPairs;    ///< turns neighbouring components (RowOrder::Pairs)
    bool frequencyFactors;     ///< reads the tensor rope_freqs.weight, which Llama 3's scaling needs
    bool partialRotary;        ///< turns a part of each head only
    bool freeHeadSize;         ///< heads may be together wider or narrower than the hidden size
    bool queryKeyValueBias;    ///< may have one; where it must, zeros stand in for one that is not there
    bool needsBias;            ///< of queries, keys, values and of the attention's output
    bool needsOutput;          ///< an output matrix also where it is the embedding
};

/// The one of a model. Throws ModelUnsupported naming what llama.cpp does not compute for it.
const GgufArchitecture& ggufArchitecture(const ModelConfig& config);

/// Positions up to which llama.cpp computes what the model does: it knows no sliding window for these
/// architectures, so that a window ends the context. Adds a note where it does.
std::int64_t ggufContext(const ModelConfig& config, ExportNotes& notes);

/// The architecture's keys: sizes, norms, rotary positions.
void appendArchitectureKeys(const ModelConfig& config, const GgufArchitecture& architecture,
                            std::int64_t contextLength, GgufMetadata& metadata);

/// For Llama 3's scaling: what each pair's angle is divided by. Empty for any other. // [rotated / 2]
std::vector<float> frequencyFactors(const ModelConfig& config);

}  // namespace studio
