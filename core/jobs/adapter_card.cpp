// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/adapter_card.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <string_view>

#include "core/base/files.h"
#include "core/formats/other_base.h"
#include "core/jobs/merged_card.h"

namespace studio {
namespace {

/// "ORGANISATION/NAME" and "NAME" as they are.
std::string baseNameOf(const AdapterConfig& adapter) {
    std::string base = adapter.baseModel;
    std::replace(base.begin(), base.end(), '\\', '/');
    const bool ofHub = base.find_first_of(":~") == std::string::npos && !base.starts_with('/') &&
                       !base.starts_with('.') && !base.ends_with('/') &&
                       std::count(base.begin(), base.end(), '/') <= 1;
    if (base.empty() || ofHub) return base;
    constexpr std::string_view kOfRun = "/model";
    if (base.ends_with(kOfRun)) base.resize(base.size() - kOfRun.size());
    return modelNameIn(base);
}

/// "16", "0.5".
std::string numberText(double number) {
    char text[64];
    std::snprintf(text, sizeof text, "%.10g", number);
    return text;
}

std::string methodText(const AdapterConfig& adapter) {
    std::string text =
        "LoRA of rank " + std::to_string(adapter.rank) + ", alpha " + numberText(adapter.alpha);
    if (adapter.rankStabilized) text += ", rank-stabilized";
    if (!adapter.ranks.empty() || !adapter.alphas.empty()) text += "; others in some modules";
    return text;
}

/// A text that nobody vouches for as one line of Markdown that reads as it is. A "_" within a word marks
/// nothing.
std::string plainMarkdown(const std::string& text) {
    constexpr std::string_view kMarks = "\\`*_[]<>&|~#";
    const auto isWord = [&](std::size_t at) {
        return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0;
    };
    std::string line;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool within = c == '_' && i > 0 && isWord(i - 1) && isWord(i + 1);
        if (kMarks.find(c) != std::string_view::npos && !within) line += '\\';
        line += std::iscntrl(static_cast<unsigned char>(c)) != 0 ? ' ' : c;
    }
    return line;
}

}  // namespace

std::string quotedText(const std::string& text) {
    return OrderedJson(text).dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

std::string peftSection(const std::string& base) {
    return std::string(kPeftSection) + R"(

`base` is the folder of the base model, or its name on the Hugging Face Hub.

```python
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

base = )" + quotedText(base) +
           R"(
tokenizer = AutoTokenizer.from_pretrained(base)
model = AutoModelForCausalLM.from_pretrained(base)
model = PeftModel.from_pretrained(model, "path/to/this/adapter")
```
)";
}

std::string plainAdapterCard(const std::string& name, const AdapterConfig& adapter) {
    const std::string base = baseNameOf(adapter);
    std::string text = "---\nlibrary_name: peft\n";
    if (!base.empty()) text += "base_model: " + quotedText(base) + "\n";
    text += "tags:\n- lora\n---\n\n# " + plainMarkdown(name) +
            "\n\nA LoRA adapter. It had no card when FineTune Studio " + programVersion() +
            " exported it; this is what its configuration says.\n\n";
    if (!base.empty()) text += "- base model: " + plainMarkdown(base) + "\n";
    text += "- method: " + methodText(adapter) + "\n";
    std::string targets;
    for (const std::string& target : adapter.targets)
        targets += (targets.empty() ? "" : ", ") + plainMarkdown(target);
    if (!targets.empty()) text += "- modules: " + targets + "\n";
    return text + "\n" + peftSection(base.empty() ? "path/to/the/base/model" : base);
}

}  // namespace studio
