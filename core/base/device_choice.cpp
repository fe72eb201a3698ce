// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/device_choice.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"

namespace studio {

namespace {

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

std::string chosenDevice(const std::string& text, const std::vector<std::string>& known) {
    const auto has = [&](const std::string& name) {
        return std::find(known.begin(), known.end(), name) != known.end();
    };
    if (text == "auto") return has("cuda:0") ? "cuda:0" : "cpu";
    if (text == "cuda" && has("cuda:0")) return "cuda:0";
    if (has(text)) return text;
    const bool cuda = text.starts_with("cuda") && !has("cuda:0");
    throw Error(ErrorCode::DeviceUnavailable,
                (cuda ? "There is no CUDA device that this program can use; this machine has: "
                      : "There is no device \"" + text + "\"; this machine has: ") +
                    listed(known) + ".",
                "Use --device auto, or one of these.", {text, listed(known)});
}

void checkPrecision(const std::string& precision, const std::string& device) {
    static constexpr std::array kKnown = {"auto", "float32", "bfloat16", "float16"};
    if (std::find(kKnown.begin(), kKnown.end(), precision) == kKnown.end()) {
        throw Error(ErrorCode::SettingInvalid, "There is no precision \"" + precision + "\".",
                    "Use auto, float32, bfloat16 or float16.", {"precision"});
    }
    if (precision == "float16" && device == "cpu") {
        throw Error(ErrorCode::SettingInvalid, "float16 is not available on the CPU.",
                    "Use bfloat16 or float32.", {"precision", "float16_on_cpu"});
    }
}

}  // namespace studio
