// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/sample/fact_table.h"

namespace studio {

/// The wordings of the sample data. A model that has read a fact in one wording only cannot be brought to
/// tell it in another, so each fact has several, with the country first and with the value first.
///
/// Every wording must be true of every line of the table. That is why none says "the government sits in" (it
/// does not in the capital of the Netherlands or Bolivia), "a large city" or "a country in".

/// The statements of one kind of fact, in which {c} is the country, {C} the same at the beginning of a
/// sentence, {x} the value and {X} the value at the beginning of a sentence. The first is the one that
/// answers use.
const std::vector<std::string>& statementWordings(FactKind kind);

/// The one statement that answers the question of this kind.
std::string answerText(const Country& country, FactKind kind);

/// A statement with the facts filled in.
std::string statementText(const std::string& wording, const Country& country, FactKind kind);

/// The question about a fact, in the one wording that homework lists and instructions share.
std::string questionText(const Country& country, FactKind kind);

/// First lines of homework lists; an empty one stands for a list without a title.
const std::vector<std::string>& homeworkTitles();

/// The first line of a document of notes on several countries.
const std::string& notesTitle();

}  // namespace studio
