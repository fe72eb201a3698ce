// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "core/text/jinja/interpreter.h"

namespace studio::jinja {

/// A block's own names for as long as it lives; the interpreter keeps them where a macro needs them longer.
class Interpreter::Block {
public:
    Block(Interpreter& interpreter, Scope* around)
        : m_interpreter(interpreter),
          m_own(std::make_unique<Scope>(around)),
          m_previous(interpreter.m_scope) {
        interpreter.m_scope = m_own.get();
    }
    ~Block() {
        m_interpreter.m_scope = m_previous;
        if (m_own->isCaptured()) m_interpreter.m_kept.push_back(std::move(m_own));
    }
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

private:
    Interpreter& m_interpreter;
    std::unique_ptr<Scope> m_own;
    Scope* m_previous;
};

/// Takes what is printed while it lives.
class Interpreter::Captured {
public:
    explicit Captured(Interpreter& interpreter)
        : m_interpreter(interpreter), m_output(interpreter.m_budget), m_previous(interpreter.m_output) {
        interpreter.m_output = &m_output;
    }
    ~Captured() { m_interpreter.m_output = m_previous; }
    Captured(const Captured&) = delete;
    Captured& operator=(const Captured&) = delete;

    const std::string& text() const { return m_output.text(); }

private:
    Interpreter& m_interpreter;
    Output m_output;
    Output* m_previous;
};

/// Goes back to an earlier block for as long as it lives.
class Reentry {
public:
    Reentry(Scope*& current, Scope* target) : m_current(current), m_previous(current) { current = target; }
    ~Reentry() { m_current = m_previous; }
    Reentry(const Reentry&) = delete;
    Reentry& operator=(const Reentry&) = delete;

private:
    Scope*& m_current;
    Scope* m_previous;
};

}  // namespace studio::jinja
