// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTableView>
#include <cmath>

#include "core/base/files.h"
#include "core/data/import.h"
#include "tests/support/studio_driver.h"
#include "tests/support/studio_test.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/compare/answer_view.h"
#include "ui/compare/arm_panel.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/prompt_bar.h"
#include "ui/compare/test_prompt_panel.h"
#include "ui/data/data_page.h"
#include "ui/data/record_table_model.h"
#include "ui/prompts/prompts_page.h"
#include "ui/prompts/row_panel.h"
#include "ui/prompts/token_panel.h"
#include "ui/session/model_paths.h"
#include "ui/shell/main_window.h"
#include "ui/train/run_view.h"
#include "ui/train/train_page.h"
#include "ui/widgets/token_view.h"

using namespace studio;
using namespace studio::ui;
using studio::test::StudioDriver;

/// The whole loop with the real window, the real engine and real input: rows come in, the prompt is seen, a
/// model is trained, its chart has the points, and both models answer.
class GuiLoopTest : public QObject {
    Q_OBJECT

private:
    static constexpr int kSteps = 20;
    static constexpr int kLong = 240'000;

    static void seePrompt(StudioDriver& driver) {
        PromptsPage& prompts = driver.studio().prompts();
        driver.studio().window().showPage(PageId::Prompts);
        const auto record = driver.studio().session().project().record(prompts.rowPanel()->row());
        QVERIFY(record.has_value());
        const QString shown = prompts.rowPanel()->view()->toPlainText();
        QVERIFY2(shown.startsWith(QStringLiteral("Below is an instruction that describes a task")),
                 qPrintable(shown));
        QVERIFY(shown.contains(QString::fromStdString(record->instruction).trimmed().section(u'\n', 0, 0)));
        QVERIFY(shown.contains(QStringLiteral("### Response:")));
        QVERIFY(prompts.tokenPanel()->view()->tokens().size() > 20);
    }

    static void train(StudioDriver& driver) {
        QVERIFY(driver.setField("max_steps", QString::number(kSteps)));
        QVERIFY(driver.setField("batch_rows", QStringLiteral("2")));
        QVERIFY(driver.startTraining());
        TrainPage& page = driver.studio().train();
        QVERIFY(page.isRunning());
        QVERIFY(driver.waitForTraining(kLong));
        QCOMPARE(page.state(), TrainPage::State::Finished);
        QCOMPARE(page.runView().step(), qint64(kSteps));
        const LossPlot& plot = page.runView().chart().plot();
        QCOMPARE(static_cast<int>(plot.trainLoss().size()), kSteps);
        QVERIFY(plot.evalLoss().size() >= 2);  // the baseline and the end
        QCOMPARE(static_cast<int>(driver.studio().session().runs().size()), 1);
    }

    static void compare(StudioDriver& driver, const QString& prompt) {
        QVERIFY(driver.compare(prompt, kLong));
        ComparePage& page = driver.studio().compare();
        QVERIFY(page.arm(0).model().has_value() && page.arm(1).model().has_value());
        QVERIFY(page.arm(0).model()->folder != page.arm(1).model()->folder);
        for (int arm = 0; arm < ComparePage::kArms; ++arm) {
            const QString answer = page.armPanel(arm)->view()->toPlainText();
            QVERIFY2(!answer.trimmed().isEmpty(), qPrintable(page.armPanel(arm)->stateLine()));
        }
    }

private Q_SLOTS:
    void loop_realFilesAndModel_goesAllTheWay() {
        STUDIO_NEEDS_ASSET(file, "datasets/alpaca_en_demo.json");
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const auto rows = importRecords(file, "auto").records.size();
        StudioDriver driver([] { return makeEngine(); });
        driver.studio().start();

        driver.dialogs().saveTo = QString::fromStdString((driver.folder() / "Loop").string());
        QVERIFY(driver.choose(QStringLiteral("New project…")));
        QCOMPARE(driver.studio().session().project().name(), std::string("Loop"));
        QCOMPARE(driver.studio().window().currentPage(), PageId::Data);

        QVERIFY(driver.importFile(file));
        QCOMPARE(driver.studio().data().model()->rowCount(), static_cast<int>(rows));
        QVERIFY(driver.split());

        QVERIFY(driver.openModel(model));
        QVERIFY(driver.setField("cutoff", QStringLiteral("256")));
        seePrompt(driver);
        if (QTest::currentTestFailed()) return;
        train(driver);
        if (QTest::currentTestFailed()) return;
        compare(driver, QString());
        QCOMPARE(driver.dialogs().errors, QStringList());
    }

    void loop_sampleProjectAndEmbeddedModel_goesAllTheWay() {
        if (embeddedModelFolder().empty()) QSKIP("the embedded base model is not part of this checkout");
        StudioDriver driver([] { return makeEngine(); });
        driver.studio().start();  // there is no last project: the sample
        const RecordCounts counts = driver.studio().session().project().counts();
        QVERIFY(counts.train > 200 && counts.test > 150);
        QCOMPARE(counts.all, counts.train + counts.test);
        seePrompt(driver);
        if (QTest::currentTestFailed()) return;
        train(driver);
        if (QTest::currentTestFailed()) return;
        compare(driver, QStringLiteral("What is the capital of Mexico?"));
        compare(driver, QString());
        QCOMPARE(driver.dialogs().errors, QStringList());
    }
};

STUDIO_TEST(GuiLoopTest)
#include "loop_test.moc"
