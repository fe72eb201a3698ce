// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <mutex>

#include "core/base/error.h"
#include "core/base/own_library.h"
#include "core/jobs/engine_library.h"
#include "core/jobs/job.h"

namespace studio {

std::unique_ptr<Engine> makeEngine() {
    static std::mutex mutex;
    static EngineEntry entry = nullptr;
    const std::lock_guard lock(mutex);
    // What libtorch drags in (on Debian: OpenCV and with it Qt 5) must not meet this program's Qt 6.
    if (entry == nullptr) {
        entry = reinterpret_cast<EngineEntry>(
            loadOwnLibrary({"libstudio_engine.so", "STUDIO_ENGINE", kEngineEntry}));
    }
    std::unique_ptr<Engine> engine(entry(kEngineInterfaceVersion));
    if (!engine) {
        throw Error(ErrorCode::EngineUnavailable,
                    "The training engine belongs to another version of the program.",
                    "Install FineTune Studio again.", {"libstudio_engine.so"});
    }
    return engine;
}

JobValue runOrThrow(Engine& engine, const Job& job, JobObserver& observer, std::stop_token stop) {
    JobOutcome outcome = engine.run(job, observer, std::move(stop));
    if (outcome.kind == JobOutcome::Kind::Failed)
        throw Error(outcome.code, outcome.cause, outcome.nextStep, outcome.args);
    if (outcome.kind == JobOutcome::Kind::Cancelled && std::holds_alternative<std::monostate>(outcome.value))
        throw Cancelled();
    return std::move(outcome.value);
}

}  // namespace studio
