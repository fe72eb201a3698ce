// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/job_display.h"

#include <limits>
#include <sstream>

#include "tests/support/studio_test.h"

namespace {

using namespace studio;

class JobDisplayTest : public QObject {
    Q_OBJECT

    static MetricsEvent evaluated(std::int64_t step, double evalLoss) {
        MetricsEvent event;
        event.line.step = step;
        event.line.evalLoss = evalLoss;
        return event;
    }

private Q_SLOTS:
    void heading_isPrintedWhenTheTrainingBegins() {
        std::ostringstream out, error;
        Output output(out, error, {});
        JobDisplay display(output);
        display.trainingHeading = "Run first";
        display.onEvent(StageEvent{"loading", 0, 1});
        QCOMPARE(out.str(), std::string());
        display.onEvent(TrainingStarted{});
        QVERIFY2(out.str().starts_with("Run first\n"), out.str().c_str());
    }

    void savedNote_isLeftToTheVerb() {
        std::ostringstream out, error;
        Output output(out, error, {});
        JobDisplay display(output);
        display.onEvent(LogEvent{LogEvent::Level::Info, "The model is in m.", "saved", {"m"}});
        QCOMPARE(error.str(), std::string());
        display.onEvent(LogEvent{LogEvent::Level::Info, "Two rows are cut.", "rows_cut", {"2"}});
        QCOMPARE(error.str(), std::string("note: Two rows are cut.\n"));
    }

    void evaluations_areCounted() {
        std::ostringstream out, error;
        Output output(out, error, {.json = true});
        JobDisplay display(output);
        display.onEvent(evaluated(0, 1.7));
        display.onEvent(evaluated(1, std::numeric_limits<double>::quiet_NaN()));
        QCOMPARE(display.evaluations(), std::int64_t(1));
        display.onEvent(evaluated(2, 1.5));
        QCOMPARE(display.evaluations(), std::int64_t(2));
    }

    void evaluations_ofARunThatGoesOn_areCountedAsTheyAreTold() {
        std::ostringstream out, error;
        Output output(out, error, {.json = true});
        JobDisplay display(output);
        display.onEvent(evaluated(40, 1.5));
        QCOMPARE(display.evaluations(), std::int64_t(1));
    }
};

STUDIO_TEST(JobDisplayTest)

}  // namespace

#include "job_display_test.moc"
