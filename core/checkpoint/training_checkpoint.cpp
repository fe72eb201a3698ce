// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/training_checkpoint.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/tensor_bytes.h"
#include "core/formats/json.h"
#include "core/formats/safetensors.h"
#include "core/formats/sha256.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kTensors = "tensors.safetensors";
constexpr const char* kState = "state.json";
constexpr const char* kPrefix = "step-";
constexpr const char* kStateHash = "state_sha256";
constexpr std::int64_t kFormat = 2;

/// All of them, in the order of the file.
std::vector<NamedTensor> named(const TrainingTensors& tensors) {
    std::vector<NamedTensor> all = tensors.optimizer;
    all.push_back({"values", tensors.values});
    std::sort(all.begin(), all.end(),
              [](const NamedTensor& a, const NamedTensor& b) { return a.name < b.name; });
    return all;
}

OrderedJson numberOrNull(double value) {
    return std::isfinite(value) ? OrderedJson(value) : OrderedJson(nullptr);
}

OrderedJson toJson(const TrainingState& state) {
    return {{"step", state.step},
            {"evaluated_step", state.evaluatedStep},
            {"epoch", state.epoch},
            {"position", state.position},
            {"tokens", state.tokens},
            {"evaluations", state.evaluations},
            {"optimizer_steps", state.optimizerSteps},
            {"good_steps", state.goodSteps},
            {"loss_scale", state.lossScale},
            {"seconds", state.seconds},
            {"train_seconds", state.trainSeconds},
            {"eval_seconds", state.evalSeconds},
            {"first_eval_loss", numberOrNull(state.firstEvalLoss)},
            {"last_eval_loss", numberOrNull(state.lastEvalLoss)},
            {"last_loss", numberOrNull(state.lastLoss)},
            {"best_step", state.bestStep},
            {"best_eval_loss", numberOrNull(state.bestEvalLoss)},
            {"evaluations_since_best", state.evaluationsSinceBest},
            {"learning_rate", state.learningRate},
            {"samples", state.samples},
            {"sample_seconds", state.sampleSeconds},
            {"sampled_step", state.sampledStep}};
}

[[noreturn]] void throwDamaged(const fs::path& folder, const std::string& what) {
    throw Error(ErrorCode::WeightsInvalid, "The checkpoint " + folder.string() + " is damaged: " + what + ".",
                "Go on from an older checkpoint, or train anew.", {folder.string(), what});
}

/// One pass that holds nothing beside; the extremes of numbers with a NaN are NaN.
bool isFinite(const Tensor& values) {
    const auto [least, greatest] = at::aminmax(values.detach());
    return std::isfinite(least.item<double>()) && std::isfinite(greatest.item<double>());
}

/// What was written is read back before an older checkpoint may go.
void verify(const fs::path& file, const std::vector<TensorToWrite>& writes) {
    const SafetensorsFile written(file);
    for (const TensorToWrite& one : writes) {
        const auto bytes = static_cast<std::size_t>(one.shape.front()) * sizeof(float);
        // An empty one has no address to compare with.
        const auto same = [&] {
            return bytes == 0 || std::memcmp(written.data(one.name), one.data, bytes) == 0;
        };
        if (!written.contains(one.name) || !same()) {
            throw Error(ErrorCode::FileUnwritable,
                        "The checkpoint read back from the disk differs from what was saved.",
                        "Check the disk.", {file.string()});
        }
    }
}

TrainingState fromJson(const OrderedJson& json, const fs::path& folder) {
    const auto integer = [&](const char* key) {
        const auto found = json.find(key);
        if (found == json.end() || !found->is_number_integer())
            throwDamaged(folder, std::string("no ") + key);
        return found->get<std::int64_t>();
    };
    const auto real = [&](const char* key) {
        const auto found = json.find(key);
        const bool number = found != json.end() && found->is_number();
        return number ? found->get<double>() : std::numeric_limits<double>::quiet_NaN();
    };
    TrainingState state;
    state.step = integer("step");
    state.evaluatedStep = integer("evaluated_step");
    state.epoch = integer("epoch");
    state.position = integer("position");
    state.tokens = integer("tokens");
    state.evaluations = integer("evaluations");
    // Checkpoints of earlier versions have none of these three.
    const bool scaled = json.contains("optimizer_steps");
    state.optimizerSteps = scaled ? integer("optimizer_steps") : state.step;
    state.goodSteps = scaled ? integer("good_steps") : 0;
    state.lossScale = scaled ? real("loss_scale") : 0.0;
    state.seconds = real("seconds");
    state.trainSeconds = real("train_seconds");
    state.evalSeconds = real("eval_seconds");
    state.firstEvalLoss = real("first_eval_loss");
    state.lastEvalLoss = real("last_eval_loss");
    state.lastLoss = real("last_loss");
    state.sampledStep = state.step;
    if (!json.contains("best_step")) return state;  // written before there were these
    state.bestStep = integer("best_step");
    state.bestEvalLoss = real("best_eval_loss");
    state.evaluationsSinceBest = integer("evaluations_since_best");
    state.learningRate = real("learning_rate");
    state.samples = integer("samples");
    state.sampleSeconds = real("sample_seconds");
    // Before there was this, answers that a stop had cut short were not made up for.
    if (json.contains("sampled_step")) state.sampledStep = integer("sampled_step");
    return state;
}

}  // namespace

std::uint64_t checkpointBytes(const TrainingTensors& tensors) {
    std::uint64_t bytes = 0;
    for (const auto& [name, tensor] : named(tensors))
        bytes += sizeof(float) * static_cast<std::uint64_t>(tensor.numel());
    return bytes;
}

