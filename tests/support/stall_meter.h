// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QtTest/QtTest>
#include <fstream>

namespace studio::test {

/// Measures for how long the thread that calls it does not come back to its event loop. Time in which the
/// thread was ready to run but other programs had the processors is not the program's and is taken off
/// (Linux: second figure of /proc/thread-self/schedstat, nanoseconds).
class StallMeter {
public:
    /// The longest stall within `milliseconds` of running the event loop.
    static double longestStall(int milliseconds) {
        double longest = 0.0;
        QElapsedTimer sinceTick;
        double delayed = runDelay();
        QTimer tick;
        tick.setTimerType(Qt::PreciseTimer);
        QObject::connect(&tick, &QTimer::timeout, &tick, [&] {
            const double delay = runDelay();
            const double wall = static_cast<double>(sinceTick.nsecsElapsed()) / 1e6;
            longest = qMax(longest, wall - (delay - delayed));
            delayed = runDelay();
            sinceTick.restart();
        });
        sinceTick.start();
        tick.start(1);
        QTest::qWait(milliseconds);
        return longest;
    }

private:
    static double runDelay() {
        std::ifstream file("/proc/thread-self/schedstat");
        double running = 0.0, delay = 0.0;
        file >> running >> delay;
        return delay / 1e6;
    }
};

}  // namespace studio::test
