// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Draws every page of the real window with real content: the sample project, a short training with its
// curves, and the answers of both models. studio_screenshots FOLDER [MODEL]; see screenshots.sh. With --train
// the pages before Train and after it are left out; with "control" for MODEL only what a run at work can be
// asked is drawn. --font 12 draws with a larger font of the desktop.
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QtTest/QtTest>
#include <cstdio>
#include <functional>

#include "core/base/files.h"
#include "core/storage/run_notes.h"
#include "core/storage/run_score.h"
#include "tests/support/control_pictures.h"
#include "tests/support/long_run_pictures.h"
#include "tests/support/made_runs.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_driver.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/charts/overlay_chart.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/prompt_bar.h"
#include "ui/data/data_page.h"
#include "ui/data/import_pane.h"
#include "ui/data/record_table_model.h"
#include "ui/models/download_dialog.h"
#include "ui/models/forecast_view.h"
#include "ui/models/model_export_dialog.h"
#include "ui/models/models_page.h"
#include "ui/prompts/prompts_page.h"
#include "ui/prompts/template_editor.h"
#include "ui/runs/runs_page.h"
#include "ui/session/model_paths.h"
#include "ui/shell/action_finder.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/main_window.h"
#include "ui/train/run_view.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/train/train_page.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/segmented_control.h"

using namespace studio;
using namespace studio::ui;
using studio::test::StudioDriver;

