// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/model/decoder.h"
#include "core/tensor/kernels/decode_table.h"

namespace studio {

/// The step that generation repeats: takes the newest token of one or more sequences and gives the scores of
/// the ones to come. The scores of a sequence do not depend on the others in the step, not even by rounding.
/// Must not outlive its model; not thread-safe.
class NextTokenScorer {
public:
    struct Entry {
        std::int64_t id = 0;
        KeyValueCache* cache = nullptr;             ///< has room for the tokens, which join it
        std::span<const std::int64_t> before = {};  ///< tokens of a prompt that come before `id`
    };

    virtual ~NextTokenScorer() = default;
    /// Valid until the next call. // -> [entries, vocabulary]
    virtual const float* next(const std::vector<Entry>& entries) = 0;
    /// After the model's adapters were exchanged.
    virtual void adaptersChanged() = 0;
    /// The same for a decoder that shares the weights of this one's (Decoder::sharingWeights); what was
    /// copied of them is shared, too.
    virtual std::unique_ptr<NextTokenScorer> over(const Decoder& model) const = 0;
    virtual bool fused() const = 0;
    /// Tokens of prompts that a step takes without harm to the others in it; what is longer is better put
    /// into the cache by Decoder::fillCache(). 0: all are.
    virtual std::int64_t mostPromptTokens() const = 0;
};

/// Whether the decode kernels compute this model: on the CPU, with heads as wide as they take.
bool decodesFused(const Decoder& model);

/// The decode kernels with weights in this format, or, where they do not compute the model and the format is
/// its own, the composition of ATen operators. float32 weights are the model's own memory, and so are
/// bfloat16 ones where the model has them; others are copies made here, which later changes of the model do
/// not reach. Throws SettingInvalid where only the kernels have the format.
std::unique_ptr<NextTokenScorer> makeNextTokenScorer(const Decoder& model, DecodeFormat format);
/// In the precision that the model computes in.
std::unique_ptr<NextTokenScorer> makeNextTokenScorer(const Decoder& model);
/// The composition of ATen operators: runs on every device, and is the reference of the kernels' tests.
std::unique_ptr<NextTokenScorer> makeAtenScorer(const Decoder& model);

}  // namespace studio
