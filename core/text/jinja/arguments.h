// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/jinja/value.h"

namespace studio::jinja {

/// The arguments of one call, put in their places by the names of the parameters. Every accessor throws
/// Problem naming function and parameter where the argument is not what it should be.
class Bound {
public:
    /// `names` in order; one in angle brackets ("<old>") cannot be given by its name. The first `required`
    /// must be given. Throws Problem for too many arguments, for too few and for unknown names.
    Bound(std::string_view function, const Arguments& arguments,
          std::initializer_list<std::string_view> names, std::size_t required = 0);

    bool given(std::size_t i) const { return m_values[i].has_value(); }
    const Value& operator[](std::size_t i) const { return *m_values[i]; }
    /// Not given, or given as none.
    bool isNone(std::size_t i) const { return !given(i) || m_values[i]->isNone(); }
    Value valueOr(std::size_t i, Value otherwise) const { return given(i) ? *m_values[i] : otherwise; }
    bool flag(std::size_t i, bool otherwise) const;
    std::int64_t whole(std::size_t i, std::int64_t otherwise) const;
    const std::string& text(std::size_t i) const;
    std::string textOr(std::size_t i, std::string otherwise) const;

private:
    [[noreturn]] void wrongKind(std::size_t i, const char* wanted) const;

    std::string m_function;
    std::vector<std::string> m_names;
    std::vector<std::optional<Value>> m_values;
};

/// For what is called without arguments. Throws Problem where there are any.
inline void takesNone(std::string_view function, const Arguments& arguments) {
    const Bound bound(function, arguments, {});
}

}  // namespace studio::jinja
