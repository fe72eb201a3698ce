// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the page to be looked at by eye: STUDIO_SHOTS names the folder that they go to.
#include <QDir>
#include <QPushButton>

#include "core/data/import.h"
#include "tests/support/studio_test.h"
#include "tests/ui/data/data_fixture.h"
#include "ui/data/export_dialog.h"
#include "ui/data/import_pane.h"
#include "ui/data/split_dialog.h"
#include "ui/theme/theme.h"

namespace studio::ui {

using test::DataFixture;
using test::pairRecord;

class DataPicturesTest : public QObject {
    Q_OBJECT

private:
    static void shoot(QWidget* widget, const QString& name) {
        QTest::qWait(500);
        const QString folder = qEnvironmentVariable("STUDIO_SHOTS");
        QDir().mkpath(folder);
        QVERIFY(widget->grab().save(folder + u'/' + name + QStringLiteral(".png")));
    }

    static std::vector<Record> demoRows() {
        std::vector<Record> rows;
        for (const char* name : {"datasets/alpaca_en_demo.json", "datasets/alpaca_zh_demo.json"}) {
            const auto path = test::asset(name);
            if (path.empty()) return {};
            auto result = importRecords(path, "auto");
            const std::size_t take = std::min<std::size_t>(result.records.size(), 400);
            for (std::size_t i = 0; i < take; ++i) {
                // The two languages in turn, so that one picture shows both.
                const auto at = name == std::string("datasets/alpaca_zh_demo.json")
                                    ? std::min(rows.size(), 2 * i + 1)
                                    : rows.size();
                rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at), result.records[i]);
            }
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].split = i % 9 == 0 ? Split::Test : i % 17 == 0 ? Split::Validation : Split::Train;
            if (i % 11 == 5) rows[i].status = RecordStatus::Draft;
            if (i % 29 == 7) rows[i].status = RecordStatus::Rejected;
        }
        return rows;
    }

private Q_SLOTS:
    void pictures() {
        if (!qEnvironmentVariableIsSet("STUDIO_SHOTS")) QSKIP("STUDIO_SHOTS is not set");
        const auto rows = demoRows();
        if (rows.empty()) QSKIP("the demo data is not on this machine");
        Theme theme(*qApp);
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            theme.setMode(mode);
            const QString suffix =
                mode == Theme::Mode::Dark ? QStringLiteral("-dark") : QStringLiteral("-light");
            DataFixture f(rows);
            const auto model = test::asset("models/stories260K");
            if (!model.empty()) f.session.setBaseModel(model);
            f.session.setCutoff(256);
            f.page->setAutoFillBackground(true);
            f.table()->setCurrentIndex(f.model()->index(4, RecordTableModel::InstructionColumn));
            f.table()->setFocus();
            shoot(f.page.get(), QStringLiteral("data") + suffix);
            f.page->chooseSplit();
            QTest::qWait(800);
            shoot(f.page->findChild<SplitDialog*>(), QStringLiteral("data-split") + suffix);
            f.page->findChild<SplitDialog*>()->close();
            f.page->chooseExport();
            shoot(f.page->findChild<ExportDialog*>(), QStringLiteral("data-export") + suffix);
            f.page->findChild<ExportDialog*>()->close();
            QStringList files{f.file("calls.jsonl",
                                     "{\"instruction\":\"a\",\"output\":\"1\"}\n{\"instruction\":\"b\"}\n"
                                     "{\"instruction\":5,\"output\":\"x\"}\n{broken\n")};
            files << QString::fromStdString(test::asset("datasets/alpaca_en_demo.json").string());
            f.page->importFiles(files);
            QTRY_VERIFY_WITH_TIMEOUT(f.page->importPane()->batch() != nullptr, 20000);
            shoot(f.page.get(), QStringLiteral("data-import") + suffix);
            f.page->importPane()->cancelButton()->click();
            f.page->resize(1744, 1028);
            shoot(f.page.get(), QStringLiteral("data-large") + suffix);
            DataFixture empty;
            empty.page->setAutoFillBackground(true);
            shoot(empty.page.get(), QStringLiteral("data-empty") + suffix);
        }
    }
};

STUDIO_TEST(DataPicturesTest)

}  // namespace studio::ui

#include "data_pictures_test.moc"
