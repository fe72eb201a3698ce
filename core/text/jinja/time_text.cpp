// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// timeText() of core/text/jinja/globals.h.
#include <locale.h>
#include <time.h>

#include <array>

#include "core/text/jinja/globals.h"
#include "core/text/jinja/problem.h"

namespace studio::jinja {

namespace {

/// One directive, "%d" or "%-d", by the C library in the C locale.
std::string directive(const std::string& format, const std::tm& time) {
    static const locale_t kPlain = newlocale(LC_ALL_MASK, "C", nullptr);
    std::array<char, 128> buffer{};
    const std::size_t length = strftime_l(buffer.data(), buffer.size(), format.c_str(), &time, kPlain);
    return {buffer.data(), length};
}

}  // namespace

std::string timeText(Budget& budget, const std::string& format, const std::tm& time) {
    constexpr std::string_view kKnown = "aAbBcCdDeFgGhHIjklmMnpPrRStTuUVwWxXyY%";
    std::string text;
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%') {
            text += format[at];
            continue;
        }
        ++at;
        const bool hasFlag =
            at < format.size() && std::string_view("-_0^").find(format[at]) != std::string_view::npos;
        std::string one = hasFlag ? std::string("%") + format[at++] : "%";
        if (at == format.size()) fail("\"strftime_now\" has a format that ends behind \"%\"");
        const char letter = format[at];
        budget.pass(128);
        if (letter == 'f') {
            text += "000000";  // whole seconds are all that is known
        } else if (letter == 'z' || letter == 'Z') {
            continue;  // Python's local time knows of no zone
        } else if (kKnown.find(letter) == std::string_view::npos) {
            fail(std::string("\"strftime_now\" does not know the directive \"%") + letter + "\"");
        } else {
            text += directive(one + letter, time);
        }
        budget.checkLength(text.size());
    }
    return text;
}

}  // namespace studio::jinja
