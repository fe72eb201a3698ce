// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/config_fields.h"
#include "core/formats/model_config.h"

// What each family's config.json says, in the decoder's terms. Fields that change nothing in evaluation and
// training here (dropout rates, caches, attention implementations) are left alone; one that would change the
// numbers and is not known is refused by its name.
namespace studio {

void readLlama(ConfigFields& fields, ModelConfig& config);
void readMistral(ConfigFields& fields, ModelConfig& config);
void readQwen2(ConfigFields& fields, ModelConfig& config);
void readQwen3(ConfigFields& fields, ModelConfig& config);
void readPhi3(ConfigFields& fields, ModelConfig& config);
void readGpt2(ConfigFields& fields, ModelConfig& config);
void readNeoX(ConfigFields& fields, ModelConfig& config);

void writeLlama(const ModelConfig& config, OrderedJson& json);
void writeMistral(const ModelConfig& config, OrderedJson& json);
void writeQwen2(const ModelConfig& config, OrderedJson& json);
void writeQwen3(const ModelConfig& config, OrderedJson& json);
void writePhi3(const ModelConfig& config, OrderedJson& json);
void writeGpt2(const ModelConfig& config, OrderedJson& json);
void writeNeoX(const ModelConfig& config, OrderedJson& json);

/// rope_theta and the scaling, in either spelling (`rope_scaling`, or `rope_parameters` with the base in it),
/// and `partial_rotary_factor`, which gives the rotated size of a head. After the heads are read.
void readRotary(ConfigFields& fields, ModelConfig& config);
/// The base alone is written: a scaling stays as the file spelled it.
void writeRotary(const ModelConfig& config, OrderedJson& json);

}  // namespace studio
