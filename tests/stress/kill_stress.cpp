// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/stress/kill_stress.h"

#include <chrono>
#include <ostream>
#include <stdexcept>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/random.h"
#include "core/storage/run_folder.h"
#include "tests/stress/watched_process.h"

namespace fs = std::filesystem;

namespace studio::test {

namespace {

using std::chrono::microseconds;
using Stage = WatchedProcess::Stage;

constexpr auto kForever = std::chrono::minutes(10);

/// When the next kill comes: at any time, or at a moment of a stage.
struct KillPlan {
    std::string stage;            ///< empty: at any time of the whole
    std::int64_t occurrence = 1;  ///< of the stage in this process
    bool last = false;            ///< the saving at the end of the run
    double share = 0.0;           ///< of the stage's usual duration, or of the whole run's
};

class KillStress {
public:
    KillStress(const KillStressSettings& settings, std::ostream& log)
        : m_settings(settings), m_log(log), m_random(settings.seed) {}

    KillStressReport run() {
        prepare();
        while (m_report.kills < m_settings.kills && m_report.failures.empty()) oneRun();
        return std::move(m_report);
    }

private:
    std::vector<std::string> trainCommand(const std::string& run) const {
        return {m_settings.program.string(),
                "train",
                "--project",
                project(),
                "--model",
                m_settings.model.string(),
                "--run",
                run,
                "--threads",
                std::to_string(m_settings.threads),
                "--set",
                "max_steps=12",
                "--set",
                "batch_rows=4",
                "--set",
                "cutoff=160",
                "--set",
                "checkpoint_every=2",
                "--set",
                "evaluate_every=3",
                "--set",
                "learning_rate=0.001"};
    }
    std::vector<std::string> resumeCommand(const std::string& run) const {
        return {m_settings.program.string(), "train", "--project", project(), "--run", run, "--resume"};
    }
    std::string project() const { return (m_settings.folder / "Stress.ftproj").string(); }
    fs::path runFolder(const std::string& run) const { return fs::path(project()) / "runs" / run; }

    void call(const std::vector<std::string>& command) const {
        WatchedProcess process(command);
        process.finish();
        if (process.exitCode() != 0) throw std::runtime_error(command[1] + ": " + process.errorLine());
    }

    /// The project, the run that nobody kills, and how long its stages take.
    void prepare() {
        call({m_settings.program.string(), "project", "create", project()});
        call({m_settings.program.string(), "data", "import", project(), m_settings.records.string()});
        call({m_settings.program.string(), "data", "split", project(), "--seed", "1"});
        const auto begun = std::chrono::steady_clock::now();
        WatchedProcess process(trainCommand("whole"));
        process.finish();
        if (process.exitCode() != 0) throw std::runtime_error("the whole run: " + process.errorLine());
        const auto ended = std::chrono::steady_clock::now();
        m_wholeMicroseconds = std::chrono::duration<double, std::micro>(ended - begun).count();
        const std::vector<Stage>& stages = process.stages();
        for (std::size_t i = 0; i < stages.size(); ++i) {
            const auto end = i + 1 < stages.size() ? stages[i + 1].begun : ended;
            double& longest = m_stageMicroseconds[stages[i].label];
            longest =
                std::max(longest, std::chrono::duration<double, std::micro>(end - stages[i].begun).count());
        }
        m_weights = readFile(runFolder("whole") / "model" / "model.safetensors");
        m_metrics = metricsOf("whole");
        m_log << "the whole run: " << m_wholeMicroseconds / 1e6 << " s";
        for (const auto& [stage, length] : m_stageMicroseconds)
            m_log << ", " << stage << " up to " << length / 1e3 << " ms";
        m_log << std::endl;
    }

    KillPlan nextPlan() {
        KillPlan plan;
        const double kind = m_random.uniform();
        plan.share = m_random.uniform();
        plan.occurrence = 1 + static_cast<std::int64_t>(m_random.below(3));
        if (kind < 0.25) return plan;
        if (kind < 0.30)
            plan.stage = "tokenizing";
        else if (kind < 0.34)
            plan.stage = "loading";
        else if (kind < 0.40)
            plan.stage = "training";
        else if (kind < 0.52)
            plan.stage = "evaluating";
        else
            plan.stage = "saving";
        plan.last = kind >= 0.80;
        if (plan.stage == "tokenizing" || plan.stage == "loading") plan.occurrence = 1;
        return plan;
    }

    /// Kills a run and goes on with it until it is finished or cannot go on; then compares it.
    void oneRun() {
        const std::string name = "run-" + std::to_string(++m_runs);
        bool begun = false;
        for (;;) {
            WatchedProcess process(begun ? resumeCommand(name) : trainCommand(name));
            if (m_report.kills < m_settings.kills && killed(process, name)) {
                noteStart(process, begun);
                begun = true;
                continue;
            }
            process.finish();
            noteStart(process, begun);
            if (process.exitCode() != 0) {
                leaveOrFail(name, process.errorLine());
                return;
            }
            compare(name);
            return;
        }
    }

