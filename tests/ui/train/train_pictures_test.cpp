// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPushButton>

#include "tests/ui/train/train_fixture.h"
#include "ui/theme/theme.h"
#include "ui/train/run_view.h"
#include "ui/train/setup_view.h"

using namespace studio;
using namespace studio::ui;
using studio::test::TrainFixture;

/// Draws the page in its states, light and dark; $STUDIO_SCREENSHOTS names a folder that keeps the pictures.
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

private Q_SLOTS:
    void page_setupAndRunning_areDrawn_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void page_setupAndRunning_areDrawn() {
        QFETCH(bool, dark);
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Theme theme(*qApp);
        theme.setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        const QString look = dark ? QStringLiteral("dark") : QStringLiteral("light");
        std::atomic<std::int64_t> allowed = 254;  // the engine waits here until the picture is taken
        TrainFixture fixture(
            model, 220, [&allowed](const Job& job, JobObserver& observer, std::stop_token stop) {
                const auto& train = std::get<TrainJob>(job);
                struct Gate : JobObserver {
                    JobObserver& inner;
                    std::atomic<std::int64_t>& allowed;
                    std::stop_token stop;
                    Gate(JobObserver& to, std::atomic<std::int64_t>& limit, std::stop_token token)
                        : inner(to), allowed(limit), stop(std::move(token)) {}
                    void onEvent(const JobEvent& event) override {
                        if (const auto* metrics = std::get_if<MetricsEvent>(&event)) {
                            while (metrics->line.step > allowed && !stop.stop_requested()) {
                                std::this_thread::sleep_for(std::chrono::milliseconds(5));
                            }
                        }
                        inner.onEvent(event);
                    }
                } gate(observer, allowed, stop);
                return test::fakeTraining(train, gate, stop, 411, std::chrono::microseconds(0));
            });
        QTRY_VERIFY(fixture.page->setup().startButton()->isEnabled());
        picture(fixture, QStringLiteral("train-setup-") + look);
        fixture.page->setup().startButton()->click();
        QTRY_COMPARE(fixture.page->runView().step(), qint64(254));
        picture(fixture, QStringLiteral("train-running-") + look);
        allowed = 1000;
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        picture(fixture, QStringLiteral("train-finished-") + look);
    }
};

STUDIO_TEST(TrainPicturesTest)
#include "train_pictures_test.moc"
