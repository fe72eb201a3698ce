// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/template.h"

#include <algorithm>

#include "core/text/jinja/lexer.h"
#include "core/text/jinja/parser.h"
#include "core/text/jinja/problem.h"
#include "core/text/unicode.h"

namespace studio::jinja {

Template::Template(std::string_view source) {
    if (source.size() > kMostSourceBytes)
        exceeded("it has more than " + std::to_string(kMostSourceBytes) + " bytes, the limit");
    if (const auto at = firstInvalidUtf8(source)) {
        Problem problem("the text is not valid UTF-8", ErrorCode::BadEncoding,
                        "Save the file as UTF-8 and try again.");
        problem.line = 1 + static_cast<std::size_t>(std::count(
                               source.begin(), source.begin() + static_cast<std::ptrdiff_t>(*at), '\n'));
        throw problem;
    }
    m_body = std::make_shared<const Body>(Parser(tokensOf(source)).parse());
}

std::string Template::render(Runtime& runtime, const Variables& variables) const {
    return Interpreter(runtime).render(*m_body, variables);
}

}  // namespace studio::jinja
