// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_control.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <string_view>
#include <thread>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/config/settings.h"
#include "core/formats/json.h"
#include "core/storage/process_mark.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kFile = "control.json";

/// Whose turn it is to change what is asked: of two who ask in the same moment, one would overwrite what the
/// other has written. The lock is on the folder itself, so that no file is left. Whoever holds it for longer
/// than a slow disk would take is not waited for, and a file system without locks gives none.
class Turn {
public:
    explicit Turn(const fs::path& runFolder)
        : m_descriptor(::open(runFolder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        constexpr int kTries = 400;
        constexpr std::chrono::milliseconds kPause{5};
        for (int tries = 0; m_descriptor >= 0 && tries < kTries; ++tries) {
            if (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0 || (errno != EWOULDBLOCK && errno != EINTR))
                return;
            std::this_thread::sleep_for(kPause);
        }
    }
    ~Turn() {
        if (m_descriptor >= 0) ::close(m_descriptor);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    int m_descriptor;
};

bool isLearningRate(double rate) {
    const Field& field = trainField("learning_rate");
    return rate >= field.minimum && rate <= field.maximum;
}

RunControl askedNow(const fs::path& runFolder) {
    return readRunControl(runFolder).value_or(RunControl());
}

/// What another stop that is on its way means for the run.
std::string endText(RunControl::Stop stop) {
    if (stop == RunControl::Stop::Keep) return "is ending already, and what it has learned is kept";
    if (stop == RunControl::Stop::Discard)
        return "is ending already, and nothing of what it has learned is kept";
    return "is being handed over to another process";
}

[[noreturn]] void throwStopping(const fs::path& runFolder, RunControl::Stop before) {
    const std::string name = runFolder.filename().string();
    const char* next = before == RunControl::Stop::HandOver
                           ? "Ask again when that one goes on."
                           : "Wait for its end; a run that is not wanted can be deleted then.";
    throw Error(ErrorCode::RunStopping, "The run " + name + " " + endText(before) + ".", next, {name});
}

bool goesBefore(RunControl::Stop kind, const RunControl& asked) {
    const RunControl::Stop before = asked.stop;
    if (asked.settled) return before == kind;
    if (before == RunControl::Stop::No || before == kind || kind == RunControl::Stop::Keep) return true;
    return kind == RunControl::Stop::Discard && before == RunControl::Stop::HandOver;
}

void setStop(RunControl& control, RunControl::Stop kind) {
    const bool withdrawn = control.stop == RunControl::Stop::Discard && kind == RunControl::Stop::Keep;
    control.discardWithdrawn = control.discardWithdrawn || withdrawn;
    control.stop = kind;
}

}  // namespace

const char* runStopName(RunControl::Stop stop) {
    switch (stop) {
        case RunControl::Stop::Keep:
            return "keep";
        case RunControl::Stop::Discard:
            return "discard";
        case RunControl::Stop::HandOver:
            return "hand_over";
        case RunControl::Stop::No:
            break;
    }
    return "";
}

void writeRunControl(const fs::path& runFolder, const RunControl& control) {
    OrderedJson json = {{"paused", control.paused}};
    if (control.learningRate) json["learning_rate"] = *control.learningRate;
    if (control.stop != RunControl::Stop::No) json["stop"] = runStopName(control.stop);
    if (control.discardWithdrawn) json["discard_withdrawn"] = true;
    if (control.settled) json["settled"] = true;
    writeJsonFile(runFolder / kFile, json);
}

std::optional<RunControl> readRunControl(const fs::path& runFolder) {
    RunControl control;
    std::error_code ignored;
    if (!fs::exists(runFolder / kFile, ignored)) return control;
    try {
        const OrderedJson json = readJsonFile(runFolder / kFile);
        if (!json.is_object()) return std::nullopt;
        const auto paused = json.find("paused"), rate = json.find("learning_rate"), stop = json.find("stop");
        if (paused != json.end() && !paused->is_boolean()) return std::nullopt;
        control.paused = paused != json.end() && paused->get<bool>();
        if (rate != json.end() && rate->is_number() && isLearningRate(rate->get<double>()))
            control.learningRate = rate->get<double>();
        for (const auto each :
             {RunControl::Stop::Keep, RunControl::Stop::Discard, RunControl::Stop::HandOver})
            if (stop != json.end() && *stop == runStopName(each)) control.stop = each;
        const auto isSet = [&json](const char* name) {
            const auto flag = json.find(name);
            return flag != json.end() && *flag == true;
        };
        control.discardWithdrawn = isSet("discard_withdrawn");
        control.settled = isSet("settled");
    } catch (const Error&) {
        return std::nullopt;
    }
    return control;
}

void changeRunControl(const fs::path& runFolder, const std::function<void(RunControl&)>& change) {
    const Turn turn(runFolder);
    RunControl control = askedNow(runFolder);
    change(control);
    writeRunControl(runFolder, control);
}

void askRun(const fs::path& runFolder, const std::function<void(RunControl&)>& change) {
    changeRunControl(runFolder, [&](RunControl& control) {
        if (control.stop != RunControl::Stop::No) throwStopping(runFolder, control.stop);
        change(control);
    });
}

RunControl::Stop askToStop(const fs::path& runFolder, RunControl::Stop kind) {
    RunControl::Stop before = RunControl::Stop::No;
    changeRunControl(runFolder, [&](RunControl& control) {
        before = control.stop;
        if (!goesBefore(kind, control)) throwStopping(runFolder, before);
        setStop(control, kind);
    });
    return before;
}

void checkMayStop(const fs::path& runFolder, RunControl::Stop kind) {
    const RunControl asked = askedNow(runFolder);
    if (!goesBefore(kind, asked)) throwStopping(runFolder, asked.stop);
}

RunControl settleRunEnd(const fs::path& runFolder, bool discard) {
    RunControl settled;
    try {
        changeRunControl(runFolder, [&](RunControl& control) {
            const bool decided = control.settled && control.stop != RunControl::Stop::HandOver;
            const bool keep = control.stop == RunControl::Stop::Keep || !(decided || discard);
            control.discardWithdrawn = control.discardWithdrawn || (keep && discard);
            setStop(control, keep ? RunControl::Stop::Keep : RunControl::Stop::Discard);
            control.settled = true;
            settled = control;
        });
    } catch (const Error&) {
        // On a full disk others are not told, but what was decided holds.
    }
    return settled;
}

RunControl settleHandOver(const fs::path& runFolder) {
    RunControl settled;
    try {
        changeRunControl(runFolder, [&](RunControl& control) {
            control.settled = control.stop == RunControl::Stop::HandOver;
            settled = control;
        });
    } catch (const Error&) {
        // As above.
    }
    return settled;
}

void withdrawHandOver(const fs::path& runFolder) {
    try {
        changeRunControl(runFolder, [](RunControl& control) {
            if (control.stop == RunControl::Stop::HandOver) control.stop = RunControl::Stop::No;
        });
    } catch (const Error&) {
        // The full disk that is in the way of the hand-over.
        if (askedNow(runFolder).stop == RunControl::Stop::HandOver) clearRunControl(runFolder);
    }
}

void clearRunControl(const fs::path& runFolder) {
    std::error_code ignored;
    fs::remove(runFolder / kFile, ignored);
}

bool runIsAtWork(const fs::path& runFolder) {
    std::error_code ignored;
    try {
        const RunStatus status = RunFolder(runFolder).readStatus();
        if (!goesOn(status.state) || processIsGone(status)) return false;
        if (!lockDecides(runFolder)) return onThisHost(status.processMark);
        return fs::exists(runFolder / ".lock", ignored) && !lockIsFree(runFolder);
    } catch (const Error&) {
        return lockHolder(runFolder).has_value();  // missing or damaged: who has the lock is at work
    }
}

std::optional<fs::path> findRunAtWork(const fs::path& runsFolder, const std::stop_token& stop) {
    std::optional<fs::path> newest;
    fs::file_time_type newestTime;
    std::error_code error;
    for (fs::directory_iterator entry(runsFolder, error), end; !error && entry != end;
         entry.increment(error)) {
        throwIfStopped(stop);
        if (entry->path().filename().string().front() == '.' || !runIsAtWork(entry->path())) continue;
        std::error_code ignored;
        const fs::file_time_type time = fs::last_write_time(entry->path() / "run.json", ignored);
        if (newest && !ignored && time <= newestTime) continue;
        newest = entry->path();
        newestTime = ignored ? fs::file_time_type::min() : time;
    }
    return newest;
}

std::int64_t newestCheckpoint(const fs::path& runFolder) {
    constexpr std::string_view kStem = "step-";
    std::int64_t newest = 0;
    std::error_code error;
    for (fs::directory_iterator entry(RunFolder(runFolder).checkpointsFolder(), error), end;
         !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::int64_t step = 0;
        if (!name.starts_with(kStem)) continue;
        const auto read = std::from_chars(name.data() + kStem.size(), name.data() + name.size(), step);
        if (read.ec == std::errc() && read.ptr == name.data() + name.size()) newest = std::max(newest, step);
    }
    return newest;
}

}  // namespace studio
