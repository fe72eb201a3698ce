// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "core/base/error.h"
#include "core/jobs/engine_library.h"
#include "core/jobs/job.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

[[noreturn]] void throwUnavailable(const std::string& file, const std::string& reason) {
    throw Error(ErrorCode::EngineUnavailable, "The training engine " + file + " could not be loaded: " + reason + ".",
                "Install FineTune Studio again; the package libtorch1.13 must be installed, too.", {file, reason});
}

fs::path engineFile() {
    if (const char* file = std::getenv("STUDIO_ENGINE")) return file;
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    for (const fs::path& folder : {program, program / "../lib/finetune-studio", program / "../bin"}) {
        if (fs::exists(folder / "libstudio_engine.so", ignored)) return folder / "libstudio_engine.so";
    }
    return program / "libstudio_engine.so";
}

EngineEntry loadEntry() {
    const std::string file = engineFile().string();
    // RTLD_LOCAL: what libtorch drags in (on Debian: OpenCV and with it Qt 5) must not meet this program's Qt 6.
    void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throwUnavailable(file, ::dlerror());
    auto* entry = reinterpret_cast<EngineEntry>(::dlsym(library, kEngineEntry));
    if (entry == nullptr) throwUnavailable(file, "it has no function " + std::string(kEngineEntry));
    return entry;  // the library stays loaded: libtorch cannot be unloaded
}

}  // namespace

std::unique_ptr<Engine> makeEngine() {
    static std::mutex mutex;
    static EngineEntry entry = nullptr;
    const std::lock_guard lock(mutex);
    if (entry == nullptr) entry = loadEntry();
    std::unique_ptr<Engine> engine(entry(kEngineInterfaceVersion));
    if (!engine) throwUnavailable(engineFile().string(), "it belongs to another version of the program");
    return engine;
}

JobValue runOrThrow(Engine& engine, const Job& job, JobObserver& observer, std::stop_token stop) {
    JobOutcome outcome = engine.run(job, observer, std::move(stop));
    if (outcome.kind == JobOutcome::Kind::Failed) throw Error(outcome.code, outcome.cause, outcome.nextStep, outcome.args);
    if (outcome.kind == JobOutcome::Kind::Cancelled && std::holds_alternative<std::monostate>(outcome.value)) throw Cancelled();
    return std::move(outcome.value);
}

}  // namespace studio
