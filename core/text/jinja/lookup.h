// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/jinja/value.h"

/// How Jinja's immutable sandbox looks things up in values and calls them.
namespace studio::jinja {

using Method = Value (*)(Runtime&, const Value& self, const Arguments&);

/// A method of a text, list, dict, …
struct MethodEntry {
    std::string_view name;
    Method method;
};
std::vector<MethodEntry> textMethods();       ///< that change or take apart a text
std::vector<MethodEntry> textQueryMethods();  ///< that ask something about a text
std::vector<MethodEntry> containerMethods();  ///< "dict.items", "list.index", …

// Parts of methods that filters and tests share.
/// str.replace with its result within the limits; `most` < 0: all of them.
Value replacedText(Runtime& runtime, const Value& text, const std::string& part, const std::string& by,
                   std::int64_t most);
/// Filled up to `width` characters; '<' puts the text on the left, '>' on the right, '^' in the middle.
Value paddedText(Runtime& runtime, const Value& text, std::int64_t width, const std::string& fill,
                 char align);
/// Whether the text has cased characters and all those are such.
bool isAllOf(Runtime& runtime, const std::string& text, bool (*isSuch)(char32_t));
/// A dict's entries as tuples.
std::vector<Value> pairsOf(Runtime& runtime, const Value& dict);

/// Null where values of this kind have no such method. Those that would change a list or a dict throw Problem
/// when called, as do those of Python's that are not carried out here.
Method methodOf(const Value& self, std::string_view name);
/// What stands for all methods that would change a value: for a template they are undefined.
Value changingMethod(Runtime& runtime, const Value& self, const Arguments& arguments);

/// `object.name`: a method goes before a dict's key. Undefined where there is neither; throws Problem for an
/// undefined object.
Value attributeOf(Runtime& runtime, const Value& object, std::string_view name);
/// `object[key]`: a dict's key goes before a method.
Value itemOf(Runtime& runtime, const Value& object, const Value& key);
/// `object[begin:end:step]`; what is not given is none. Throws Problem for values that have no places: unlike
/// for a single place, Jinja leaves this to Python.
Value sliceOf(Runtime& runtime, const Value& object, const Value& begin, const Value& end, const Value& step);

/// `callee(…)`.
Value called(Runtime& runtime, const Value& callee, Arguments& arguments);

/// "a.0.b" as filters take it: item by item, whole numbers as places. An `otherwise` stands for what is
/// undefined on the way.
Value pathOf(Runtime& runtime, const Value& object, const Value& path, const std::optional<Value>& otherwise);

}  // namespace studio::jinja
