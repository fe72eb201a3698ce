// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Draws every page of the real window with real content: the sample project, a short training with its
// curves, and the answers of both models. studio_screenshots FOLDER [MODEL]; see screenshots.sh.
#include <QApplication>
#include <QDir>
#include <QPushButton>
#include <QTableView>
#include <QtTest/QtTest>
#include <cstdio>

#include "tests/support/studio_driver.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/prompt_bar.h"
#include "ui/data/data_page.h"
#include "ui/data/record_table_model.h"
#include "ui/session/model_paths.h"
#include "ui/shell/main_window.h"
#include "ui/train/run_view.h"
#include "ui/train/train_page.h"

using namespace studio;
using namespace studio::ui;
using studio::test::StudioDriver;

namespace {

struct Look {
    QSize size;
    Theme::Mode theme;
    const char* themeName;
    const char* language;
};

std::vector<Look> looks() {
    std::vector<Look> all;
    for (const QSize size : {QSize(1280, 800), QSize(1920, 1080)}) {
        for (const char* language : {"en", "zh_TW", "zh_CN"}) {
            all.push_back({size, Theme::Mode::Light, "light", language});
            all.push_back({size, Theme::Mode::Dark, "dark", language});
        }
    }
    return all;
}

class Photographer {
public:
    Photographer(StudioDriver& driver, const QString& folder) : m_driver(driver), m_folder(folder) {}

    /// The window as it is, in every look. False where a picture could not be written.
    bool take(const QString& name) {
        StudioApplication& studio = m_driver.studio();
        for (const Look& look : looks()) {
            studio.setLanguage(QLatin1String(look.language));
            studio.theme().setMode(look.theme);
            studio.window().resize(look.size);
            QTest::qWait(250);
            const QString file = QStringLiteral("%1-%2-%3-%4.png")
                                     .arg(name, QLatin1String(look.themeName), QLatin1String(look.language))
                                     .arg(look.size.width());
            if (!studio.window().grab().save(QDir(m_folder).filePath(file))) return false;
            ++m_taken;
        }
        studio.setLanguage(QStringLiteral("en"));
        return true;
    }
    int taken() const { return m_taken; }

private:
    StudioDriver& m_driver;
    QString m_folder;
    int m_taken = 0;
};

bool photographAll(StudioDriver& driver, Photographer& photographer, const QString& model) {
    constexpr int kLong = 300'000;
    constexpr int kStepsInPicture = 150;
    StudioApplication& studio = driver.studio();
    studio.start();
    if (!model.isEmpty() && !driver.openModel(model.toStdString())) return false;
    studio.window().showPage(PageId::Data);
    studio.data().table()->selectRow(4);
    if (!photographer.take(QStringLiteral("02-data"))) return false;
    studio.window().showPage(PageId::Prompts);
    QTest::qWait(1500);  // the lengths of all rows are counted on another thread
    if (!photographer.take(QStringLiteral("03-prompts"))) return false;
    studio.window().showPage(PageId::Train);
    QTest::qWait(1500);
    if (!photographer.take(QStringLiteral("05-train-setup"))) return false;
    if (!driver.setField("epochs", QStringLiteral("14")) || !driver.startTraining()) return false;
    const bool running =
        QTest::qWaitFor([&] { return studio.train().runView().step() >= kStepsInPicture; }, kLong);
    if (!running || !photographer.take(QStringLiteral("06-train-running"))) return false;
    if (!driver.waitForTraining(kLong)) return false;
    if (!photographer.take(QStringLiteral("06-train-finished"))) return false;
    studio.window().showPage(PageId::Compare);
    for (int asked = 0; asked < 4; ++asked) {
        if (asked > 0) studio.compare().promptBar()->nextButton()->click();
        if (!driver.compare(QString(), kLong)) return false;
    }
    return photographer.take(QStringLiteral("08-compare"));
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2 || !QDir().mkpath(arguments[1])) {
        std::fprintf(stderr, "usage: studio_screenshots FOLDER [MODEL]\n");
        return 2;
    }
    const QString model = arguments.value(2);
    if (model.isEmpty() && embeddedModelFolder().empty()) {
        std::fprintf(stderr, "error: there is no embedded base model; name a model folder.\n");
        return 1;
    }
    StudioDriver driver([] { return makeEngine(); });
    Photographer photographer(driver, arguments[1]);
    const bool all = photographAll(driver, photographer, model);
    std::printf("%d pictures in %s\n", photographer.taken(), qPrintable(arguments[1]));
    return all ? 0 : 1;
}