namespace {

constexpr const char* kOnlyRuns = "--runs";      // in place of a model: no training, the Runs page alone
constexpr const char* kOnlyModels = "--models";  // the same, Models

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

/// Train in the smallest window too; of the Chinese the one of Taiwan.
std::vector<Look> trainLooks() {
    std::vector<Look> all;
    for (const QSize size : {QSize(1280, 800), QSize(1024, 680)}) {
        for (const char* language : {"en", "zh_TW"}) {
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
    bool take(const QString& name, const std::vector<Look>& looked = looks()) {
        StudioApplication& studio = m_driver.studio();
        for (const Look& look : looked) {
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
    /// The window as narrow as it may be.
    bool takeNarrow(const QString& name) {
        StudioApplication& studio = m_driver.studio();
        studio.theme().setMode(Theme::Mode::Light);
        studio.window().resize(1024, 680);
        for (const char* language : {"zh_TW", "en"}) {
            studio.setLanguage(QLatin1String(language));
            QTest::qWait(400);
            const QString file = QStringLiteral("%1-light-%2-1024.png").arg(name, QLatin1String(language));
            if (!studio.window().grab().save(QDir(m_folder).filePath(file))) return false;
            ++m_taken;
        }
        return true;
    }
    /// A state that is not met in every session: in the light theme, English and Chinese, at the designed
    /// size.
    /// `open` makes the window to draw, in each language anew; it is closed afterwards.
    bool takeState(const QString& name, const std::function<QWidget*()>& open = {}) {
        StudioApplication& studio = m_driver.studio();
        studio.theme().setMode(Theme::Mode::Light);
        studio.window().resize(1280, 800);
        for (const char* language : {"zh_TW", "en"}) {
            studio.setLanguage(QLatin1String(language));
            QTest::qWait(600);
            QWidget* part = open ? open() : nullptr;
            QTest::qWait(part ? 300 : 0);
            QWidget& shown = part ? *part : studio.window();
            const QString file = QStringLiteral("%1-%2.png").arg(name, QLatin1String(language));
            if (!shown.grab().save(QDir(m_folder).filePath(file))) return false;
            ++m_taken;
            if (part) part->close();
        }
        return true;
    }
    QString folder() const { return m_folder; }
    int taken() const { return m_taken; }

private:
    StudioDriver& m_driver;
    QString m_folder;
    int m_taken = 0;
};

bool photographData(StudioDriver& driver, Photographer& photographer) {
    StudioApplication& studio = driver.studio();
    studio.window().showPage(PageId::Data);
    studio.data().showRows({3, 5, 8}, QStringLiteral("longer than 96 tokens"));
    if (!photographer.takeState(QStringLiteral("state-data-some-rows"))) return false;
    studio.data().showRows({}, {});
    const QString file = QDir(photographer.folder()).filePath(QStringLiteral("mixed.jsonl"));
    QFile bad(file);
    if (!bad.open(QIODevice::WriteOnly)) return false;
    bad.write(
        "{\"instruction\":\"What is the capital of Mexico?\",\"output\":\"Mexico City\"}\n"
        "{\"instruction\":\"No answer\"}\n{\"instruction\":7,\"output\":\"x\"}\n{\"instruction\":\"cut\n");
    bad.close();
    driver.dialogs().files = {file};
    if (!driver.choose(QStringLiteral("Import…"))) return false;
    const bool read =
        QTest::qWaitFor([&] { return studio.data().importPane()->acceptButton()->isVisible(); });
    if (!read || !photographer.takeState(QStringLiteral("state-data-import"))) return false;
    studio.data().importPane()->cancelButton()->click();
    return bad.remove();
}

bool photographFaults(StudioDriver& driver, Photographer& photographer) {
    StudioApplication& studio = driver.studio();
    studio.window().showPage(PageId::Prompts);
    TemplateEditor* editor = studio.prompts().editor();
    editor->textEdit(TemplateEditor::WithInput)->insertPlainText(QStringLiteral("{instrucion} "));
    QTest::qWait(800);
    if (!photographer.takeState(QStringLiteral("state-prompts-fault"))) return false;
    editor->textEdit(TemplateEditor::WithInput)->undo();
    QTest::qWait(800);
    studio.window().showPage(PageId::Train);
    if (!driver.setField("learning_rate", QStringLiteral("0.5")) ||
        !driver.setField("cutoff", QStringLiteral("96")))
        return false;
    QTest::qWait(800);
    if (!photographer.takeState(QStringLiteral("state-train-error"))) return false;
    if (!driver.setField("learning_rate", QStringLiteral("5e-4"))) return false;
    QTest::qWait(1500);
    if (!photographer.takeState(QStringLiteral("state-train-cut-rows"))) return false;
    studio.train().setup().form().focusField("weight_decay");  // all settings
    if (!photographer.takeState(QStringLiteral("state-train-all"))) return false;
    if (!driver.setField("cutoff", QStringLiteral("256"))) return false;
    return photographer.takeState(QStringLiteral("state-finder"), [&studio]() -> QWidget* {
        Q_EMIT studio.window().menu().findActionRequested();
        return studio.window().findChild<ActionFinder*>();
    });
}

/// What Train shows before a run, and starts one that goes on for long enough.
bool photographSetup(StudioDriver& driver, Photographer& photographer) {
    StudioApplication& studio = driver.studio();
    SettingsForm& form = studio.train().setup().form();
    form.showAll(false);
    form.chooseRecipe("lora");
    QTest::qWait(1500);
    if (!photographer.take(QStringLiteral("05-train-lora"), trainLooks())) return false;
    form.chooseRecipe("small-model");
    if (!driver.setField("epochs", QStringLiteral("14")) ||
        !driver.setField("sample_every", QStringLiteral("25")))
        return false;
    QTest::qWait(1500);
    if (!photographer.take(QStringLiteral("05-train-changed"), trainLooks())) return false;
    form.showAll(true);
    QTest::qWait(300);
    if (!photographer.take(QStringLiteral("05-train-all"), trainLooks())) return false;
    form.showAll(false);
    return driver.startTraining();
}

/// A run that goes on, with the read-out of its highest loss, the answers and the rows of the evaluation.
bool photographRun(StudioDriver& driver, Photographer& photographer, int milliseconds) {
    constexpr int kStepsInPicture = 150;
    StudioApplication& studio = driver.studio();
    RunView& run = studio.train().runView();
    if (!QTest::qWaitFor([&] { return run.step() >= kStepsInPicture; }, milliseconds)) return false;
    if (!photographer.take(QStringLiteral("06-train-running"), trainLooks())) return false;
    LossPlot& plot = run.chart().plot();
    QPointF highest;
    for (const QPointF& point : plot.trainLoss().points())
        if (point.x() > 20 && point.y() > highest.y()) highest = point;
    plot.pinStep(qRound64(highest.x()));
    run.showEvalRows(true);
    QTest::qWait(600);
    if (!photographer.take(QStringLiteral("06-train-step"), trainLooks())) return false;
    plot.unpin();
    run.showEvalRows(false);
    return driver.waitForTraining(milliseconds) &&
           photographer.take(QStringLiteral("06-train-finished"), trainLooks());
}

/// Six runs as a project has after three rounds, one of them at work, with notes and an exact match.
bool photographRuns(StudioDriver& driver, Photographer& photographer) {
    StudioApplication& studio = driver.studio();
    driver.dialogs().saveTo = QString::fromStdString((driver.folder() / "Everyday facts").string());
    if (!driver.choose(QStringLiteral("New project…"))) return false;
    studio.window().showPage(PageId::Runs);
    QTest::qWait(300);
    if (!photographer.takeState(QStringLiteral("state-runs-empty"))) return false;
    const std::filesystem::path runs = studio.session().project().runsFolder();
    for (const test::MadeRun& run : test::sixRuns(runs, unixTime())) test::makeRun(runs, run);
    writeRunNotes(
        runs / "round-3-full",
        {"Three times the rows of round 2. The names of rivers are still mixed up.", {"baseline", "keep"}});
    const std::pair<const char*, std::int64_t> exact[] = {{"round-3-full", 109},
                                                          {"round-3-lora", 94},
                                                          {"round-2-full", 82},
                                                          {"round-2-300", 54},
                                                          {"round-1-lora", 50}};
    for (const auto& [name, matched] : exact) writeRunScore(runs / name, {matched, 120, unixTime()});
    studio.runs().reload();
    if (!QTest::qWaitFor([&] { return !studio.runs().isReading(); })) return false;
    studio.runs().model().setTicked(
        QStringList{"round-3-full", "round-2-full", "round-3-lora", "round-3-hot"});
    studio.runs().select(QStringLiteral("round-3-full"));
    QTest::qWait(300);
    if (!photographer.take(QStringLiteral("07-runs")) || !photographer.takeNarrow(QStringLiteral("07-runs")))
        return false;
    studio.runs().chart()->metricControl()->setCurrentIndex(1);
    studio.runs().chart()->axisControl()->setCurrentIndex(2);
    studio.runs().paneControl()->setCurrentIndex(1);
    studio.runs().select(QStringLiteral("round-2-full"));
    if (!photographer.takeState(QStringLiteral("state-runs-details"))) return false;
    studio.runs().paneControl()->setCurrentIndex(0);
    studio.runs().chart()->metricControl()->setCurrentIndex(0);
    studio.runs().chart()->axisControl()->setCurrentIndex(0);
    studio.runs().select(QStringLiteral("round-2-300"));
    studio.runs().deleteSelected();
    return photographer.takeState(QStringLiteral("state-runs-deleted"));
}

void settleModels(StudioDriver& driver) {
    if (!QTest::qWaitFor([&] { return !driver.studio().models().isReading(); }))
        qFatal("the models are not read");
    QTest::qWait(300);
}

/// Models of all sizes, of which only the headers are there, a run's and a damaged one.
bool photographModels(StudioDriver& driver, Photographer& photographer) {
    StudioApplication& studio = driver.studio();
    ModelsPage& page = studio.models();
    const std::filesystem::path shelf = driver.folder() / "shelf";
    const std::pair<const char*, OrderedJson> models[] = {
        {"stories-110m", test::llamaJson(32000, 768, 2048, 12, 12, 12, 1024)},
        {"TinyLlama-1.1B-Chat", test::llamaJson(32000, 2048, 5632, 22, 32, 4, 2048)},
        {"Llama-2-7b-chat", test::llamaJson(32000, 4096, 11008, 32, 32, 32, 4096)}};
    studio.window().showPage(PageId::Models);
    settleModels(driver);
    for (const auto& [name, json] : models) test::writeHollowModel(shelf / name, json);
    writeFileAtomically(shelf / "TinyLlama-1.1B-Chat" / "README.md", "---\nlicense: apache-2.0\n---\n");
    test::writeSmallModel(shelf / "half-downloaded");
    std::filesystem::resize_file(shelf / "half-downloaded" / "model.safetensors", 300);
    const std::filesystem::path runs = studio.session().project().runsFolder();
    for (const test::MadeRun& run : test::sixRuns(runs, unixTime())) {
        if (!run.hasModel || run.name == "round-2-300" || run.name == "round-1-lora") continue;
        test::MadeRun made = run;
        made.base = embeddedModelFolder();
        test::writeSmallModel(test::makeRun(runs, made).modelFolder(), 160, 256);
    }
    for (const auto& each : std::filesystem::directory_iterator(shelf)) {
        page.openModel(each.path());
        settleModels(driver);
    }
    page.select(std::filesystem::canonical(shelf / "TinyLlama-1.1B-Chat"));
    settleModels(driver);
    if (!photographer.take(QStringLiteral("04-models")) ||
        !photographer.takeNarrow(QStringLiteral("04-models")))
        return false;
    const auto exporting = [&]() -> QWidget* {
        page.exportCurrent();
        return page.exportDialog();
    };
    const auto downloading = [&]() -> QWidget* {
        page.openDownload();
        page.downloadDialog()->modelLine()->setText(QStringLiteral("EleutherAI/pythia-70m"));
        return page.downloadDialog();
    };
    if (!photographer.takeState(QStringLiteral("state-models-export"), exporting) ||
        !photographer.takeState(QStringLiteral("state-models-download"), downloading))
        return false;
    page.select(std::filesystem::canonical(shelf / "half-downloaded"));
    if (!photographer.takeState(QStringLiteral("state-models-damaged"))) return false;
    page.removeCurrent();
    settleModels(driver);
    return photographer.takeState(QStringLiteral("state-models-removed"));
}

bool photographAll(StudioDriver& driver, Photographer& photographer, const QString& model) {
    constexpr int kLong = 300'000;
    StudioApplication& studio = driver.studio();
    studio.start();
    if (model == QLatin1String(kOnlyRuns)) return photographRuns(driver, photographer);
    if (model == QLatin1String(kOnlyModels)) return photographModels(driver, photographer);
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
    if (!photographData(driver, photographer) || !photographFaults(driver, photographer)) return false;
    if (!photographSetup(driver, photographer) || !photographRun(driver, photographer, kLong)) return false;
    studio.window().showPage(PageId::Compare);
    for (int asked = 0; asked < 4; ++asked) {
        if (asked > 0) studio.compare().promptBar()->nextButton()->click();
        if (!driver.compare(QString(), kLong)) return false;
    }
    return photographer.take(QStringLiteral("08-compare")) && photographRuns(driver, photographer) &&
           photographModels(driver, photographer);
}

bool photographTrain(StudioDriver& driver, Photographer& photographer) {
    driver.studio().start();
    driver.studio().window().showPage(PageId::Train);
    QTest::qWait(1500);
    return photographer.take(QStringLiteral("05-train-setup"), trainLooks()) &&
           photographSetup(driver, photographer) && photographRun(driver, photographer, 300'000);
}

/// "--font POINTS": as on a desktop whose font is larger; taken out of the arguments. False: no such size.
bool takeFont(QStringList& arguments) {
    const auto at = arguments.indexOf(QStringLiteral("--font"));
    if (at < 0) return true;
    const double points = arguments.value(at + 1).toDouble();
    arguments.remove(at, qMin<qsizetype>(2, arguments.size() - at));
    if (points < 6 || points > 30) return false;
    QFont font = QApplication::font();
    font.setPointSizeF(points);
    QApplication::setFont(font);
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QStringList arguments = QApplication::arguments();
    const bool fontKnown = takeFont(arguments);
    const bool trainOnly = arguments.removeAll(QStringLiteral("--train")) > 0;
    if (!fontKnown || arguments.size() < 2 || !QDir().mkpath(arguments[1])) {
        std::fprintf(
            stderr,
            "usage: studio_screenshots FOLDER [MODEL | control | long | --runs | --models] [--train] [--font "
            "POINTS]\n");
        return 2;
    }
    const QString model = arguments.value(2);
    if (model.isEmpty() && embeddedModelFolder().empty()) {
        std::fprintf(stderr, "error: there is no embedded base model; name a model folder.\n");
        return 1;
    }
    StudioDriver driver([] { return makeEngine(); });
    Photographer photographer(driver, arguments[1]);
    if (model == QLatin1String("control")) return test::photographControl(driver, arguments[1]) ? 0 : 1;
    if (model == QLatin1String("long")) return test::photographLongRun(driver, arguments[1]) ? 0 : 1;
    const bool all =
        trainOnly ? photographTrain(driver, photographer) : photographAll(driver, photographer, model);
    std::printf("%d pictures in %s\n", photographer.taken(), qPrintable(arguments[1]));
    return all ? 0 : 1;
}
