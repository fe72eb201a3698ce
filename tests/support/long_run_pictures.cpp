// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/long_run_pictures.h"

#include <QDir>
#include <QElapsedTimer>
#include <QPushButton>
#include <QtTest/QtTest>

#include "core/storage/run_folder.h"
#include "ui/shell/main_window.h"
#include "ui/train/learning_rate_dialog.h"
#include "ui/train/run_view.h"
#include "ui/train/setup_view.h"
#include "ui/train/train_page.h"

using namespace studio::ui;

namespace studio::test {

namespace {

constexpr int kSecond = 1000;
constexpr int kLong = 600 * kSecond;

class LongRunPictures {
public:
    LongRunPictures(StudioDriver& driver, const QString& folder) : m_driver(driver), m_folder(folder) {}

    bool take() {
        m_driver.studio().start();
        m_driver.studio().window().resize(1280, 800);
        return begin() && pause() && changeRate() && stop() && resume();
    }

private:
    TrainPage& page() { return m_driver.studio().train(); }

    bool picture(const QString& name) {
        StudioApplication& studio = m_driver.studio();
        // Two themes and three languages, in six pictures each with each.
        static const QStringList kLanguages{QStringLiteral("en"), QStringLiteral("zh_TW"),
                                            QStringLiteral("zh_CN")};
        studio.theme().setMode(m_taken % 2 == 0 ? Theme::Mode::Dark : Theme::Mode::Light);
        studio.setLanguage(kLanguages[m_taken % kLanguages.size()]);
        ++m_taken;
        QTest::qWait(kSecond / 2);
        const QString file = QStringLiteral("long-%1-%2.png").arg(m_taken, 2, 10, QLatin1Char('0')).arg(name);
        std::printf("%s: step %lld, %s\n", qPrintable(file), static_cast<long long>(page().runView().step()),
                    qPrintable(page().sidebarNote()));
        std::fflush(stdout);
        return studio.window().grab().save(QDir(m_folder).filePath(file));
    }

    bool reach(TrainPage::State state) {
        return QTest::qWaitFor([&] { return page().state() == state; }, kLong);
    }

    bool begin() {
        if (!m_driver.setField("epochs", QStringLiteral("200")) || !m_driver.startTraining()) return false;
        if (!QTest::qWaitFor([this] { return page().runView().step() >= 1; }, kLong)) return false;
        if (!picture(QStringLiteral("begins"))) return false;
        QTest::qWait(20 * kSecond);
        if (!picture(QStringLiteral("after-20-s"))) return false;
        QTest::qWait(50 * kSecond);
        return picture(QStringLiteral("after-70-s"));
    }

    bool pause() {
        page().togglePause();
        return reach(TrainPage::State::Paused) && picture(QStringLiteral("paused"));
    }

    bool changeRate() {
        page().askForLearningRate();
        LearningRateDialog* dialog = page().rateDialog();
        if (!dialog) return false;
        dialog->halveButton()->click();
        dialog->acceptButton()->click();
        if (!picture(QStringLiteral("rate-asked"))) return false;
        page().togglePause();
        if (!reach(TrainPage::State::Training)) return false;
        QTest::qWait(70 * kSecond);
        return picture(QStringLiteral("rate-halved"));
    }

    bool stop() {
        page().stopAndKeep();
        return reach(TrainPage::State::Stopped) && picture(QStringLiteral("stopped"));
    }

    bool resume() {
        const auto runs = listRuns(m_driver.studio().session().project().runsFolder());
        if (runs.empty()) return false;
        page().resumeRun(runs.front());
        if (!reach(TrainPage::State::Training)) return false;
        QTest::qWait(40 * kSecond);
        if (!picture(QStringLiteral("resumed"))) return false;
        page().stopAndKeep();
        return reach(TrainPage::State::Stopped) && picture(QStringLiteral("ended"));
    }

    StudioDriver& m_driver;
    QString m_folder;
    int m_taken = 0;
};

}  // namespace

bool photographLongRun(StudioDriver& driver, const QString& folder) {
    return LongRunPictures(driver, folder).take();
}

}  // namespace studio::test
