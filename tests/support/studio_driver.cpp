// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/studio_driver.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QtTest/QtTest>

#include "ui/compare/compare_page.h"
#include "ui/compare/prompt_bar.h"
#include "ui/compare/test_prompt_panel.h"
#include "ui/data/data_page.h"
#include "ui/data/import_pane.h"
#include "ui/data/split_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/train/field_editor.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/train/train_page.h"

using namespace studio::ui;

namespace studio::test {

namespace {

constexpr int kPatience = 30'000;

bool missing(const char* what) {
    qWarning("%s is not there, not enabled, or takes too long", what);
    return false;
}

bool press(QPushButton* button, const char* what, int patience = kPatience) {
    if (!button || !QTest::qWaitFor([button] { return button->isEnabled(); }, patience)) return missing(what);
    button->click();
    return true;
}

}  // namespace

StudioDriver::StudioDriver(EngineFactory engine, const StartOptions& options)
    : m_engine(std::move(engine)),
      m_settings(QString::fromStdString((m_folder / "settings.ini").string()), QSettings::IniFormat) {
    restart(options);
}

void StudioDriver::restart(const StartOptions& options) {
    m_studio.reset();
    // The texts that the driver looks for are English, whatever the machine speaks.
    StartOptions started = options;
    if (!started.language) started.language = QStringLiteral("en");
    m_studio = std::make_unique<StudioApplication>(
        StudioServices{*qApp, m_settings, m_dialogs, m_engine, m_folder / "Countries.ftproj", m_notifier,
                       m_finetune, m_folder / "models.json"},
        started);
}

StudioDriver::~StudioDriver() = default;

bool StudioDriver::choose(const QString& entry) {
    for (QAction* action : m_studio->window().findChildren<QAction*>()) {
        if (QString(action->text()).remove(u'&') != entry) continue;
        if (!action->isEnabled()) break;
        action->trigger();
        return true;
    }
    return missing(qPrintable(entry));
}

bool StudioDriver::importFile(const std::filesystem::path& file) {
    DataPage& data = m_studio->data();
    m_dialogs.files = {QString::fromStdString(file.string())};
    if (!choose(QStringLiteral("Import…"))) return false;
    QPushButton* accept = data.importPane()->acceptButton();
    if (!QTest::qWaitFor([&] { return accept->isVisible() && accept->isEnabled(); }, kPatience))
        return missing("the import report");
    accept->click();
    return QTest::qWaitFor([&] { return !data.isImporting(); }, kPatience) ||
           missing("the end of the import");
}

bool StudioDriver::split() {
    DataPage& data = m_studio->data();
    data.chooseSplit();
    auto* dialog = data.findChild<SplitDialog*>();
    if (!dialog) return missing("the split dialog");
    if (!press(dialog->acceptButton(), "the split dialog's button")) return false;
    return QTest::qWaitFor([&] { return m_studio->session().project().counts().test > 0; }, kPatience) ||
           missing("a test split");
}

bool StudioDriver::openModel(const std::filesystem::path& folder) {
    m_dialogs.folder = QString::fromStdString(folder.string());
    for (auto* box : m_studio->train().setup().form().findChildren<QComboBox*>()) {
        const int entry = box->findText(QStringLiteral("Open folder…"));
        if (entry < 0) continue;
        box->setCurrentIndex(entry);
        Q_EMIT box->activated(entry);
        return QTest::qWaitFor([&] { return m_studio->session().tokenizer() != nullptr; }, kPatience) ||
               missing("the model's tokenizer");
    }
    return missing("the list of models");
}

bool StudioDriver::setField(const std::string& field, const QString& text) {
    FieldEditor* editor = m_studio->train().setup().form().editor(field);
    auto* line = editor ? editor->findChild<QLineEdit*>() : nullptr;
    if (!line) return missing(field.c_str());
    line->selectAll();
    QTest::keyClicks(line, text);
    return line->text() == text || missing(field.c_str());
}

bool StudioDriver::setRunName(const QString& name) {
    TrainPage& train = m_studio->train();
    m_studio->window().showPage(PageId::Train);
    if (!train.isSetupShown() && !press(train.newRunButton(), "New run")) return false;
    train.setup().form().setRunName(name);
    return true;
}

bool StudioDriver::startTraining() {
    m_studio->window().showPage(PageId::Train);
    TrainPage& train = m_studio->train();
    if (!train.isSetupShown() && !press(train.newRunButton(), "New run")) return false;
    // A change of the form disables Start at once and enables it when the pre-flight has been computed for
    // it.
    QTest::qWait(400);
    return press(train.setup().startButton(), "Start training", 4 * kPatience);
}

bool StudioDriver::waitForTraining(int milliseconds) {
    return QTest::qWaitFor([this] { return !m_studio->train().isRunning(); }, milliseconds) ||
           missing("the end of the training");
}

bool StudioDriver::compare(const QString& prompt, int milliseconds) {
    m_studio->window().showPage(PageId::Compare);
    ComparePage& compare = m_studio->compare();
    if (!prompt.isEmpty()) {
        compare.promptBar()->edit()->selectAll();
        QTest::keyClicks(compare.promptBar()->edit(), prompt);
    } else if (compare.promptBar()->prompt().rowId == 0) {
        const auto& prompts = compare.prompts().prompts();
        if (prompts.empty()) return missing("a test prompt");
        compare.list()->select(prompts.front().rowId);
    }
    if (!press(compare.promptBar()->askButton(), "Ask")) return false;
    return QTest::qWaitFor([&] { return !compare.isBusy(); }, milliseconds) || missing("the answers");
}

}  // namespace studio::test
