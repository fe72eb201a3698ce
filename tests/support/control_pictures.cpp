// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/control_pictures.h"

#include <QDir>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QtTest/QtTest>
#include <functional>

#include "tests/support/fake_engine.h"
#include "tests/support/written_run.h"
#include "ui/dialogs/qt_dialogs.h"
#include "ui/session/model_paths.h"
#include "ui/shell/main_window.h"
#include "ui/train/learning_rate_dialog.h"
#include "ui/train/queue_model.h"
#include "ui/train/run_view.h"
#include "ui/train/train_page.h"

using namespace studio::ui;

namespace studio::test {

namespace {

constexpr int kLong = 120'000;

class ControlPictures {
public:
    ControlPictures(StudioDriver& driver, const QString& folder) : m_driver(driver), m_folder(folder) {}

    bool take() { return train() && askThings() && wait() && close() && others(); }

private:
    TrainPage& page() { return m_driver.studio().train(); }

    /// The window, or what `open` makes, in each look.
    bool picture(const QString& name, const std::function<QWidget*()>& open = {},
                 const std::function<void()>& after = {}) {
        StudioApplication& studio = m_driver.studio();
        studio.window().resize(1280, 800);
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            for (const char* language : {"zh_TW", "en"}) {
                studio.theme().setMode(mode);
                studio.setLanguage(QLatin1String(language));
                QTest::qWait(400);
                QWidget* part = open ? open() : &studio.window();
                if (!part) return false;
                QTest::qWait(200);
                const QString look =
                    mode == Theme::Mode::Light ? QStringLiteral("light") : QStringLiteral("dark");
                const QString file = QStringLiteral("%1-%2-%3.png").arg(name, look, QLatin1String(language));
                if (!part->grab().save(QDir(m_folder).filePath(file))) return false;
                if (open) part->close();
                if (after) after();
                QTest::qWait(50);
            }
        }
        return true;
    }

    bool train() {
        m_driver.studio().start();
        if (!m_driver.setField("epochs", QStringLiteral("60")) || !m_driver.startTraining()) return false;
        return QTest::qWaitFor([this] { return page().runView().step() >= 60; }, kLong);
    }

    bool askThings() {
        page().togglePause();
        if (!QTest::qWaitFor([this] { return page().state() == TrainPage::State::Paused; }, kLong))
            return false;
        if (!picture(QStringLiteral("control-paused"))) return false;
        return picture(QStringLiteral("control-rate"), [this]() -> QWidget* {
            page().askForLearningRate();
            if (LearningRateDialog* dialog = page().rateDialog())
                dialog->line()->setText(QStringLiteral("0.5"));
            return page().rateDialog();
        });
    }

    bool wait() {
        for (const char* name : {"round-4-lora", "round-5"}) {
            if (!m_driver.setRunName(QLatin1String(name)) || !m_driver.startTraining()) return false;
        }
        if (page().queue().rowCount() != 2 || !picture(QStringLiteral("control-queue-setup"))) return false;
        page().showRunButton()->click();
        return picture(QStringLiteral("control-queue-run"));
    }

    bool close() {
        QtDialogs dialogs;
        MainWindow& window = m_driver.studio().window();
        page().togglePause();
        if (!QTest::qWaitFor([this] { return page().state() == TrainPage::State::Training; }, kLong))
            return false;
        m_driver.dialogs().hold = true;
        const bool taken = picture(
            QStringLiteral("control-close"),
            [&]() -> QWidget* {
                window.close();
                Question question = m_driver.dialogs().question;
                question.subject.clear();
                dialogs.ask(&window, question, [](int) {});
                const auto boxes = window.findChildren<QMessageBox*>();
                return boxes.isEmpty() ? nullptr : boxes.last();
            },
            [&] { m_driver.dialogs().held(3); });
        m_driver.dialogs().hold = false;
        page().holdQueue();
        page().stopAndKeep();
        return taken && m_driver.waitForTraining(kLong);
    }

    bool others() {
        ProjectSession& session = m_driver.studio().session();
        const auto project = session.project().folder();
        WrittenRun run(session.project().runsFolder() / "round-6-detached", 400);
        for (int step = 0; step <= 246; ++step) run.add(fakeLine(step, 400, 41));
        run.setState("training", 246, 61.0);
        run.addCheckpoint(205);
        session.closeProject();
        session.openProject(project);
        if (!QTest::qWaitFor([this] { return page().runView().step() == 246; }, kLong)) return false;
        if (!picture(QStringLiteral("control-attached"))) return false;
        run.release();
        if (!QTest::qWaitFor([this] { return page().state() == TrainPage::State::Interrupted; }, kLong))
            return false;
        return picture(QStringLiteral("control-interrupted"));
    }

    StudioDriver& m_driver;
    QString m_folder;
};

}  // namespace

bool photographControl(StudioDriver& driver, const QString& folder) {
    return ControlPictures(driver, folder).take();
}

}  // namespace studio::test
