// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample/corpus_maker.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "app/sample/pair_maker.h"
#include "app/sample/wordings.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/support/studio_test.h"

using studio::FactKind;

namespace {

std::vector<std::string> split(const std::string& text, const std::string& separator) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string::npos) return parts;
        begin = end + separator.size();
    }
}

/// The documents, each as its lines.
std::vector<std::vector<std::string>> documentsOf(const std::string& corpus) {
    std::vector<std::vector<std::string>> documents;
    for (const std::string& document : split(corpus.substr(0, corpus.size() - 1), "\n\n")) {
        documents.push_back(split(document, "\n"));
    }
    return documents;
}

/// The sentences of a line of statements, each with its full stop.
std::vector<std::string> sentencesOf(const std::string& line) {
    std::vector<std::string> sentences = split(line, ". ");
    for (std::size_t i = 0; i + 1 < sentences.size(); ++i) sentences[i] += '.';
    return sentences;
}

bool isQuestion(const std::string& line) {
    return !line.empty() && line.back() == '?';
}

bool isHomework(const std::vector<std::string>& lines) {
    return std::any_of(lines.begin(), lines.end(), isQuestion);
}

bool isTitle(const std::string& line) {
    const auto& titles = studio::homeworkTitles();
    return std::find(titles.begin(), titles.end(), line) != titles.end() && !line.empty();
}

}  // namespace

/// The corpus with its default settings, made once and looked at from several sides.
class CorpusMakerTest : public QObject {
    Q_OBJECT

    std::vector<studio::Country> m_countries;
    std::string m_corpus;
    std::vector<std::vector<std::string>> m_documents;
    std::unordered_map<std::string, int> m_sentences;  // how often each statement is told
    std::unordered_map<std::string, int> m_questions;

private Q_SLOTS:
    void initTestCase() {
        m_countries = studio::readFactTable(studio::resourcePath("embedded/facts/countries.tsv"));
        m_corpus = studio::makeCorpus(m_countries, {});
        m_documents = documentsOf(m_corpus);
        for (const auto& lines : m_documents) {
            for (const std::string& line : lines) {
                if (isQuestion(line)) {
                    ++m_questions[line];
                } else if (!isTitle(line) && line != studio::notesTitle()) {
                    for (const std::string& sentence : sentencesOf(line)) ++m_sentences[sentence];
                }
            }
        }
    }

    void corpus_default_hasTheDocumentsAskedForAndIsSmall() {
        QCOMPARE(m_documents.size(), studio::CorpusSettings{}.documents);
        QVERIFY(m_corpus.size() > 4'000'000 && m_corpus.size() < 10'000'000);
        QCOMPARE(m_corpus.back(), '\n');
        QVERIFY(m_corpus.find("\n\n\n") == std::string::npos);
        QVERIFY(m_corpus.find('{') == std::string::npos);
        QVERIFY(m_corpus.find("  ") == std::string::npos);
    }

    void corpus_sameSeed_isTheSame() {
        QCOMPARE(studio::makeCorpus(m_countries, {5, 500}), studio::makeCorpus(m_countries, {5, 500}));
    }

    void corpus_otherSeed_isAnother() {
        QVERIFY(studio::makeCorpus(m_countries, {5, 500}) != studio::makeCorpus(m_countries, {6, 500}));
    }

    void facts_everyCountry_areToldInAtLeastFiveWordings() {
        for (const auto& country : m_countries) {
            for (const FactKind kind : studio::kAllFactKinds) {
                if (country.value(kind).empty()) continue;
                int told = 0;
                for (const std::string& wording : studio::statementWordings(kind)) {
                    told += m_sentences.count(studio::statementText(wording, country, kind)) > 0 ? 1 : 0;
                }
                QVERIFY2(told >= 5, (country.name + ": " + country.value(kind)).c_str());
            }
        }
    }

    void sentences_all_areStatementsOfTheTable() {
        std::set<std::string> known;
        for (const auto& country : m_countries) {
            for (const FactKind kind : studio::kAllFactKinds) {
                if (country.value(kind).empty()) continue;
                for (const std::string& wording : studio::statementWordings(kind)) {
                    known.insert(studio::statementText(wording, country, kind));
                }
            }
        }
        for (const auto& [sentence, times] : m_sentences)
            QVERIFY2(known.count(sentence) == 1, sentence.c_str());
    }

    void homework_all_holdsQuestionsOnly() {
        std::size_t homework = 0;
        for (const auto& lines : m_documents) {
            if (!isHomework(lines)) continue;
            ++homework;
            for (std::size_t i = 0; i < lines.size(); ++i) {
                QVERIFY2(isQuestion(lines[i]) || (i == 0 && isTitle(lines[i])), lines[i].c_str());
                QVERIFY2(m_sentences.count(lines[i]) == 0, lines[i].c_str());
            }
        }
        QCOMPARE(homework, m_documents.size() / 5);
    }

    void homework_questions_comeEquallyOftenForEveryCountry() {
        for (const FactKind kind : studio::kAllFactKinds) {
            int least = 1 << 30;
            int most = 0;
            for (const auto& country : m_countries) {
                const auto found = m_questions.find(studio::questionText(country, kind));
                QVERIFY2(found != m_questions.end(), country.name.c_str());
                least = std::min(least, found->second);
                most = std::max(most, found->second);
            }
            QVERIFY(least >= 10);
            QVERIFY(most - least <= 3);  // the deck that was not dealt to its end
        }
    }

    void pairs_all_useQuestionsAndAnswersOfTheCorpus() {
        const auto pairs = studio::makePairs(m_countries, studio::kDefaultPairSeed);
        for (const auto* list : {&pairs.train, &pairs.test}) {
            for (const auto& pair : *list) {
                QVERIFY2(m_questions.count(pair.instruction) == 1, pair.instruction.c_str());
                QVERIFY2(m_sentences[pair.output] >= 10, pair.output.c_str());
            }
        }
    }

    void corpus_noDocuments_isRefused() {
        QVERIFY_EXCEPTION_THROWN(studio::makeCorpus(m_countries, {1, 0}), studio::Error);
        QVERIFY_EXCEPTION_THROWN(studio::makeCorpus({}, {1, 10}), studio::Error);
    }
};

STUDIO_TEST(CorpusMakerTest)
#include "corpus_maker_test.moc"