CheckpointStore::CheckpointStore(fs::path folder, std::size_t keep, std::string owner)
    : m_folder(std::move(folder)), m_keep(keep), m_owner(std::move(owner)) {}

fs::path CheckpointStore::pathOf(std::int64_t step) const {
    return m_folder / (kPrefix + std::to_string(step));
}

std::vector<std::int64_t> CheckpointStore::steps() const {
    std::vector<std::int64_t> steps;
    std::error_code error;
    for (fs::directory_iterator entry(m_folder, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::int64_t step = 0;
        const char* first = name.data() + std::char_traits<char>::length(kPrefix);
        if (name.rfind(kPrefix, 0) != 0) continue;
        const auto read = std::from_chars(first, name.data() + name.size(), step);
        if (read.ec == std::errc() && read.ptr == name.data() + name.size()) steps.push_back(step);
    }
    std::sort(steps.rbegin(), steps.rend());
    return steps;
}

void CheckpointStore::save(const TrainingState& state, const TrainingTensors& tensors) {
    if (!isFinite(tensors.values)) {
        throw Error(ErrorCode::WeightsInvalid,
                    "The weights after step " + std::to_string(state.step) + " are not finite numbers.",
                    "Go on from an older checkpoint with a lower learning rate.",
                    {std::to_string(state.step)});
    }
    makeFolders(m_folder);
    try {
        write(state, tensors);
    } catch (const Error& problem) {
        if (problem.code() != ErrorCode::DiskFull || !keepNewest(1)) throw;
        write(state, tensors);
    }
    std::error_code ignored;
    for (const std::int64_t step : steps()) {
        // One of a later step is a damaged one that the run went back behind.
        if (step > state.step) fs::remove_all(pathOf(step), ignored);
    }
    keepNewest(m_keep);
}

bool CheckpointStore::keepNewest(std::size_t count) const {
    const std::vector<std::int64_t> all = steps();
    std::error_code ignored;
    for (std::size_t i = count; i < all.size(); ++i) fs::remove_all(pathOf(all[i]), ignored);
    return all.size() > count;
}

void CheckpointStore::write(const TrainingState& state, const TrainingTensors& tensors) const {
    AtomicFolder folder(pathOf(state.step));
    std::vector<Tensor> held;  // on the host while they are written
    std::vector<TensorToWrite> writes;
    for (const auto& [name, tensor] : named(tensors)) {
        held.push_back(tensor.detach().to(at::kCPU).contiguous());
        writes.push_back({name, TensorType::Float32, held.back().sizes().vec(),
                          static_cast<const std::byte*>(held.back().data_ptr())});
    }
    writeSafetensors(folder.path() / kTensors, writes);
    verify(folder.path() / kTensors, writes);
    OrderedJson json = {{"format", kFormat}};
    if (!m_owner.empty()) json["owner"] = m_owner;
    json.update(toJson(state));
    json["sha256"] = sha256File(folder.path() / kTensors);
    json[kStateHash] = sha256(json.dump());
    writeJsonFile(folder.path() / kState, json);
    folder.commit();
}

/// Format 1 had neither a number nor a hash of the state; what it says is taken as it stands.
void CheckpointStore::checkState(const OrderedJson& json, const fs::path& folder) const {
    if (!json.is_object()) throwDamaged(folder, "state.json is no object");
    const auto format = json.find("format");
    if (format == json.end() && !json.contains(kStateHash)) return;
    OrderedJson hashed = json;
    hashed.erase(kStateHash);
    const auto hash = json.find(kStateHash);
    const bool known = format != json.end() && format->is_number_integer();
    if (known && format->get<std::int64_t>() > kFormat) {
        throw Error(ErrorCode::UnsupportedFormat,
                    "The checkpoint " + folder.string() + " was written by a newer version.",
                    "Go on with that version.", {folder.string()});
    }
    if (hash == json.end() || !hash->is_string() || hash->get<std::string>() != sha256(hashed.dump()))
        throwDamaged(folder, "its state.json is not as it was saved");
    const auto owner = json.find("owner");
    const bool others = owner != json.end() && !m_owner.empty() && *owner != m_owner;
    if (others) throwDamaged(folder, "it belongs to another run");
}

TrainingState CheckpointStore::load(std::int64_t step, const TrainingTensors& tensors) const {
    const fs::path folder = pathOf(step);
    const OrderedJson json = readJsonFile(folder / kState);
    checkState(json, folder);
    const TrainingState state = fromJson(json, folder);
    if (state.step != step) throwDamaged(folder, "its state is of step " + std::to_string(state.step));
    const auto hash = json.find("sha256");
    if (hash == json.end() || !hash->is_string() || hash->get<std::string>() != sha256File(folder / kTensors))
        throwDamaged(folder, "its tensors are not those that were saved");
    const SafetensorsFile file(folder / kTensors);
    for (const auto& [name, tensor] : named(tensors)) {
        if (!file.contains(name) || file.tensors().at(name).type != TensorType::Float32 ||
            file.tensors().at(name).shape != tensor.sizes().vec())
            throwDamaged(folder, std::string("it belongs to a model of another size"));
    }
    const at::NoGradGuard noGrad;
    for (const auto& [name, tensor] : named(tensors)) {
        copyFromBytes(file.data(name), tensor);
    }
    return state;
}

std::optional<TrainingState> CheckpointStore::loadNewest(
    const TrainingTensors& tensors, const std::function<void(const std::string&)>& skipped) const {
    for (const std::int64_t step : steps()) {
        try {
            return load(step, tensors);
        } catch (const Error& problem) {
            skipped(problem.cause());
        }
    }
    return std::nullopt;
}

void CheckpointStore::clear() const {
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

}  // namespace studio
