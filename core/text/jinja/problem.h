// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <utility>

#include "core/base/error.h"

namespace studio::jinja {

/// What is wrong with a template or with what it does, before its place is known: the lexer and the parser
/// add their line at once, the interpreter the line that it was at. Never leaves this folder; Template turns
/// it into an Error.
class Problem : public std::exception {
public:
    /// `text` is a sentence without a capital letter and without its full stop: "\"x\" is undefined".
    explicit Problem(std::string text, ErrorCode code = ErrorCode::TemplateInvalid, std::string nextStep = {})
        : m_text(std::move(text)), m_nextStep(std::move(nextStep)), m_code(code) {}

    const char* what() const noexcept override { return m_text.c_str(); }
    const std::string& text() const { return m_text; }
    const std::string& nextStep() const { return m_nextStep; }  ///< empty: the usual one
    ErrorCode code() const { return m_code; }
    std::size_t line = 0;   ///< 0 = not known yet
    bool isRaised = false;  ///< the template itself refuses: raise_exception

private:
    std::string m_text;
    std::string m_nextStep;
    ErrorCode m_code;
};

/// The template is wrong, or what it does with these messages is.
[[noreturn]] inline void fail(std::string text) {
    throw Problem(std::move(text));
}

/// Jinja has it, this interpreter has not. `what` names it: "the tag \"include\"".
[[noreturn]] inline void unsupported(const std::string& what) {
    throw Problem(what + " is not supported", ErrorCode::UnsupportedFormat,
                  "Use a template without it, for example the model's own from a newer release.");
}

/// A limit of core/text/jinja/budget.h is reached. `what` says which: "it takes more than 100 steps".
[[noreturn]] inline void exceeded(const std::string& what) {
    throw Problem(what, ErrorCode::TemplateInvalid,
                  "Use another template; no chat template that is meant well comes near this limit.");
}

}  // namespace studio::jinja
