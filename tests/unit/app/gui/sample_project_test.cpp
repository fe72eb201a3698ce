// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/sample_project.h"

#include <QDir>
#include <QSettings>

#include "app/gui/recent_projects.h"
#include "core/storage/project.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
using namespace studio::ui;

/// The sample project, and the list of projects opened last.
class SampleProjectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sample_made_holdsTrainAndTestRowsAndNothingBeside() {
        const test::TemporaryFolder folder;
        makeSampleProject(folder / "new" / "Countries.ftproj");
        const auto project = Project::open(folder / "new" / "Countries.ftproj");
        const RecordCounts counts = project->counts();
        QCOMPARE(counts.train, std::int64_t(261));
        QCOMPARE(counts.test, std::int64_t(198));
        QCOMPARE(counts.all, counts.accepted);
        QVERIFY(project->setting("train_settings").value_or("").find("\"epochs\":14") != std::string::npos);
        QCOMPARE(project->setting("cutoff").value_or(""), std::string("256"));
        QCOMPARE(QDir(QString::fromStdString((folder / "new").string()))
                     .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{"Countries.ftproj"});
    }

    void sample_existingFolder_isRefused() {
        const test::TemporaryFolder folder;
        makeSampleProject(folder / "Countries.ftproj");
        STUDIO_COMPARE_ERROR(makeSampleProject(folder / "Countries.ftproj"), ErrorCode::InvalidArgument);
    }

    void sample_leftHalfMade_isMadeAnew() {
        const test::TemporaryFolder folder;
        Project::create(folder / ".Countries.ftproj.partial");
        makeSampleProject(folder / "Countries.ftproj");
        QCOMPARE(Project::open(folder / "Countries.ftproj")->counts().all, std::int64_t(459));
    }

    void recent_tenNewestThatAreThere_inOrder() {
        const test::TemporaryFolder folder;
        QSettings settings(QString::fromStdString((folder / "s.ini").string()), QSettings::IniFormat);
        RecentProjects recent(settings);
        QStringList made;
        for (int i = 0; i < 12; ++i) {
            const QString path = QString::fromStdString((folder / ("p" + std::to_string(i))).string());
            QVERIFY(QDir().mkpath(path));
            recent.add(path);
            made.prepend(path);
        }
        QCOMPARE(recent.folders(), made.mid(0, 10));
        recent.add(made[3]);
        QCOMPARE(recent.folders().front(), made[3]);
        QCOMPARE(recent.folders().size(), 10);
        QVERIFY(QDir(made[0]).removeRecursively());
        QVERIFY(!recent.folders().contains(made[0]));
    }
};

STUDIO_TEST(SampleProjectTest)
#include "sample_project_test.moc"