    bool killed(WatchedProcess& process, const std::string& name) {
        const KillPlan plan = nextPlan();
        std::int64_t seen = 0;
        const auto wanted = [&](const Stage& stage) {
            if (stage.label != plan.stage) return false;
            if (plan.last) return stage.total > 0 && stage.done == stage.total;
            return ++seen == plan.occurrence;
        };
        if (plan.stage.empty()) {
            process.watch(microseconds(static_cast<std::int64_t>(plan.share * m_wholeMicroseconds)),
                          [](const Stage&) { return false; });
        } else if (process.watch(kForever, wanted)) {
            const double delay = 1.2 * plan.share * m_stageMicroseconds[plan.stage];
            process.watch(microseconds(static_cast<std::int64_t>(delay)), [](const Stage&) { return false; });
        }
        if (!process.kill()) return false;
        ++m_report.kills;
        const std::string stage = stageOf(process);
        ++m_report.killsByStage[stage];
        m_log << "kill " << m_report.kills << ": " << name << " while " << stage << std::endl;
        return true;
    }

    static std::string stageOf(const WatchedProcess& process) {
        const Stage* last = process.lastStage();
        if (!last) return "starting";
        if (last->label != "saving") return last->label;
        const bool end = last->total > 0 && last->done == last->total;
        return end ? "saving the model" : "saving a checkpoint";
    }

    void noteStart(const WatchedProcess& process, bool resume) {
        if (!resume) return;
        // A resumed process that has reached its training has read a checkpoint.
        for (const Stage& stage : process.stages()) {
            if (stage.label != "training" && stage.label != "evaluating" && stage.label != "saving") continue;
            ++m_report.resumed;
            return;
        }
    }

    /// A refused resume is right where there is nothing to go on from, or nothing left to do.
    void leaveOrFail(const std::string& name, const std::string& error) {
        std::error_code ignored;
        const bool noRun = !fs::exists(runFolder(name) / "run.json", ignored);
        const bool noCheckpoint = stepsWithCheckpoint(name) == 0;
        if (error.find("it is finished") != std::string::npos) return compare(name);
        const bool said = (noRun && error.find("There is no run \"" + name + "\"") != std::string::npos) ||
                          (noCheckpoint && error.find("it has no checkpoint") != std::string::npos);
        if (!said) return fail(name, error.empty() ? "it ended without a message" : error);
        ++m_report.nothingYet;
        m_log << "  " << error << std::endl;
        fs::remove_all(runFolder(name), ignored);
    }

    std::size_t stepsWithCheckpoint(const std::string& name) const {
        std::size_t count = 0;
        std::error_code error;
        for (fs::directory_iterator entry(runFolder(name) / "checkpoints", error), end;
             !error && entry != end; entry.increment(error))
            count += entry->path().filename().string().rfind("step-", 0) == 0 ? 1 : 0;
        return count;
    }

    /// Everything of the metrics that does not depend on time and memory.
    std::vector<std::string> metricsOf(const std::string& name) const {
        std::vector<std::string> lines;
        for (MetricsLine line : RunFolder(runFolder(name)).readMetrics()) {
            line.tokensPerSecond = line.seconds = 0.0;
            line.memoryBytes = 0;
            lines.push_back(metricsJson(line).dump());
        }
        return lines;
    }

    void compare(const std::string& name) {
        const RunSummary summary = RunFolder(runFolder(name)).summary();
        if (summary.state() != "finished") return fail(name, "its state is " + summary.state());
        if (readFile(runFolder(name) / "model" / "model.safetensors") != m_weights)
            return fail(name, "its weights are not those of the whole run");
        if (metricsOf(name) != m_metrics) return fail(name, "its metrics are not those of the whole run");
        for (const auto& entry : fs::directory_iterator(runFolder(name))) {
            const std::string left = entry.path().filename().string();
            if (left.find(".tmp-") != std::string::npos && left.rfind(".model", 0) == 0)
                return fail(name, "it left " + left);
        }
        ++m_report.runsCompared;
        m_log << "  " << name << " is equal to the whole run" << std::endl;
        fs::remove_all(runFolder(name));
    }

    void fail(const std::string& name, const std::string& what) {
        m_report.failures.push_back(name + ": " + what);
        m_log << "FAILED " << m_report.failures.back() << std::endl;
    }

    KillStressSettings m_settings;
    std::ostream& m_log;
    Random m_random;
    KillStressReport m_report;
    double m_wholeMicroseconds = 0.0;
    std::map<std::string, double> m_stageMicroseconds;  ///< the longest of each
    std::string m_weights;
    std::vector<std::string> m_metrics;
    int m_runs = 0;
};

}  // namespace

KillStressReport runKillStress(const KillStressSettings& settings, std::ostream& log) {
    return KillStress(settings, log).run();
}

}  // namespace studio::test
