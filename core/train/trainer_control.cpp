// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a training between its steps, and what becomes of it.
#include <thread>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/train/number_text.h"
#include "core/train/trainer.h"

namespace studio {

namespace {

/// How soon a paused run hears that it is to go on.
constexpr std::chrono::milliseconds kPausePoll{100};

/// Moves the clocks on by as long as it lives, however it ends.
class StoppedClock {
public:
    using Time = std::chrono::steady_clock::time_point;
    StoppedClock(Time& started, Time& checkpoint) : m_started(started), m_checkpoint(checkpoint) {}
    ~StoppedClock() {
        const auto waited = std::chrono::steady_clock::now() - m_begun;
        m_started += waited;
        m_checkpoint += waited;
    }
    StoppedClock(const StoppedClock&) = delete;
    StoppedClock& operator=(const StoppedClock&) = delete;

private:
    Time &m_started, &m_checkpoint;
    Time m_begun = std::chrono::steady_clock::now();
};

}  // namespace

void Trainer::obey(const std::stop_token& stop) {
    RunControl asked = m_observer.control();
    if (asked.paused && asked.stop == RunControl::Stop::No) {
        pause(stop);
        asked = m_observer.control();
    }
    if (asked.stop != RunControl::Stop::HandOver) m_handOverRefused = false;  // a new wish is a new try
    if (asked.learningRate) askForRate(*asked.learningRate);
    if (asked.stop == RunControl::Stop::HandOver) {
        if (!mayHandOver()) return;
        asked = m_observer.settleHandOver();
    }
    m_discarded = asked.stop == RunControl::Stop::Discard;
    m_handedOver = asked.stop == RunControl::Stop::HandOver;
    if (asked.stop != RunControl::Stop::No) throw Cancelled();
}

// It is a change of the run from the step on that is made with it: a stop may come before. Checkpoints know
// it at once, so that a run that goes on begins with it.
void Trainer::askForRate(double peak) {
    if (peak == m_rates.at(m_state.step + 1)) return;
    m_askedRate = m_state.learningRate = peak;
}

void Trainer::useAskedRate() {
    if (!m_askedRate) return;
    const std::string step = std::to_string(m_state.step), rate = fourDigits(*m_askedRate);
    m_rates.change(m_state.step, *m_askedRate);
    m_askedRate.reset();
    m_observer.onPeakRates(m_rates);
    m_observer.onNote("learning_rate_changed",
                      "From step " + step + " on the peak learning rate is " + rate + ".", {step, rate});
}

void Trainer::tellUnusedRate() {
    if (!m_askedRate) return;
    const std::string rate = fourDigits(*m_askedRate);
    const bool waits = m_checkpointStep > 0 && m_checkpointRate == *m_askedRate;
    m_observer.onNote("learning_rate_unused",
                      "No step was made with the peak learning rate " + rate + " that was asked for" +
                          (waits ? "; it counts once the run goes on." : "."),
                      {rate});
}

// Another process goes on from the newest checkpoint: without one of this step, work would be lost.
bool Trainer::mayHandOver() {
    if (m_state.step == 0 || m_handOverRefused) return false;
    tellSteps();
    if (keepState() == m_state.step && (!m_askedRate || m_checkpointRate == *m_askedRate)) return true;
    m_handOverRefused = true;
    m_observer.onNote("hand_over_failed",
                      "The run was not handed over: no checkpoint could be saved. The training goes on.", {});
    m_observer.onStage("training");
    return false;
}

// The clock stands still, and a checkpoint lies ready: whoever pauses may also shut the machine down.
void Trainer::pause(const std::stop_token& stop) {
    tellSteps();
    keepState();
    const std::string step = std::to_string(m_state.step);
    m_observer.onStage("paused");
    m_observer.onNote("paused", "Paused after step " + step + ".", {step});
    const StoppedClock stopped(m_started, m_checkpointTime);
    RunControl asked = m_observer.control();
    for (; asked.paused && asked.stop == RunControl::Stop::No; asked = m_observer.control()) {
        throwIfStopped(stop);
        std::this_thread::sleep_for(kPausePoll);
    }
    // What ends the pause may end the run: obey() sees to that.
    if (asked.stop == RunControl::Stop::Keep || asked.stop == RunControl::Stop::Discard) return;
    m_observer.onNote("continued", "Training goes on.", {});
    m_observer.onStage("training");
}

}  // namespace studio
