// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/training.h"

#include <sstream>

#include "tests/support/studio_test.h"

using namespace studio;

/// How the end of a training is told.
class TrainingTest : public QObject {
    Q_OBJECT

    static QString told(std::int64_t evaluations, bool wentOn) {
        std::ostringstream out, error;
        Output output(out, error, {});
        CommandContext context(output, {});
        TrainResult result;
        result.steps = 40;
        result.firstEvalLoss = 3.5;
        result.lastEvalLoss = 2.5;
        reportTraining(context, result, evaluations, wentOn);
        return QString::fromStdString(out.str());
    }

private Q_SLOTS:
    void report_oneEvaluation_isTheFirstUnlessTheRunWentOn() {
        QVERIFY(!told(0, false).contains("evaluation loss"));
        QVERIFY(told(1, false).contains("evaluation loss 3.5000 at the start\n"));
        QVERIFY(told(2, false).contains(QString::fromUtf8("evaluation loss 3.5000 → 2.5000\n")));
        QVERIFY(told(1, true).contains(QString::fromUtf8("evaluation loss 3.5000 → 2.5000\n")));
    }
};

STUDIO_TEST(TrainingTest)
#include "training_test.moc"
