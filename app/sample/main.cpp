// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// studio-sample-maker: writes the text that the embedded base model is trained on and the pairs of the sample
// project, from the fact table and a seed. Exit codes as in `finetune`: 0 done, 1 failed, 2 wrong usage.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/sample/corpus_maker.h"
#include "app/sample/fact_table.h"
#include "app/sample/pair_maker.h"
#include "core/base/error.h"
#include "core/base/files.h"

namespace {

constexpr const char* kUsage =
    "usage: studio-sample-maker corpus --out FILE [--seed S] [--documents N] [--facts TABLE.tsv]\n"
    "       studio-sample-maker pairs --train FILE.json --test FILE.json [--seed S] [--facts TABLE.tsv]\n";

using Options = std::map<std::string, std::string>;

/// "--name value" pairs with the names in `known`; nothing where something else stands there.
std::optional<Options> readOptions(const std::vector<std::string>& words,
                                   const std::set<std::string>& known) {
    Options options;
    for (std::size_t i = 1; i < words.size(); i += 2) {
        if (known.count(words[i]) == 0 || i + 1 == words.size() ||
            !options.emplace(words[i], words[i + 1]).second) {
            return std::nullopt;
        }
    }
    return options;
}

std::uint64_t number(const Options& options, const std::string& name, std::uint64_t fallback) {
    const auto found = options.find(name);
    if (found == options.end()) return fallback;
    std::uint64_t value = 0;
    const std::string& text = found->second;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw studio::Error(studio::ErrorCode::InvalidArgument,
                            name + " is not a whole number: " + text + ".",
                            "Give a number without sign, for example 1.", {name, text});
    }
    return value;
}

std::vector<studio::Country> facts(const Options& options) {
    const auto found = options.find("--facts");
    return studio::readFactTable(found == options.end() ? studio::resourcePath("embedded/facts/countries.tsv")
                                                        : std::filesystem::path(found->second));
}

void writeCorpus(const Options& options) {
    studio::CorpusSettings settings;
    settings.seed = number(options, "--seed", settings.seed);
    settings.documents = number(options, "--documents", settings.documents);
    const std::string corpus = studio::makeCorpus(facts(options), settings);
    studio::writeFileAtomically(options.at("--out"), corpus);
    std::printf("%llu documents, %zu bytes\n", static_cast<unsigned long long>(settings.documents),
                corpus.size());
}

void writePairs(const Options& options) {
    const std::uint64_t seed = number(options, "--seed", studio::kDefaultPairSeed);
    const studio::SamplePairs pairs = studio::makePairs(facts(options), seed);
    studio::writeFileAtomically(options.at("--train"), studio::alpacaJson(pairs.train));
    studio::writeFileAtomically(options.at("--test"), studio::alpacaJson(pairs.test));
    std::printf("%zu training pairs, %zu test pairs\n", pairs.train.size(), pairs.test.size());
}

int wrongUsage() {
    std::fputs(kUsage, stderr);
    return 2;
}

int run(const std::vector<std::string>& words) {
    if (words.size() == 1 && (words[0] == "--help" || words[0] == "-h")) {
        std::fputs(kUsage, stdout);
        return 0;
    }
    if (!words.empty() && words[0] == "corpus") {
        const auto options = readOptions(words, {"--out", "--seed", "--documents", "--facts"});
        if (!options || options->count("--out") == 0) return wrongUsage();
        writeCorpus(*options);
        return 0;
    }
    if (!words.empty() && words[0] == "pairs") {
        const auto options = readOptions(words, {"--train", "--test", "--seed", "--facts"});
        if (!options || options->count("--train") == 0 || options->count("--test") == 0) return wrongUsage();
        writePairs(*options);
        return 0;
    }
    return wrongUsage();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(std::vector<std::string>(argv + 1, argv + argc));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "error: %s\n", error.what());
        return 1;
    }
}
