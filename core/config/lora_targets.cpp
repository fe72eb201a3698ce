// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/lora_targets.h"

#include <algorithm>

#include "core/config/name_patterns.h"

namespace studio {

std::vector<std::string> loraTargetNames(const std::string& text, std::optional<std::string>& problem) {
    // Of all families: Llama and its like, Phi-3, GPT-2, GPT-NeoX.
    static const std::vector<std::string> kAttention = {"q_proj",      "k_proj",          "v_proj",
                                                        "o_proj",      "qkv_proj",        "c_attn",
                                                        "attn.c_proj", "query_key_value", "dense"};
    static const std::vector<std::string> kMlp = {"gate_proj",     "up_proj",      "down_proj",
                                                  "gate_up_proj",  "c_fc",         "mlp.c_proj",
                                                  "dense_h_to_4h", "dense_4h_to_h"};
    static const std::vector<std::string> kBoth = {"c_proj"};  // GPT-2's name in both
    std::vector<std::string> names;
    const auto add = [&](const std::vector<std::string>& more) {
        for (const std::string& name : more)
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    };
    const auto known = [](const std::vector<std::string>& list, const std::string& name) {
        return std::find(list.begin(), list.end(), name) != list.end();
    };
    const std::vector<std::string> parts = commaList(text);
    if (parts.empty()) problem = text;
    for (const std::string& part : parts) {
        if (part == "all" || part == "attention") add(kAttention);
        if (part == "all" || part == "mlp") add(kMlp);
        if (known(kAttention, part) || known(kMlp, part) || known(kBoth, part))
            add({part});
        else if (part != "all" && part != "attention" && part != "mlp")
            problem = part;
    }
    return names;
}

bool isLoraTarget(const std::vector<std::string>& targets, const std::string& module) {
    return std::any_of(targets.begin(), targets.end(), [&](const std::string& target) {
        return module == target || module.ends_with("." + target);
    });
}

}  // namespace studio
