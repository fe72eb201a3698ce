// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/probe_cache.h"

#include <sched.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/formats/sha256.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

fs::path cacheFolder() {
    if (const char* given = std::getenv("XDG_CACHE_HOME"); given && *given == '/') return given;
    if (const char* home = std::getenv("HOME"); home && *home == '/') return fs::path(home) / ".cache";
    return {};
}

/// "AMD EPYC" and how many cores this process may run on.
std::string processor() {
    std::ifstream file("/proc/cpuinfo");
    std::string name;
    for (std::string line; name.empty() && std::getline(file, line);)
        if (line.starts_with("model name")) name = line;
    cpu_set_t set;
    CPU_ZERO(&set);
    const int cores = ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
    return name + " * " + std::to_string(cores);
}

/// Names, sizes and times: a hash of the weights would take longer than the probe.
std::string stampOf(const fs::path& folder) {
    std::vector<std::string> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        files.push_back(entry->path().filename().string() + " " + std::to_string(entry->file_size(ignored)) +
                        " " + std::to_string(entry->last_write_time(ignored).time_since_epoch().count()));
    }
    std::sort(files.begin(), files.end());
    std::string stamp = fs::weakly_canonical(folder, error).string();
    for (const std::string& file : files) stamp += "\n" + file;
    return stamp;
}

OrderedJson toJson(const ProbeResult& result) {
    return {{"steps", result.steps},
            {"seconds_per_step", result.secondsPerStep},
            {"tokens_per_second", result.tokensPerSecond},
            {"evaluation_tokens_per_second", result.evaluationTokensPerSecond},
            {"sample_seconds", result.sampleSeconds},
            {"checkpoint_seconds", result.checkpointSeconds},
            {"load_seconds", result.loadSeconds},
            {"peak_memory", result.peakMemoryBytes},
            {"heaviest_tokens", result.heaviestTokens},
            {"device", result.device},
            {"precision", result.precision},
            {"threads", result.threads}};
}

ProbeResult resultFromJson(const OrderedJson& json) {
    ProbeResult result;
    result.steps = json.at("steps").get<std::int64_t>();
    result.secondsPerStep = json.at("seconds_per_step").get<double>();
    result.tokensPerSecond = json.at("tokens_per_second").get<double>();
    result.evaluationTokensPerSecond = json.at("evaluation_tokens_per_second").get<double>();
    result.sampleSeconds = json.at("sample_seconds").get<double>();
    result.checkpointSeconds = json.at("checkpoint_seconds").get<double>();
    result.loadSeconds = json.at("load_seconds").get<double>();
    result.peakMemoryBytes = json.at("peak_memory").get<std::uint64_t>();
    result.heaviestTokens = json.at("heaviest_tokens").get<std::int64_t>();
    result.device = json.at("device").get<std::string>();
    result.precision = json.at("precision").get<std::string>();
    result.threads = json.at("threads").get<int>();
    return result;
}

/// [{"key": …, "probe": {…}}, …], newest first; empty where there is nothing to read.
OrderedJson entriesOf(const fs::path& file) {
    std::error_code ignored;
    if (file.empty() || !fs::exists(file, ignored)) return OrderedJson::array();
    try {
        OrderedJson entries = readJsonFile(file);
        return entries.is_array() ? entries : OrderedJson::array();
    } catch (const Error&) {
        return OrderedJson::array();
    }
}

bool isOf(const OrderedJson& entry, const std::string& key) {
    return entry.is_object() && entry.contains("key") && entry["key"] == key && entry.contains("probe");
}

/// As many as the training asks each time.
std::size_t promptsOf(const TrainJob& job) {
    if (job.settings.sampleEvery <= 0) return 0;
    if (!job.samplePrompts.empty()) return job.samplePrompts.size();
    const auto& rows = job.validation && !job.validation->empty() ? job.validation : job.train;
    return rows ? std::min(rows->size(), static_cast<std::size_t>(kSampledRows)) : 0;
}

}  // namespace

ProbeCache::ProbeCache() {
    const fs::path folder = cacheFolder();
    if (!folder.empty()) m_file = folder / "finetune-studio" / "probes.json";
}

std::string ProbeCache::keyOf(const TrainJob& job) {
    OrderedJson settings = toJson(job.settings);
    // Neither how long a run is nor how fast it learns changes what a step takes.
    static constexpr std::array kOfNoMatter = {"epochs",
                                               "max_steps",
                                               "learning_rate",
                                               "schedule",
                                               "warmup_share",
                                               "warmup_steps",
                                               "min_learning_rate_share",
                                               "clip_norm",
                                               "seed",
                                               "evaluate_every",
                                               "patience",
                                               "keep_best",
                                               "checkpoint_every",
                                               "keep_checkpoints"};
    for (const char* name : kOfNoMatter) settings.erase(name);
    // How many answers there are matters, how often does not.
    settings["sample_every"] = promptsOf(job);
    settings["evaluates"] = job.validation && !job.validation->empty();
    return sha256(std::string(programVersion()) + "\n" + processor() + "\n" + stampOf(job.modelFolder) +
                  "\n" + settings.dump() + "\n" + promptTemplateJson(job.promptTemplate));
}

std::optional<ProbeResult> ProbeCache::find(const std::string& key) const {
    for (const OrderedJson& entry : entriesOf(m_file)) {
        if (!isOf(entry, key)) continue;
        try {
            return resultFromJson(entry["probe"]);
        } catch (const OrderedJson::exception&) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

void ProbeCache::keep(const std::string& key, const ProbeResult& result) const {
    if (m_file.empty()) return;
    OrderedJson entries = OrderedJson::array({{{"key", key}, {"probe", toJson(result)}}});
    for (const OrderedJson& entry : entriesOf(m_file))
        if (entries.size() < kMost && !isOf(entry, key)) entries.push_back(entry);
    try {
        makeFolders(m_file.parent_path());
        writeJsonFile(m_file, entries);
    } catch (const Error&) {
        return;  // the next pre-flight measures again
    }
}

}  // namespace studio
