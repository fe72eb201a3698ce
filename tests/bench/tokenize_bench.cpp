// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How fast texts become tokens, one thread: studio_tokenize_bench [TOKENIZERS [DATASET.json …]]. TOKENIZERS
// is a folder of folders with tokenizers, by default that of the test assets; the texts are all texts of the
// data sets, by default the English and the Chinese Alpaca rows of the assets, repeated to 10 MB. A text
// without spaces, which many tokenizers take for one word, is measured at 1 MB and 10 MB: the ratio says how
// many times as long a byte takes there as in the first text.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>

#include "core/formats/json.h"
#include "core/text/unicode.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/assets.h"

namespace fs = std::filesystem;
using studio::OrderedJson;
using studio::Tokenizer;

namespace {

constexpr std::size_t kMegabyte = 1'000'000;

struct Text {
    std::string name;
    std::string bytes;
};

double secondsSince(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void collect(const OrderedJson& json, std::string& text) {
    if (json.is_string()) {
        text += json.get_ref<const std::string&>();
        text += '\n';
    } else if (json.is_structured()) {
        for (const OrderedJson& value : json) collect(value, text);
    }
}

/// The text again and again up to `size`, ending with a whole character.
std::string repeated(const std::string& text, std::size_t size) {
    std::string result;
    result.reserve(size);
    while (!text.empty() && result.size() < size) result.append(text, 0, size - result.size());
    result.resize(studio::completeUtf8Prefix(result));
    return result;
}

std::string withoutSpaces(std::string text) {
    text.erase(std::remove_if(text.begin(), text.end(),
                              [](char c) { return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')); }),
               text.end());
    return text;
}

std::vector<Text> textsOf(const std::vector<fs::path>& files) {
    std::vector<Text> texts;
    for (const fs::path& file : files) {
        std::string text;
        collect(studio::readJsonFile(file), text);
        texts.push_back({file.stem().string(), repeated(text, 10 * kMegabyte)});
    }
    const std::string letters = withoutSpaces(texts.front().bytes);
    texts.push_back({"no spaces, 1 MB", repeated(letters, kMegabyte)});
    texts.push_back({"no spaces, 10 MB", repeated(letters, 10 * kMegabyte)});
    return texts;
}

void measure(const fs::path& folder, const std::vector<Text>& texts) {
    auto begin = std::chrono::steady_clock::now();
    const std::unique_ptr<Tokenizer> tokenizer = studio::loadTokenizer(folder);
    const double load = secondsSince(begin);
    double ordinary = 0;
    for (const Text& text : texts) {
        double best = 0;
        std::size_t tokens = 0;
        constexpr int kRuns = 3;
        for (int run = 0; run < kRuns; ++run) {
            begin = std::chrono::steady_clock::now();
            tokens = tokenizer->encode(text.bytes).size();
            const double seconds = secondsSince(begin);
            best = run == 0 ? seconds : std::min(best, seconds);
        }
        const double perByte = best / static_cast<double>(text.bytes.size());
        if (ordinary == 0) ordinary = perByte;
        std::printf("%-14s %-18s %9.0f %9.1f %9.2f %9.2f %8.2f\n", folder.filename().c_str(),
                    text.name.c_str(), load * 1e3, 1e-6 / perByte, static_cast<double>(tokens) / best / 1e6,
                    static_cast<double>(text.bytes.size()) / static_cast<double>(tokens), perByte / ordinary);
        std::fflush(stdout);
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<fs::path> arguments(argv + 1, argv + argc);
    if (arguments.empty()) arguments.push_back(studio::test::asset("tokenizers"));
    if (arguments.size() == 1) {
        for (const char* name : {"alpaca_en_demo.json", "alpaca_zh_demo.json"})
            arguments.push_back(studio::test::asset(std::string("datasets/") + name));
    }
    if (std::any_of(arguments.begin(), arguments.end(), [](const fs::path& path) { return path.empty(); })) {
        std::fprintf(stderr, "usage: studio_tokenize_bench [TOKENIZERS [DATASET.json ...]]\n");
        return 2;
    }
    try {
        const std::vector<Text> texts = textsOf({arguments.begin() + 1, arguments.end()});
        std::vector<fs::path> folders;
        for (const auto& entry : fs::directory_iterator(arguments.front())) {
            if (!studio::tokenizerFiles(entry.path()).empty()) folders.push_back(entry.path());
        }
        std::sort(folders.begin(), folders.end());
        std::printf("%-14s %-18s %9s %9s %9s %9s %8s\n", "tokenizer", "text", "load ms", "MB/s", "Mtok/s",
                    "bytes/tok", "ratio");
        for (const fs::path& folder : folders) measure(folder, texts);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
    return 0;
}
