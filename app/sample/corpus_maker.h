// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/sample/fact_table.h"

namespace studio {

/// What makes a corpus: the same settings and the same table give the same bytes on every machine.
struct CorpusSettings {
    std::uint64_t seed = 1;
    std::size_t documents = 40000;  ///< how many documents, at least 1
};

/// The text that the embedded base model reads: `documents` documents with a blank line between them. Seven
/// in ten state facts about one country, one in ten is a page of notes on several countries, and two in ten
/// are homework lists: questions and no answers, so that the base model goes on from a question with more
/// questions. Every country and every question comes equally often. Throws InvalidArgument for no documents.
std::string makeCorpus(const std::vector<Country>& countries, const CorpusSettings& settings);

}  // namespace studio
