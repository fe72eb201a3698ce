// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTranslator>
#include <fstream>

#include "core/storage/row_losses.h"
#include "core/storage/run_samples.h"
#include "tests/ui/train/train_fixture.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/theme/theme.h"
#include "ui/train/eval_rows_view.h"
#include "ui/train/field_editor.h"
#include "ui/train/recipe_chooser.h"
#include "ui/train/run_view.h"
#include "ui/train/sample_panel.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/widgets/search_field.h"

using namespace studio;
using namespace studio::ui;
using studio::test::TrainFixture;

namespace {

/// A training that leaves what the engine leaves: the rows of the spike and of the evaluations, samples. It
/// waits at a step until the picture is taken.
class PosingTraining {
public:
    std::atomic<std::int64_t> allowed = 254;

    JobOutcome operator()(const Job& job, JobObserver& observer, const std::stop_token& stop) {
        const auto& train = std::get<TrainJob>(job);
        std::filesystem::create_directories(train.runFolder);
        StepRows batch{171, {}};
        for (int i = 0; i < 16; ++i) {
            const Record& row = (*train.train)[static_cast<std::size_t>(i)];
            batch.rows.push_back({row.id, i == 3 ? 9.12 : 2.0 + 0.07 * i, 6});
        }
        std::ofstream(batchesFile(train.runFolder)) << stepRowsLine(batch) << "\n";
        Gate gate(observer, *this, train, stop);
        return test::fakeTraining(train, gate, stop, 411, std::chrono::microseconds(0));
    }

private:
    struct Gate : JobObserver {
        JobObserver& inner;
        PosingTraining& owner;
        const TrainJob& job;
        std::stop_token stop;

        Gate(JobObserver& to, PosingTraining& training, const TrainJob& trained, std::stop_token token)
            : inner(to), owner(training), job(trained), stop(std::move(token)) {}

        void onEvent(const JobEvent& event) override {
            const auto* metrics = std::get_if<MetricsEvent>(&event);
            if (!metrics) return inner.onEvent(event);
            MetricsEvent measured = *metrics;
            while (measured.line.step > owner.allowed && !stop.stop_requested())
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            measured.line.memoryBytes =
                1'640'000'000 + static_cast<std::uint64_t>(measured.line.step) * 90'000;
            if (std::isfinite(measured.line.evalLoss)) evaluated(measured.line.step);
            inner.onEvent(measured);
        }

        void evaluated(std::int64_t step) {
            StepRows rows{step, {}};
            double loss = 3.4;
            for (const Record& row : *job.validation) rows.rows.push_back({row.id, loss *= 0.93, 6});
            writeEvaluationRows(job.runFolder, rows);
            const std::vector<std::pair<std::int64_t, std::string>> said = {
                {0, "What is the capital of country? What is the capital of country? What is the"},
                {41, "It is the city of the country, which is the largest city of the country."},
                {123, "It is town."},
                {205, (*job.validation)[0].output}};
            std::string first = said.front().second;
            for (const auto& [from, text] : said)
                if (step >= from) first = text;
            inner.onEvent(
                SampleEvent{{step, (*job.validation)[0].id, (*job.validation)[0].instruction, first}});
            inner.onEvent(SampleEvent{{step, (*job.validation)[1].id, "臺灣最高的山是哪一座？",
                                       step < 164 ? "臺灣最高的山是哪一座？臺灣最高的山是哪一座？"
                                                  : "玉山，主峰海拔 3,952 公尺。"}});
        }
    };
};

}  // namespace

/// Draws the page in its states, light and dark, at the designed size and in the smallest window;
/// $STUDIO_SCREENSHOTS names a folder that keeps the pictures, $STUDIO_TRANSLATION a .qm file for them.
class TrainPicturesTest : public QObject {
    Q_OBJECT

private:
    static void picture(TrainFixture& fixture, const QString& name) {
        QTest::qWait(150);
        const QImage image = fixture.page->grab().toImage();
        QCOMPARE(image.size(), fixture.page->size() * fixture.page->devicePixelRatioF());
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 7) {
            for (int x = 0; x < image.width(); x += 7) colors.insert(image.pixel(x, y));
        }
        QVERIFY2(colors.size() > 12, "the page is drawn");
        const QString folder = qEnvironmentVariable("STUDIO_SCREENSHOTS");
        if (!folder.isEmpty()) QVERIFY(image.save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }

    static void setupPictures(TrainFixture& fixture, const QString& look) {
        SettingsForm& form = fixture.page->setup().form();
        QTRY_VERIFY(fixture.page->setup().startButton()->isEnabled());
        picture(fixture, QStringLiteral("train-setup-") + look);
        auto* rate = form.editor("learning_rate")->findChild<QLineEdit*>();
        rate->selectAll();
        QTest::keyClicks(rate, QStringLiteral("3e-4"));
        form.showAll(true);
        QTest::qWait(500);
        picture(fixture, QStringLiteral("train-setup-all-") + look);
        QTest::keyClicks(form.search(), QStringLiteral("warm"));
        QTest::qWait(300);
        picture(fixture, QStringLiteral("train-setup-search-") + look);
        form.showAll(false);
        form.chooseRecipe("lora");
        auto* samples = form.editor("sample_every")->findChild<QLineEdit*>();
        samples->selectAll();
        QTest::keyClicks(samples, QStringLiteral("41"));
        QTest::qWait(500);
        QTRY_VERIFY(fixture.page->setup().startButton()->isEnabled());
        picture(fixture, QStringLiteral("train-setup-lora-") + look);
    }

private Q_SLOTS:
    void page_setupAndRunning_areDrawn_data() {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light") << false << QSize(1104, 748);
        QTest::newRow("dark") << true << QSize(1104, 748);
        QTest::newRow("small") << false << QSize(968, 628);
    }

    void page_setupAndRunning_areDrawn() {
        QFETCH(bool, dark);
        QFETCH(QSize, size);
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Theme theme(*qApp);
        theme.setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        const QString look = QString::fromLatin1(QTest::currentDataTag());
        QTranslator translator;
        if (translator.load(qEnvironmentVariable("STUDIO_TRANSLATION"))) qApp->installTranslator(&translator);
        PosingTraining training;
        TrainFixture fixture(model, 220,
                             [&training](const Job& job, JobObserver& observer, std::stop_token stop) {
                                 return training(job, observer, stop);
                             });
        fixture.page->resize(size);
        setupPictures(fixture, look);
        fixture.page->setup().startButton()->click();
        RunView& run = fixture.page->runView();
        QTRY_COMPARE(run.step(), qint64(254));
        QTRY_VERIFY(run.samples().model().matchSince(0));
        picture(fixture, QStringLiteral("train-running-") + look);
        run.chart().plot().pinStep(171);
        QTRY_COMPARE(run.chart().plot().pinnedReadout().rows().size(), 16);
        run.showEvalRows(true);
        QTRY_VERIFY(run.evalRows().model().rowCount() > 0);
        picture(fixture, QStringLiteral("train-spike-") + look);
        training.allowed = 1000;
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        run.chart().plot().unpin();
        run.showEvalRows(false);
        picture(fixture, QStringLiteral("train-finished-") + look);
    }
};

STUDIO_TEST(TrainPicturesTest)
#include "train_pictures_test.moc"
