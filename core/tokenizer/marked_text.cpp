// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/marked_text.h"

#include <optional>
#include <string>
#include <utility>

namespace studio {
namespace {

using Marks = std::vector<std::pair<std::string, std::int64_t>>;

/// The first mark at or behind `from`, of several there the longest.
std::optional<TokenSpan> nextMark(const Marks& marks, std::string_view text, std::size_t from) {
    std::optional<TokenSpan> first;
    for (const auto& [spelling, id] : marks) {
        if (spelling.empty()) continue;
        const std::size_t at = text.find(spelling, from);
        if (at == std::string_view::npos) continue;
        const TokenSpan found{id, at, at + spelling.size()};
        if (!first || found.begin < first->begin || (found.begin == first->begin && found.end > first->end))
            first = found;
    }
    return first;
}

}  // namespace

std::vector<TokenSpan> encodeMarked(const Tokenizer& tokenizer, std::string_view text) {
    const Marks marks = tokenizer.unreadMarks();
    if (marks.empty()) return tokenizer.encodeWithSpans(text);
    std::vector<TokenSpan> spans;
    const auto addText = [&](std::size_t begin, std::size_t end) {
        if (begin == end) return;
        for (TokenSpan span : tokenizer.encodeWithSpans(text.substr(begin, end - begin)))
            spans.push_back({span.id, span.begin + begin, span.end + begin});
    };
    std::size_t at = 0;
    while (const std::optional<TokenSpan> mark = nextMark(marks, text, at)) {
        addText(at, mark->begin);
        spans.push_back(*mark);
        at = mark->end;
    }
    addText(at, text.size());
    return spans;
}

}  // namespace studio
