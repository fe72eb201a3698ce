// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/metrics_line.h"

#include <cmath>

#include "core/formats/json_fields.h"

namespace studio {

OrderedJson metricsJson(const MetricsLine& line) {
    OrderedJson json = OrderedJson::object();
    const auto real = [&json](const char* key, double value) {
        if (std::isfinite(value)) json[key] = value;  // JSON has no NaN and no infinity
    };
    json["step"] = line.step;
    real("epoch", line.epoch);
    real("loss", line.loss);
    real("eval_loss", line.evalLoss);
    real("lr", line.learningRate);
    real("grad_norm", line.gradNorm);
    json["tokens"] = line.tokens;
    real("tokens_per_second", line.tokensPerSecond);
    json["memory"] = line.memoryBytes;
    real("seconds", line.seconds);
    return json;
}

MetricsLine metricsFromJson(const OrderedJson& json) {
    MetricsLine line;
    line.step = integerOf(json, "step");
    line.epoch = realOf(json, "epoch");
    line.loss = realOf(json, "loss");
    line.evalLoss = realOf(json, "eval_loss");
    line.learningRate = realOf(json, "lr");
    line.gradNorm = realOf(json, "grad_norm");
    line.tokens = integerOf(json, "tokens");
    line.tokensPerSecond = realOf(json, "tokens_per_second");
    line.memoryBytes = static_cast<std::uint64_t>(integerOf(json, "memory"));
    line.seconds = realOf(json, "seconds");
    return line;
}

std::optional<MetricsLine> metricsLineOf(std::string_view line) {
    const OrderedJson json = OrderedJson::parse(line.begin(), line.end(), nullptr, false);
    if (!json.is_object() || !json.contains("step")) return std::nullopt;
    return metricsFromJson(json);
}

ParsedMetrics parseMetrics(const std::string& text) {
    ParsedMetrics parsed;
    const std::size_t last = text.rfind('\n');
    parsed.used = last == std::string::npos ? 0 : last + 1;
    parsed.torn = forEachMetricsLine(
        text, [&](std::string_view, const MetricsLine& line) { parsed.lines.push_back(line); });
    if (parsed.used < text.size()) --parsed.torn;  // the rest of this one may come yet
    return parsed;
}

std::int64_t forEachMetricsLine(const std::string& text,
                                const std::function<void(std::string_view, const MetricsLine&)>& use) {
    std::size_t begin = 0;
    std::int64_t torn = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
        const std::string_view line = std::string_view(text).substr(begin, end - begin);
        begin = end + 1;
        if (const auto read = metricsLineOf(line))
            use(line, *read);
        else if (!line.empty())
            ++torn;
    }
    return torn + (begin < text.size() ? 1 : 0);
}

}  // namespace studio
