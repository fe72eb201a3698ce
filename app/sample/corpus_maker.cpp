// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample/corpus_maker.h"

#include <map>
#include <utility>

#include "app/sample/deck.h"
#include "app/sample/wordings.h"
#include "core/base/error.h"
#include "core/base/random.h"

namespace studio {

namespace {

enum class DocumentKind { Facts, Notes, Homework };

/// How often a document tells each kind of fact. Only the first three are asked for in the sample project, so
/// they get most of what a small model can learn in a few minutes.
double tellingRate(FactKind kind) {
    switch (kind) {
        case FactKind::Capital:
            return 0.75;
        case FactKind::Continent:
            return 0.6;
        case FactKind::Currency:
            return 0.75;
        case FactKind::Language:
            return 0.3;
        case FactKind::Demonym:
            return 0.2;
    }
    return 0.0;
}

/// How many copies of each question go into the deck that homework lists are dealt from.
int questionCopies(FactKind kind) {
    return kind == FactKind::Language || kind == FactKind::Demonym ? 1 : 3;
}

std::size_t between(Random& random, std::size_t least, std::size_t most) {
    return least + static_cast<std::size_t>(random.below(most - least + 1));
}

template <typename T>
std::vector<const T*> pointersTo(const std::vector<T>& items) {
    std::vector<const T*> pointers;
    for (const T& item : items) pointers.push_back(&item);
    return pointers;
}

/// Deals countries, wordings and questions, and writes one document at a time.
class DocumentWriter {
public:
    DocumentWriter(const std::vector<Country>& countries, std::uint64_t seed)
        : m_random(seed),
          m_kinds(kindCards()),
          m_countries(pointersTo(countries)),
          m_questions(questionCards(countries)),
          m_titles(homeworkTitles()) {}

    std::string next() {
        switch (m_kinds.draw(m_random)) {
            case DocumentKind::Facts:
                return factLine();
            case DocumentKind::Notes:
                return notes();
            case DocumentKind::Homework:
                return homework();
        }
        return {};
    }

private:
    static std::vector<DocumentKind> kindCards() {
        std::vector<DocumentKind> cards(7, DocumentKind::Facts);
        cards.insert(cards.end(), {DocumentKind::Notes, DocumentKind::Homework, DocumentKind::Homework});
        return cards;
    }

    static std::vector<std::string> questionCards(const std::vector<Country>& countries) {
        std::vector<std::string> cards;
        for (const Country& country : countries) {
            for (const FactKind kind : kAllFactKinds) {
                cards.insert(cards.end(), static_cast<std::size_t>(questionCopies(kind)),
                             questionText(country, kind));
            }
        }
        return cards;
    }

    /// Several sentences about one country, in any order.
    std::string factLine() {
        const Country& country = *m_countries.draw(m_random);
        std::vector<std::string> sentences;
        while (sentences.empty()) {
            for (const FactKind kind : kAllFactKinds) {
                if (m_random.uniform() < tellingRate(kind) && !country.value(kind).empty()) {
                    sentences.push_back(statementText(wording(country, kind), country, kind));
                }
            }
        }
        m_random.shuffle(sentences);
        std::string line;
        for (const std::string& sentence : sentences) line += (line.empty() ? "" : " ") + sentence;
        return line;
    }

    /// A page about several countries: here the model learns to keep to the country that a line is about, and
    /// to read documents as long as a hydrated prompt.
    std::string notes() {
        std::string page = notesTitle();
        for (std::size_t left = between(m_random, 2, 8); left > 0; --left) page += "\n" + factLine();
        return page;
    }

    std::string homework() {
        std::string page = m_titles.draw(m_random);
        for (std::size_t left = between(m_random, 3, 8); left > 0; --left) {
            page += (page.empty() ? "" : "\n") + m_questions.draw(m_random);
        }
        return page;
    }

    const std::string& wording(const Country& country, FactKind kind) {
        const auto key = std::make_pair(&country, kind);
        auto found = m_wordings.find(key);
        if (found == m_wordings.end()) {
            std::vector<std::string> cards = statementWordings(kind);
            // The wording of the answers twice: it is the one that the fine-tuned model has to give.
            cards.push_back(cards.front());
            found = m_wordings.emplace(key, Deck<std::string>(std::move(cards))).first;
        }
        return found->second.draw(m_random);
    }

    Random m_random;
    Deck<DocumentKind> m_kinds;
    Deck<const Country*> m_countries;
    Deck<std::string> m_questions;
    Deck<std::string> m_titles;
    // Looked up only, never walked through: the order of addresses does not reach the output.
    std::map<std::pair<const Country*, FactKind>, Deck<std::string>> m_wordings;
};

}  // namespace

std::string makeCorpus(const std::vector<Country>& countries, const CorpusSettings& settings) {
    if (settings.documents == 0 || countries.empty()) {
        throw Error(ErrorCode::InvalidArgument, "A corpus needs at least one document and one country.",
                    "Give --documents a number of 1 or more.");
    }
    DocumentWriter writer(countries, settings.seed);
    std::string corpus = writer.next();
    for (std::size_t i = 1; i < settings.documents; ++i) corpus += "\n\n" + writer.next();
    return corpus + "\n";
}

}  // namespace studio
