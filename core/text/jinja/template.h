// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/text/jinja/interpreter.h"

namespace studio::jinja {

/// A parsed template. Immutable; may be rendered from several threads at once, each with a runtime of its
/// own.
class Template {
public:
    /// Throws Problem with its line.
    explicit Template(std::string_view source);
    std::string render(Runtime& runtime, const Variables& variables) const;

private:
    std::shared_ptr<const Body> m_body;
};

}  // namespace studio::jinja
