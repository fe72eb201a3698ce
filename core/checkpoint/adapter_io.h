// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/checkpoint/model_io.h"
#include "core/formats/adapter_files.h"
#include "core/model/block_adapters.h"
#include "core/model/next_token_scorer.h"

namespace studio {

/// Reads a PEFT adapter for a model of this configuration, ready for Decoder::swapAdapters() of one that
/// computes so. Throws as readAdapterConfig() and adapterModules() do, and WeightsInvalid.
AdapterSet loadAdapter(const std::filesystem::path& folder, const ModelConfig& model, const Compute& compute);

/// Writes the adapters that a model was trained with in PEFT's layout (adapter_config.json,
/// adapter_model.safetensors in float32) with what stands beside them. The folder appears as a whole or not
/// at all. Before that what was written is read back through loadAdapter(): it must not be empty, be the same
/// to the bit, and give the same logits in the place of the model's own adapters.
void saveAdapter(Decoder& model, const LoraSettings& lora, double dropout, const std::string& baseModel,
                 const std::filesystem::path& folder, const SavedModelFacts& facts);

/// Adds an adapter to a model's own weights, which must be all there in float32, and does so each time it is
/// called. Nothing takes it out again: who wants the base loads it. Throws Cancelled between two layers: the
/// model is of no use then.
void mergeAdapter(Decoder& model, const AdapterSet& adapters, const std::stop_token& stop = {});

/// Adapters beside a model for as long as this lives; the scorer is told.
class AttachedAdapters {
public:
    AttachedAdapters(Decoder& model, NextTokenScorer* scorer, AdapterSet& adapters);
    ~AttachedAdapters();
    AttachedAdapters(const AttachedAdapters&) = delete;
    AttachedAdapters& operator=(const AttachedAdapters&) = delete;

private:
    Decoder& m_model;
    NextTokenScorer* m_scorer;
    AdapterSet& m_adapters;
};

}  // namespace studio
