// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModelTester>
#include <QTableView>
#include <memory>

#include "tests/support/assets.h"
#include "tests/support/made_runs.h"
#include "tests/support/scripted_dialogs.h"
#include "tests/support/studio_test.h"
#include "ui/runs/runs_page.h"
#include "ui/session/project_session.h"

namespace studio::test {

/// A project with runs, and the page on it.
class RunsFixture {
public:
    explicit RunsFixture(bool withRuns = true) {
        session.createProject(folder / "facts.ftproj");
        if (withRuns)
            for (const MadeRun& run : sixRuns(runs())) makeRun(runs(), run);
        page = std::make_unique<ui::RunsPage>(session, dialogs);
        tester = std::make_unique<QAbstractItemModelTester>(
            &page->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        sortedTester = std::make_unique<QAbstractItemModelTester>(
            &page->sorted(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        page->resize(1104, 720);
        page->show();
        if (!QTest::qWaitForWindowActive(page.get())) qFatal("the window does not come");
        settle();
    }
    std::filesystem::path runs() const { return folder / "facts.ftproj" / "runs"; }
    /// Until the folders are read.
    void settle() {
        if (!QTest::qWaitFor([this] { return !page->isReading(); }, 20'000)) qFatal("the runs are not read");
        QTest::qWait(30);
    }
    QStringList listed() const {
        QStringList names;
        for (int row = 0; row < page->sorted().rowCount(); ++row)
            names << QString::fromStdString(page->sorted().runAt(row)->name());
        return names;
    }
    QString cell(const char* run, int column, int role = Qt::DisplayRole) const {
        const int row = page->sorted().rowOf(QString::fromLatin1(run));
        return page->sorted().index(row, column).data(role).toString();
    }

    TemporaryFolder folder;
    ui::ProjectSession session;
    ScriptedDialogs dialogs;
    std::unique_ptr<ui::RunsPage> page;
    std::unique_ptr<QAbstractItemModelTester> tester, sortedTester;
};

}  // namespace studio::test
