// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModelTester>
#include <QTableView>
#include <memory>

#include "tests/support/assets.h"
#include "tests/support/made_runs.h"
#include "tests/support/scripted_dialogs.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_test.h"
#include "tests/ui/models/models_testing.h"
#include "ui/models/models_page.h"
#include "ui/session/model_paths.h"
#include "ui/session/project_session.h"

namespace studio::test {

/// A project with a finished run, two opened folders (one of them damaged), and the page on it.
class ModelsFixture {
public:
    explicit ModelsFixture(bool withProject = true) {
        writeSmallModel(opened(), 32, 128);
        writeFileAtomically(opened() / "README.md", "---\nlicense: apache-2.0\n---\n");
        writeSmallModel(damaged());
        std::filesystem::resize_file(damaged() / "model.safetensors", 100);
        if (withProject) {
            session.createProject(folder / "facts.ftproj");
            const RunFolder run = makeRun(folder / "facts.ftproj" / "runs",
                                          {.name = "round-1", .base = ui::embeddedModelFolder()});
            writeSmallModel(run.modelFolder());
        }
        KnownModels known(list());
        known.add(opened());
        known.add(damaged());
        start();
    }
    void start() {
        sortedTester.reset();
        tester.reset();
        page.reset();
        page = std::make_unique<ui::ModelsPage>(session, dialogs, KnownModels(list()), tools);
        tester = std::make_unique<QAbstractItemModelTester>(
            &page->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        sortedTester = std::make_unique<QAbstractItemModelTester>(
            &page->sorted(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        page->resize(1104, 720);
        showActive(page.get());
        settle();
    }
    std::filesystem::path list() const { return folder / "models.json"; }
    std::filesystem::path opened() const { return folder / "llama-small"; }
    std::filesystem::path damaged() const { return folder / "half a model"; }
    std::filesystem::path run() const { return folder / "facts.ftproj" / "runs" / "round-1" / "model"; }
    /// Until the folders are read and the forecasts are there.
    void settle() {
        if (!QTest::qWaitFor([this] { return !page->isReading(); }, 20'000))
            qFatal("the models are not read");
        QTest::qWait(30);
    }
    QStringList listed() const {
        QStringList names;
        for (int row = 0; row < page->sorted().rowCount(); ++row)
            names << page->sorted().index(row, ui::ModelTableModel::NameColumn).data().toString();
        return names;
    }
    QVariant cell(const std::filesystem::path& model, int column, int role = Qt::DisplayRole) const {
        return page->sorted().index(page->sorted().rowOf(model), column).data(role);
    }

    TemporaryFolder folder;
    ui::ProjectSession session;
    ScriptedDialogs dialogs;
    ui::ModelTools tools = toolsWithoutUser(folder.path());
    std::unique_ptr<ui::ModelsPage> page;
    std::unique_ptr<QAbstractItemModelTester> tester, sortedTester;
};

}  // namespace studio::test
