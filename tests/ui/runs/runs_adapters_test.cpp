// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/small_model.h"
#include "tests/support/written_adapter.h"
#include "tests/ui/runs/runs_fixture.h"

using namespace studio;
using test::RunsFixture;
namespace fs = std::filesystem;

class RunsAdaptersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void compare_loraRun_takesItsAdapterWhereTheBaseIsThere() {
        RunsFixture fixture;
        const fs::path run = fixture.runs() / "round-1-lora", base = fixture.folder / "base";
        test::writeSmallModel(base);
        test::writeAdapter(run / "adapter", readModelConfig(base), {.base = base.string()});
        fixture.page->model().setTicked(QStringList{});
        fixture.page->select(QStringLiteral("round-1-lora"));
        QCOMPARE(fixture.page->comparedModels(), std::vector<fs::path>{run / "adapter"});
        fs::remove_all(base);
        QCOMPARE(fixture.page->comparedModels(), std::vector<fs::path>{run / "model"});
    }
};

STUDIO_TEST(RunsAdaptersTest)
#include "runs_adapters_test.moc"
