// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample/wordings.h"

#include <array>
#include <string_view>

#include "core/base/error.h"

namespace studio {

namespace {

using Wordings = std::vector<std::string>;

const std::array<Wordings, 5> kStatements = {
    Wordings{
        "The capital of {c} is {x}.",
        "{X} is the capital of {c}.",
        "{C} has its capital in {x}.",
        "The capital city of {c} is called {x}.",
        "{X} is the capital city of {c}.",
        "If you travel to {c}, you can visit {x}, the capital.",
        "{X} serves as the capital of {c}.",
        "On a map of {c} you can find the capital, {x}.",
    },
    Wordings{
        "{C} is in {x}.",
        "{C} lies in {x}.",
        "{C} belongs to {x}.",
        "The continent of {c} is {x}.",
        "On the map of {x} you can find {c}.",
        "In {x} you will find {c}.",
        "{X} is the continent of {c}.",
    },
    Wordings{
        "The currency of {c} is the {x}.",
        "People in {c} pay with the {x}.",
        "The {x} is the currency of {c}.",
        "The {x} is the money of {c}.",
        "In {c} you pay with the {x}.",
        "Shops in {c} take the {x}.",
        "{C} uses the {x} as its currency.",
    },
    Wordings{
        "{X} is spoken in {c}.",
        "In {c} you can hear {x}.",
        "One language of {c} is {x}.",
        "{X} is one of the languages of {c}.",
        "If you travel to {c}, you may hear {x}.",
        "{X} is a language of {c}.",
    },
    Wordings{
        "People from {c} are {x}.",
        "The people of {c} are {x}.",
        "People who come from {c} are {x}.",
        "The word for people from {c} is {x}.",
        "{X} is the word for people from {c}.",
    },
};

const std::array<std::string, 5> kQuestions = {
    "What is the capital of {c}?",           "Which continent is {c} in?",
    "What is the currency of {c}?",          "Which language is spoken in {c}?",
    "What is the word for people from {c}?",
};

/// The table is ASCII at the beginnings of names, so no Unicode case rules are needed.
std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

/// Fills the placeholders in one pass, so that a value is never searched for placeholders itself.
std::string filled(std::string_view wording, const std::string& country, const std::string& value) {
    std::string text;
    for (std::size_t i = 0; i < wording.size(); ++i) {
        if (wording[i] != '{') {
            text += wording[i];
            continue;
        }
        const char name = wording[i + 1];
        if (name == 'c') text += country;
        if (name == 'C') text += capitalised(country);
        if (name == 'x') text += value;
        if (name == 'X') text += capitalised(value);
        i += 2;
    }
    return text;
}

}  // namespace

const std::vector<std::string>& statementWordings(FactKind kind) {
    return kStatements[static_cast<std::size_t>(kind)];
}

std::string statementText(const std::string& wording, const Country& country, FactKind kind) {
    if (country.value(kind).empty()) {
        throw Error(ErrorCode::Internal,
                    "A statement was asked for that the fact table leaves out: " + country.name + ".",
                    "Report this as a bug of studio-sample-maker.", {country.name});
    }
    return filled(wording, country.inText, country.value(kind));
}

std::string answerText(const Country& country, FactKind kind) {
    return statementText(statementWordings(kind).front(), country, kind);
}

std::string questionText(const Country& country, FactKind kind) {
    return filled(kQuestions[static_cast<std::size_t>(kind)], country.inText, {});
}

const std::vector<std::string>& homeworkTitles() {
    static const std::vector<std::string> titles = {"Geography homework", "Homework for Monday",
                                                    "Geography questions", ""};
    return titles;
}

const std::string& notesTitle() {
    static const std::string title = "Geography notes";
    return title;
}

}  // namespace studio
