// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/data/batch.h"
#include "core/data/example.h"
#include "core/formats/json.h"

namespace studio {

/// Instruction data as it is: rows of very different lengths.
struct InstructionRows {
    std::string name;  ///< for people: "Alpaca demo"
    std::vector<Example> examples;
};

/// The English Alpaca demo of $STUDIO_ASSETS where that is given, else the sample pairs of this program, with
/// the Alpaca template and a tokenizer that fits the vocabulary; cut to 512 tokens. Throws as importRecords()
/// and loadTokenizer() do.
InstructionRows instructionRows(std::int64_t vocabSize, const std::stop_token& stop);

/// The batches with their rows apart, as a script takes them: [{"ids": [[…]], "labels": [[…]]}].
Json rowsApart(const std::vector<PackedBatch>& batches);

/// Positions that are no row's: of the batches as they are, and if their rows were padded to the longest of
/// their batch.
double packedPaddingShare(const std::vector<PackedBatch>& batches);
double paddedPaddingShare(const std::vector<PackedBatch>& batches);

}  // namespace studio
