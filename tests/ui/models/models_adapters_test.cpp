// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <algorithm>

#include "tests/support/written_adapter.h"
#include "tests/ui/models/models_fixture.h"
#include "ui/models/forecast_view.h"
#include "ui/models/model_details.h"
#include "ui/widgets/badge_delegate.h"
#include "ui/widgets/note_bar.h"

using namespace studio;
using namespace studio::ui;
using studio::test::ModelsFixture;
using studio::test::text;
namespace fs = std::filesystem;

namespace {

using Model = ModelTableModel;

/// The adapter of the fixture's run, over the opened model.
fs::path runAdapter(ModelsFixture& fix) {
    const fs::path folder = fix.run().parent_path() / "adapter";
    test::writeAdapter(folder, readModelConfig(fix.opened()), {.base = fix.opened().string()});
    fix.page->reload();
    fix.settle();
    return folder;
}

/// One outside the project that does not say where its base lies.
fs::path lostAdapter(const ModelsFixture& fix) {
    const fs::path folder = fix.folder / "lost-lora";
    test::writeAdapter(folder, readModelConfig(fix.opened()), {.base = "someone/llama"});
    return folder;
}

}  // namespace

class ModelsAdaptersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void list_adapterOfARun_saysWhatItIs() {
        ModelsFixture fix;
        const fs::path adapter = runAdapter(fix);
        QCOMPARE(fix.listed().count(QStringLiteral("round-1")), 2);
        QCOMPARE(fix.cell(adapter, Model::KindColumn).toString(), QStringLiteral("Adapter"));
        QCOMPARE(fix.cell(fix.run(), Model::KindColumn).toString(), QStringLiteral("Fine-tuned"));
        QCOMPARE(fix.cell(adapter, Model::FamilyColumn).toString(), QStringLiteral("Llama"));
        // Two layers, two projections of 32 × 32, rank 4.
        QCOMPARE(fix.cell(adapter, Model::WeightsColumn).toString(), QLocale().toString(1024));
        fix.page->select(adapter);
        const ModelDetails& details = *fix.page->details();
        QCOMPARE(details.lineText("rank"), QStringLiteral("4, alpha 8"));
        QCOMPARE(details.lineText("targets"), QStringLiteral("q_proj, v_proj"));
        QCOMPARE(details.lineText("made_from"), QStringLiteral("llama-small"));
        QVERIFY2(details.lineText("stored").endsWith(QStringLiteral(" kB")),
                 qPrintable(details.lineText("stored")));
        QVERIFY(!details.problem()->isVisible());
        fix.page->select(fix.opened());
        QVERIFY(details.lineText("rank").isEmpty());
    }

    void list_adapterWhoseModulesDiffer_saysSo() {
        ModelsFixture fix;
        const fs::path adapter = runAdapter(fix);
        OrderedJson config = readJsonFile(adapter / kAdapterConfigFile);
        config["alpha_pattern"] = {{"v_proj", 4}};
        writeJsonFile(adapter / kAdapterConfigFile, config);
        fix.page->reload();
        fix.settle();
        fix.page->select(adapter);
        QCOMPARE(fix.page->details()->lineText("rank"), QStringLiteral("4, alpha 8; others in some modules"));
    }

    void forecast_ofAnAdapter_isOfAnsweringAlone() {
        ModelsFixture fix;
        const fs::path adapter = runAdapter(fix);
        fix.page->select(adapter);
        const Model& model = fix.page->model();
        const ModelForecast own = *model.forecastOf(*fix.page->current());
        const ModelForecast base = *model.forecastOf(*findModel(model.models(), fix.opened()));
        QCOMPARE(own.answering.memory.total(), base.answering.memory.total() + 4 * 1024);
        const auto badge =
            fix.cell(adapter, Model::AnsweringColumn, BadgeDelegate::kBadgeRole).value<BadgeContent>();
        QCOMPARE(badge.kind, BadgeKind::Ok);
        QVERIFY(fix.cell(adapter, Model::AnsweringColumn, Qt::AccessibleTextRole)
                    .toString()
                    .startsWith(QStringLiteral("Answering: fits")));
        for (const int column : {Model::LoraColumn, Model::FullColumn}) {
            QVERIFY(fix.cell(adapter, column).toString().isEmpty());
            QVERIFY(!fix.cell(adapter, column, BadgeDelegate::kBadgeRole).isValid());
            QVERIFY(!fix.cell(adapter, column, Model::kSortRole).isValid());
            QVERIFY(
                fix.cell(adapter, column, Qt::ToolTipRole).toString().contains(QStringLiteral("no base")));
        }
        const ForecastView& view = *fix.page->forecast();
        QVERIFY(view.isVisible() && view.shows(ModelUse::Answering));
        QVERIFY(!view.shows(ModelUse::Lora) && !view.shows(ModelUse::Full));
        QCOMPARE(view.verdictText(ModelUse::Answering), QStringLiteral("fits"));
        QVERIFY2(view.loadText().contains(QStringLiteral("no base")), qPrintable(view.loadText()));
        fix.page->select(fix.opened());
        QVERIFY(view.shows(ModelUse::Lora) && view.shows(ModelUse::Full));
        QVERIFY(!view.loadText().contains(QStringLiteral("no base")));
    }

    void filter_onlyWhatFits_alsoLeavesAdaptersOut() {
        ModelsFixture fix;
        const fs::path adapter = runAdapter(fix);
        fix.page->fittingBox()->click();
        QVERIFY(fix.page->sorted().rowOf(adapter) >= 0);
        fix.page->model().setFreeBytes(1000);
        fix.page->sorted().invalidate();
        QCOMPARE(fix.page->sorted().rowOf(adapter), -1);
    }

    void train_adapter_isRefusedWithItsReason() {
        ModelsFixture fix;
        fix.page->select(runAdapter(fix));
        QVERIFY(!fix.page->trainButton()->isEnabled());
        QVERIFY(fix.page->trainButton()->toolTip().contains(QStringLiteral("no base")));
        const fs::path base = fix.session.baseModel();
        fix.page->table()->setFocus();
        QTest::keyClick(fix.page->table(), Qt::Key_B);
        QCOMPARE(fix.session.baseModel(), base);
        fix.page->select(fix.run());
        QVERIFY(fix.page->trainButton()->isEnabled());
    }

    void lostModel_ofARunWithItsAdapter_namesNoCommand() {
        ModelsFixture fix;
        runAdapter(fix);
        fs::remove(fix.run() / "config.json");
        fix.page->reload();
        fix.settle();
        fix.page->select(fix.run());
        const NoteBar& problem = *fix.page->details()->problem();
        QVERIFY(problem.isVisible());
        QVERIFY2(problem.text().contains(QStringLiteral("export the run's adapter, merged into its base")),
                 qPrintable(problem.text()));
        const QString tip = fix.cell(fix.run(), Model::NameColumn, Qt::ToolTipRole).toString();
        for (const QString& said : {problem.text(), tip})
            QVERIFY2(
                said.contains(QStringLiteral("export the run")) && !said.contains(QStringLiteral("finetune")),
                qPrintable(said));
    }

    void compare_adapter_opensItBesideItsBase() {
        ModelsFixture fix;
        const fs::path adapter = runAdapter(fix);
        QSignalSpy asked(fix.page.get(), &ModelsPage::compareRequested);
        fix.page->select(adapter);
        QVERIFY(fix.page->compareButton()->isEnabled());
        QMenu& menu = *fix.page->compareMenu();
        Q_EMIT menu.aboutToShow();
        QCOMPARE(menu.actions().front()->text(), QStringLiteral("llama-small (its base)"));
        int ofBase = 0;
        for (const QAction* action : menu.actions())
            if (action->text().startsWith(QStringLiteral("llama-small"))) ++ofBase;
        QCOMPARE(ofBase, 1);
        menu.actions().front()->trigger();
        QCOMPARE(asked.size(), 1);
        const auto arms = asked[0][0].value<std::vector<fs::path>>();
        QCOMPARE(static_cast<int>(arms.size()), 2);
        QVERIFY(sameFolder(arms[0], fix.opened()) && sameFolder(arms[1], adapter));
        const auto offered = fix.session.answerers();
        for (const fs::path& arm : arms)
            QVERIFY(std::any_of(offered.begin(), offered.end(),
                                [&](const ModelChoice& each) { return sameFolder(each.place(), arm); }));
        // From a model's side the adapter is told from the model of the same run.
        fix.page->select(fix.opened());
        Q_EMIT menu.aboutToShow();
        QStringList names;
        for (const QAction* action : menu.actions()) names << action->text();
        QVERIFY(names.contains(QStringLiteral("round-1")));
        QVERIFY(names.contains(QStringLiteral("round-1 (adapter)")));
    }

    void filter_kindAdapter_leavesAdapters() {
        ModelsFixture fix;
        const fs::path adapter = runAdapter(fix);
        QComboBox* kind = fix.page->kindBox();
        kind->setCurrentIndex(kind->findText(QStringLiteral("Adapter")));
        QCOMPARE(fix.listed(), QStringList{"round-1"});
        fix.page->select(adapter);
        QVERIFY(fix.page->current()->isAdapter);
        kind->setCurrentIndex(kind->findText(QStringLiteral("Fine-tuned")));
        QCOMPARE(fix.listed(), QStringList{"round-1"});
        QVERIFY(!fix.page->sorted().modelAt(0)->isAdapter);
    }

    void open_adapterWithoutItsBase_asksAndRemembers() {
        ModelsFixture fix;
        const fs::path adapter = lostAdapter(fix);
        fix.dialogs.folders = {text(adapter), text(fix.opened())};
        fix.page->openButton()->click();
        QCOMPARE(fix.dialogs.folderTitles.size(), 1);  // the adapter is read on another thread
        QVERIFY(fix.page->isReading());
        fix.settle();
        QCOMPARE(fix.dialogs.folderTitles.size(), 2);
        QVERIFY(sameFolder(fix.page->current()->folder, adapter));
        QVERIFY(fix.page->current()->adapter.has_value());
        fix.start();  // the next day
        QVERIFY(fix.listed().contains(QStringLiteral("lost-lora")));
        fix.page->select(adapter);
        QVERIFY(sameFolder(fix.page->current()->adapter->base, fix.opened()));
    }

    void details_adapterOfAnotherBase_sayWhichItWasMadeFor() {
        ModelsFixture fix;
        const fs::path adapter = lostAdapter(fix);
        fix.dialogs.folders = {text(adapter), text(fix.opened())};
        fix.page->openButton()->click();
        fix.settle();
        const NoteBar& note = *fix.page->details()->problem();
        QVERIFY(note.isVisible());
        QCOMPARE(note.kind(), NoteKind::Warning);
        QCOMPARE(
            note.text(),
            QStringLiteral("This adapter was made for \"someone/llama\"; it is used with \"llama-small\"."));
        fix.page->select(fix.opened());
        QVERIFY(!note.isVisible());
    }

    void open_adapterWhoseChosenBaseHasGone_asksAnew() {
        ModelsFixture fix;
        const fs::path adapter = lostAdapter(fix), moved = fix.folder / "moved";
        fix.dialogs.folders = {text(adapter), text(fix.opened())};
        fix.page->openButton()->click();
        fix.settle();
        fs::rename(fix.opened(), moved);
        fix.page->reload();
        fix.settle();
        fix.page->select(adapter);
        QVERIFY(fix.page->current()->problem.has_value());
        const ModelDetails& details = *fix.page->details();
        QVERIFY2(details.problem()->text().contains(text(fix.opened())),
                 qPrintable(details.problem()->text()));
        fix.dialogs.folders = {text(adapter), text(moved)};
        fix.page->openButton()->click();
        fix.settle();
        QVERIFY(sameFolder(fix.page->current()->folder, adapter));
        QVERIFY(fix.page->current()->adapter.has_value());
        QVERIFY(sameFolder(fix.page->current()->adapter->base, moved));
    }

    void open_adapterWithABaseOfTheUsers_isOfferedBesideIt() {
        ModelsFixture fix;
        const fs::path adapter = lostAdapter(fix), gone = fix.folder / "gone";
        test::writeSmallModel(gone, 32, 128);
        fix.session.addAdapter(adapter, gone);
        fs::remove(gone / "config.json");
        const auto base = [&] {
            for (const ModelChoice& each : fix.session.answerers())
                if (sameFolder(each.place(), adapter)) return each.folder;
            return fs::path();
        };
        fix.page->reload();
        fix.settle();
        QCOMPARE(base(), fs::path());
        fix.dialogs.folders = {text(adapter), text(fix.opened())};
        fix.page->openButton()->click();
        fix.settle();
        QVERIFY(sameFolder(fix.page->current()->adapter->base, fix.opened()));
        QVERIFY(sameFolder(base(), fix.opened()));
    }

    void open_adapterWithAWrongBase_isSaidAndNotListed() {
        ModelsFixture fix;
        const fs::path adapter = lostAdapter(fix);
        fix.dialogs.folders = {text(adapter), text(fix.run())};  // half as wide
        fix.page->openButton()->click();
        fix.settle();
        QVERIFY(fix.page->note()->isVisible());
        QCOMPARE(fix.page->note()->kind(), NoteKind::Error);
        QVERIFY(!fix.listed().contains(QStringLiteral("lost-lora")));
    }

    void remove_openedAdapter_isUndoneWithItsBase() {
        ModelsFixture fix;
        const fs::path adapter = lostAdapter(fix);
        fix.dialogs.folders = {text(adapter), text(fix.opened())};
        fix.page->openButton()->click();
        fix.settle();
        fix.session.addAdapter(adapter, fix.opened());
        fix.settle();
        fix.page->removeCurrent();
        fix.settle();
        QVERIFY(!fix.listed().contains(QStringLiteral("lost-lora")));
        QVERIFY(fix.session.adapters().empty());
        QVERIFY(fs::exists(adapter / kAdapterConfigFile));
        fix.page->undoRemove();
        fix.settle();
        QVERIFY(fix.listed().contains(QStringLiteral("lost-lora")));
        QVERIFY(fix.page->current()->adapter.has_value());
        QCOMPARE(fix.session.adapters().size(), std::size_t(1));
    }
};

STUDIO_TEST(ModelsAdaptersTest)
#include "models_adapters_test.moc"
