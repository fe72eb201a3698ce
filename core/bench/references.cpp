// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/references.h"

#include <cstdlib>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/bench/shape_runs.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// A first answer may take the time of loading a library and of making a model.
constexpr double kAnswerSeconds = 180.0;
/// What PyTorch costs without any care is known after two steps.
constexpr std::size_t kCarelessRounds = 2;
const std::string kPyTorch = "PyTorch";
const std::string kAsDebianHasIt = "PyTorch as Debian has it";

/// Debian keeps the variants of OpenBLAS beside each other; the default is the one with threads of its own,
/// which get in the way of libgomp's. $STUDIO_OPENBLAS names a folder where none is installed.
std::string openBlasWithOpenMp() {
    if (const char* given = std::getenv("STUDIO_OPENBLAS"); given && *given) return given;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("/usr/lib", ignored)) {
        const fs::path folder = entry.path() / "openblas-openmp";
        if (fs::exists(folder / "libblas.so.3", ignored)) return folder.string();
    }
    return {};
}

}  // namespace

Environment bestPyTorchEnvironment(Environment environment) {
    environment.erase("OPENBLAS_CORETYPE");
    environment.erase("OPENBLAS_L2_SIZE");
    environment.erase("OMP_NUM_THREADS");
    if (const std::string folder = openBlasWithOpenMp(); !folder.empty()) {
        std::string& path = environment["LD_LIBRARY_PATH"];
        path = path.empty() ? folder : folder + ":" + path;
    }
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"))
        environment["ATEN_CPU_CAPABILITY"] = "avx512";
    return environment;
}

std::optional<Json> ReferenceProcess::ask(const Json& request, const std::stop_token& stop) {
    if (!m_process.say(request.dump(), kAnswerSeconds, stop)) return std::nullopt;
    return hear(stop);
}

std::optional<Json> ReferenceProcess::hear(const std::stop_token& stop) {
    const auto line = m_process.hear(kAnswerSeconds, stop);
    if (!line) return std::nullopt;
    Json answer = Json::parse(*line, nullptr, false);
    if (!answer.is_object()) return std::nullopt;
    return answer;
}

void Reference::measure(const std::stop_token& stop) {
    if (!process) return;
    const auto answer = process->ask({{"measure", precision}}, stop);
    if (answer && answer->contains("seconds")) seconds.push_back(answer->at("seconds").get<double>());
    if (!answer || seconds.size() >= mostRounds) process.reset();  // and its memory is free
}

void addReferenceRow(std::vector<BenchRow>& rows, const ReferenceRow& about, const Reference& reference) {
    if (reference.seconds.empty()) return;
    BenchRow row;
    row.bench = about.bench;
    row.shape = about.shape;
    row.task = about.task;
    row.contender = reference.contender;
    row.precision = reference.precision;
    const double seconds = median(reference.seconds);
    row.milliseconds = seconds * 1e3;
    row.tokensPerSecond = about.tokens / seconds;
    row.paddingShare = about.paddingShare;
    rows.push_back(row);
}

References::References(const BenchJob& job, const std::string& shape, JobObserver& observer,
                       const std::stop_token& stop)
    : m_job(job), m_shape(shape), m_observer(observer), m_stop(stop) {}

void References::tell(const std::string& message) const {
    LogEvent event;
    event.message = message;
    event.rule = "reference_missing";
    m_observer.onEvent(event);
}

std::string References::script(const std::string& name) const {
    try {
        return resourcePath("../tests/bench/" + name).string();
    } catch (const Error&) {
        tell("Others are compared only where this program was built from its sources.");
        return {};
    }
}

/// The first interpreter that has a module: the system's own comes last, as another one may stand before it.
std::string References::pythonWith(const std::string& module) const {
    const std::string program = "import " + module + "; print('{}', flush=True)";
    for (const char* python : {"python3", "/usr/bin/python3"}) {
        ReferenceProcess process({python, "-c", program}, initialEnvironment());
        if (process.hear(m_stop)) return python;
    }
    return {};
}

bool References::start(const std::string& contender, const std::vector<std::string>& command,
                       const Environment& environment, const std::vector<std::string>& precisions,
                       std::vector<Reference>& references, const Json& first) const {
    const auto process = std::make_shared<ReferenceProcess>(command, environment);
    bool answers = process->hear(m_stop).has_value();
    if (answers && !first.is_null()) answers = process->ask(first, m_stop).has_value();
    for (const std::string& precision : precisions) {
        if (!answers) break;
        answers = process->ask({{"prepare", precision}}, m_stop).has_value();
        if (answers) references.push_back({contender, precision, process});
    }
    return answers;
}

void References::startPyTorch(const std::string& name, const std::vector<std::string>& precisions,
                              std::vector<Reference>& references, const Json& first) const {
    const std::string file = script(name);
    if (file.empty()) return;
    const std::string python = pythonWith("torch");
    if (python.empty()) {
        tell("PyTorch is not compared: python3 has no torch (package python3-torch).");
        return;
    }
    std::vector<std::string> command{python, "-B", file, "--serve", "--shape", m_shape};
    if (m_job.device != "cpu") command.insert(command.end(), {"--device", m_job.device});
    if (m_job.threads > 0) {
        command.insert(command.end(), {"--threads", std::to_string(m_job.threads)});
    }
    if (!start(kPyTorch, command, bestPyTorchEnvironment(initialEnvironment()), precisions, references,
               first))
        tell("PyTorch is not compared: its script in tests/bench ended with an error.");
    if (name != "torch_train.py" || !first.is_null() || m_job.device != "cpu") return;
    start(kAsDebianHasIt, {python, "-B", file, "--serve", "--shape", m_shape, "--as-it-is"},
          initialEnvironment(), {"float32"}, references);
    for (Reference& reference : references) {
        if (reference.contender == kAsDebianHasIt) reference.mostRounds = kCarelessRounds;
    }
}

std::vector<Reference> References::training() const {
    std::vector<Reference> references;
    if (m_job.references) startPyTorch("torch_train.py", {"bfloat16", "float32"}, references);
    return references;
}

std::vector<Reference> References::padded(const Json& batches) const {
    std::vector<Reference> references;
    if (m_job.references) startPyTorch("torch_train.py", {"float32"}, references, {{"batches", batches}});
    return references;
}

std::vector<Reference> References::decoding() const {
    std::vector<Reference> references;
    if (!m_job.references) return references;
    startPyTorch("torch_decode.py", {"bfloat16", "float32"}, references);
    const std::string file = script("llama_decode.py");
    const std::string python = file.empty() ? std::string() : pythonWith("numpy");
    if (file.empty()) return references;
    std::vector<std::string> command{python, "-B", file, "--serve", "--shape", m_shape};
    if (m_job.threads > 0) command.insert(command.end(), {"--threads", std::to_string(m_job.threads)});
    if (python.empty() ||
        !start("llama.cpp", command, initialEnvironment(), {"float32", "bfloat16", "int8"}, references)) {
        tell(
            "llama.cpp is not compared: its library was not found (set STUDIO_LLAMA_CPP to its folder, or to "
            "one with the npm package @node-llama-cpp/linux-x64), or python3 has no numpy.");
    }
    return references;
}

}  // namespace studio
