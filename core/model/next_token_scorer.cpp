// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/next_token_scorer.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/model/decode_weights.h"

namespace studio {

namespace {

/// More rows no longer fit into the second-level cache, and others would wait for the prompt.
constexpr std::int64_t kMostPromptTokens = 128;

class AtenScorer final : public NextTokenScorer {
public:
    explicit AtenScorer(const Decoder& model) : m_model(model) {}

    const float* next(const std::vector<Entry>& entries) override {
        const at::NoGradGuard noGrad;
        std::vector<Tensor> rows;
        for (const Entry& entry : entries) {
            std::vector<std::int64_t> ids(entry.before.begin(), entry.before.end());
            ids.push_back(entry.id);
            const Tensor hidden =
                m_model.hiddenCached(at::tensor(ids, at::kLong).to(m_model.compute().device), *entry.cache);
            rows.push_back(m_model.logits(hidden.narrow(0, hidden.size(0) - 1, 1)));
        }
        m_logits = at::cat(rows).to(at::kCPU).contiguous();
        return m_logits.data_ptr<float>();
    }
    void adaptersChanged() override {}  // it reads them where they are
    std::unique_ptr<NextTokenScorer> over(const Decoder& model) const override {
        return std::make_unique<AtenScorer>(model);
    }
    bool fused() const override { return false; }
    std::int64_t mostPromptTokens() const override { return 0; }

private:
    const Decoder& m_model;
    Tensor m_logits;
};

class FusedScorer final : public NextTokenScorer {
public:
    FusedScorer(const Decoder& model, DecodeFormat format) : m_model(model), m_weights(model, format) {}
    FusedScorer(const FusedScorer& other, const Decoder& model)
        : m_model(model), m_weights(other.m_weights, model) {}

    const float* next(const std::vector<Entry>& entries) override {
        takeTokens(entries);
        const auto count = static_cast<std::int64_t>(m_tokens.size()),
                   scored = static_cast<std::int64_t>(entries.size());
        std::int64_t longest = 0;
        for (const Entry& entry : entries) longest = std::max(longest, entry.cache->capacity());
        const DecodeKernels& kernels = cpuKernels().decode;
        const DecodeModel& model = m_weights.model();
        const std::int64_t bytes = kernels.workspaceBytes(model, count, longest);
        if (!m_workspace.defined() || m_workspace.numel() < bytes)
            m_workspace = at::empty({bytes}, at::kByte);
        if (!m_logits.defined() || m_logits.size(0) < scored) m_logits = at::empty({scored, model.head.rows});
        kernels.step(
            {&model, m_tokens.data(), count, scored, m_logits.data_ptr<float>(), m_workspace.data_ptr()});
        for (const Entry& entry : entries)
            entry.cache->advance(static_cast<std::int64_t>(entry.before.size()) + 1);
        return m_logits.data_ptr<float>();
    }
    void adaptersChanged() override { m_weights.takeAdapters(m_model); }
    std::unique_ptr<NextTokenScorer> over(const Decoder& model) const override {
        return std::make_unique<FusedScorer>(*this, model);
    }
    bool fused() const override { return true; }
    std::int64_t mostPromptTokens() const override { return kMostPromptTokens; }

private:
    /// The newest of each sequence first.
    void takeTokens(const std::vector<Entry>& entries) {
        m_tokens.clear();
        const auto take = [&](const Entry& entry, std::int64_t id, std::size_t place) {
            const KeyValueCache& cache = *entry.cache;
            m_tokens.push_back({id, cache.length() + static_cast<std::int64_t>(place), cache.capacity(),
                                cache.keys(), cache.values()});
        };
        for (const Entry& entry : entries) take(entry, entry.id, entry.before.size());
        for (const Entry& entry : entries) {
            for (std::size_t i = 0; i < entry.before.size(); ++i) take(entry, entry.before[i], i);
        }
    }

    const Decoder& m_model;
    DecodeWeights m_weights;
    std::vector<DecodeToken> m_tokens;
    Tensor m_workspace, m_logits;
};

DecodeFormat ownFormat(const Decoder& model) {
    return model.compute().matmulType == at::kFloat ? DecodeFormat::Float32 : DecodeFormat::Bfloat16;
}

}  // namespace

bool decodesFused(const Decoder& model) {
    return model.compute().device.is_cpu() && model.config().headSize <= kMostHeadSize && model.isPlain();
}

std::unique_ptr<NextTokenScorer> makeAtenScorer(const Decoder& model) {
    return std::make_unique<AtenScorer>(model);
}

std::unique_ptr<NextTokenScorer> makeNextTokenScorer(const Decoder& model, DecodeFormat format) {
    if (decodesFused(model)) return std::make_unique<FusedScorer>(model, format);
    if (format == ownFormat(model) && format != DecodeFormat::Int8) return makeAtenScorer(model);
    throw Error(ErrorCode::SettingInvalid, "This model cannot be generated from in int8 here.",
                "Use float32 or bfloat16, or the CPU.", {"int8"});
}

std::unique_ptr<NextTokenScorer> makeNextTokenScorer(const Decoder& model) {
    return decodesFused(model) ? makeNextTokenScorer(model, ownFormat(model)) : makeAtenScorer(model);
}

}  // namespace studio
