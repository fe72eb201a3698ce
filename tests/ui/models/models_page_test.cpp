// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/models_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

#include "core/text/prompt_template.h"
#include "tests/support/tab_walk.h"
#include "tests/ui/models/models_fixture.h"
#include "ui/models/forecast_view.h"
#include "ui/models/model_details.h"
#include "ui/widgets/badge_delegate.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/search_field.h"

using namespace studio;
using namespace studio::ui;
using studio::test::actionOf;
using studio::test::ModelsFixture;
namespace fs = std::filesystem;

namespace {

using Model = ModelTableModel;

}  // namespace

class ModelsPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void list_allPlaces_showsWhatEachModelIs() {
        ModelsFixture fix;
        QStringList expected{"round-1", "llama-small", "half a model"};
        if (!embeddedModelFolder().empty()) expected.prepend("Embedded base model");
        QCOMPARE(fix.listed(), expected);
        QCOMPARE(fix.page->sidebarNote(), QString::number(expected.size()));
        QCOMPARE(fix.cell(fix.opened(), Model::KindColumn).toString(), QStringLiteral("Opened"));
        QCOMPARE(fix.cell(fix.run(), Model::KindColumn).toString(), QStringLiteral("Fine-tuned"));
        QCOMPARE(fix.cell(fix.opened(), Model::FamilyColumn).toString(), QStringLiteral("Llama"));
        QCOMPARE(fix.cell(fix.opened(), Model::ContextColumn).toString(), QStringLiteral("128"));
        fix.page->select(fix.opened());
        const ModelDetails& details = *fix.page->details();
        QCOMPARE(details.lineText("licence"), QStringLiteral("apache-2.0"));
        QCOMPARE(details.lineText("layout"), QStringLiteral("2 layer(s) · 2 head(s) · width 32"));
        QVERIFY(details.lineText("stored").startsWith(QStringLiteral("float32, ")));
        QCOMPARE(details.lineText("place"), QString::fromStdString(fix.opened().string()));
        fix.page->select(fix.run());
        QCOMPARE(details.lineText("made_from"), ProjectSession::modelTitle(embeddedModelFolder()));
        QCOMPARE(details.lineText("licence"), QStringLiteral("not stated"));
    }

    void details_template_saysWhereItComesFrom_orWhatToDo() {
        ModelsFixture fix;
        const auto shown = [&] {
            fix.page->reload();
            fix.settle();
            fix.page->select(fix.opened());
            return fix.page->details()->lineText("template");
        };
        const QString none = shown();
        QVERIFY2(none.startsWith(QStringLiteral("none: ")), qPrintable(none));
        QVERIFY2(none.contains(QStringLiteral("choose an instruction template on Prompts")),
                 qPrintable(none));
        writeFileAtomically(fix.opened() / "chat_template.jinja", "{{ messages[0].content }}");
        QCOMPARE(shown(), QStringLiteral("its own chat template"));
        writeFileAtomically(fix.opened() / kPromptTemplateFile,
                            promptTemplateJson(builtInTemplates().front()));
        QCOMPARE(shown(), QStringLiteral("its own, from its training"));
    }

    void list_brokenModel_staysWithItsProblem() {
        ModelsFixture fix;
        const auto badge =
            fix.cell(fix.damaged(), Model::AnsweringColumn, BadgeDelegate::kBadgeRole).value<BadgeContent>();
        QCOMPARE(badge.kind, BadgeKind::Error);
        QCOMPARE(badge.text, QStringLiteral("broken"));
        fix.page->select(fix.damaged());
        QVERIFY(fix.page->details()->problem()->isVisible());
        QVERIFY(!fix.page->trainButton()->isEnabled());
        QVERIFY(!fix.page->compareButton()->isEnabled());
        QVERIFY(!fix.page->forecast()->isVisible());
        test::writeSmallModel(fix.damaged());
        fix.page->reload();
        fix.settle();
        QVERIFY(fix.page->trainButton()->isEnabled());
        QVERIFY(!fix.page->details()->problem()->isVisible());
    }

    void forecast_lengthAndBatch_changeTheFigures() {
        ModelsFixture fix;
        fix.page->select(fix.opened());
        ForecastView& view = *fix.page->forecast();
        QCOMPARE(view.lengthBox()->value(), static_cast<int>(fix.session.cutoff()));
        const auto full = [&] {
            return fix.page->model().forecastOf(*fix.page->current())->full.memory.total();
        };
        const std::uint64_t before = full();
        QVERIFY(!view.figureText(ModelUse::Full).isEmpty());
        QCOMPARE(view.verdictText(ModelUse::Full), QStringLiteral("fits"));
        view.rowsBox()->setFocus();
        view.rowsBox()->selectAll();
        QTest::keyClicks(view.rowsBox(), "4000");
        QTRY_COMPARE(view.load().rows, std::int64_t(4000));
        fix.settle();
        QVERIFY(full() > before);
        const auto badge =
            fix.cell(fix.opened(), Model::FullColumn, BadgeDelegate::kBadgeRole).value<BadgeContent>();
        QCOMPARE(badge.text, view.figureText(ModelUse::Full));
        // Rows longer than the context are no longer than it, and that is said.
        view.lengthBox()->setFocus();
        view.lengthBox()->selectAll();
        QTest::keyClicks(view.lengthBox(), "9999");
        QTest::keyClick(view.lengthBox(), Qt::Key_Return);
        fix.settle();
        QVERIFY2(view.loadText().contains(QStringLiteral("128")), qPrintable(view.loadText()));
        QVERIFY2(view.loadText().contains(QStringLiteral("holds no longer ones")),
                 qPrintable(view.loadText()));
    }

    void forecast_verdict_followsWhatIsFree() {
        ModelsFixture fix;
        fix.page->select(fix.opened());
        const auto need = fix.page->model().forecastOf(*fix.page->current())->full.memory.total();
        const auto kind = [&] {
            return fix.cell(fix.opened(), Model::FullColumn, BadgeDelegate::kBadgeRole)
                .value<BadgeContent>()
                .kind;
        };
        fix.page->model().setFreeBytes(2 * need);
        QCOMPARE(kind(), BadgeKind::Ok);
        fix.page->model().setFreeBytes(need + need / 10);
        QCOMPARE(kind(), BadgeKind::Warning);
        fix.page->model().setFreeBytes(need / 2);
        QCOMPARE(kind(), BadgeKind::Error);
        QVERIFY(fix.cell(fix.opened(), Model::FullColumn, Qt::AccessibleTextRole)
                    .toString()
                    .startsWith(QStringLiteral("All weights: does not fit")));
        fix.page->model().setFreeBytes(0);
        QCOMPARE(kind(), BadgeKind::Neutral);
    }

    void filter_textKindAndFit_leaveWhatMatches() {
        ModelsFixture fix;
        fix.page->filter()->setText(QStringLiteral("apache llama"));
        QTRY_COMPARE(fix.listed(), QStringList{"llama-small"});
        fix.page->filter()->clear();
        QTRY_VERIFY(fix.listed().size() > 2);
        fix.page->kindBox()->setCurrentIndex(fix.page->kindBox()->findData(int(ModelOrigin::Run)));
        QCOMPARE(fix.listed(), QStringList{"round-1"});
        fix.page->select(fix.damaged());  // what is filtered away comes back
        QCOMPARE(fix.page->current()->folder, fix.damaged());
        QCOMPARE(fix.page->kindBox()->currentIndex(), 0);
        fix.page->fittingBox()->click();
        QVERIFY(!fix.listed().contains(QStringLiteral("half a model")));
        QVERIFY(fix.listed().contains(QStringLiteral("llama-small")));
        fix.page->model().setFreeBytes(1000);
        fix.page->sorted().invalidate();
        QVERIFY(fix.listed().isEmpty());
    }

    void sort_figures_putsUnknownOnesLast() {
        ModelsFixture fix;
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            fix.page->table()->sortByColumn(Model::WeightsColumn, order);
            QCOMPARE(fix.listed().last(), QStringLiteral("half a model"));
        }
    }

    void open_folder_isAddedSelectedAndRemembered() {
        ModelsFixture fix;
        const fs::path other = fix.folder / "other";
        test::writeSmallModel(other);
        fix.dialogs.folder = QString::fromStdString(other.string());
        fix.page->openButton()->click();
        fix.settle();
        QCOMPARE(fix.page->current()->folder, fs::canonical(other));
        fix.start();  // the next day
        QVERIFY(fix.listed().contains(QStringLiteral("other")));
        // The folder of a run means its model; what is none is said.
        fix.dialogs.folder = QString::fromStdString(fix.run().parent_path().string());
        fix.page->openButton()->click();
        fix.settle();
        QCOMPARE(fix.page->current()->name(), std::string("round-1"));
        fix.dialogs.folder = QString::fromStdString(fix.folder.path().string());
        const int rows = fix.page->model().rowCount();
        fix.page->openButton()->click();
        fix.settle();
        QVERIFY(fix.page->note()->text().contains(QStringLiteral("config.json")));
        QCOMPARE(fix.page->model().rowCount(), rows);
    }

    void rename_byKey_changesTheListsOnly() {
        ModelsFixture fix;
        fix.session.addModelFolder(fix.opened());
        fix.settle();
        fix.page->select(fix.opened());
        fix.page->table()->setFocus();
        fix.dialogs.text = QStringLiteral("My little llama");
        QTest::keyClick(fix.page->table(), Qt::Key_F2);
        fix.settle();
        QVERIFY(fix.listed().contains(QStringLiteral("My little llama")));
        QVERIFY(fs::exists(fix.opened() / "config.json"));
        bool offered = false;
        for (const ModelChoice& choice : fix.session.models())
            offered = offered || choice.title == QStringLiteral("My little llama");
        QVERIFY(offered);
        fix.dialogs.text = QStringLiteral("llama-small");  // its own name again
        QTest::keyClick(fix.page->table(), Qt::Key_F2);
        fix.settle();
        QVERIFY(fix.page->current()->givenName.empty());
    }

    void remove_openedModel_keepsItsFilesAndIsUndone() {
        ModelsFixture fix;
        fix.session.addModelFolder(fix.opened());
        fix.settle();
        fix.dialogs.text = QStringLiteral("Named");
        fix.page->select(fix.opened());
        fix.page->table()->setFocus();
        QTest::keyClick(fix.page->table(), Qt::Key_F2);
        fix.settle();
        QSignalSpy told(fix.page.get(), &ModelsPage::modelRemoved);
        QTest::keyClick(fix.page->table(), Qt::Key_Delete);
        fix.settle();
        QVERIFY(!fix.listed().contains(QStringLiteral("Named")));
        QVERIFY(fs::exists(fix.opened() / "model.safetensors"));
        QCOMPARE(told.size(), 1);
        QVERIFY(fix.page->canUndoRemove());
        fix.page->undoRemove();
        fix.settle();
        QCOMPARE(fix.page->current()->name(), std::string("Named"));
        QVERIFY(!fix.page->canUndoRemove());
        bool offered = false;
        for (const ModelChoice& choice : fix.session.models())
            offered = offered || sameFolder(choice.folder, fix.opened());
        QVERIFY(offered);
    }

    void remove_whatBelongsElsewhere_saysWhyNot() {
        ModelsFixture fix;
        QSignalSpy said(fix.page.get(), &Page::statusMessage);
        fix.page->select(fix.run());
        fix.page->removeCurrent();
        fix.page->select(fix.opened());
        fix.session.addModelFolder(fix.opened());
        fix.session.setBaseModel(fix.opened());
        fix.settle();
        fix.page->removeCurrent();
        fix.settle();
        QCOMPARE(said.size(), 2);
        QVERIFY(said[0][0].toString().contains(QStringLiteral("belongs to a run")));
        QVERIFY(said[1][0].toString().contains(QStringLiteral("base of this project")));
        QVERIFY(fix.listed().contains(QStringLiteral("round-1")));
        QVERIFY(fix.listed().contains(QStringLiteral("llama-small")));
        QAction* remove = actionOf(*fix.page->moreMenu(), QStringLiteral("Remove from the list"));
        QVERIFY(remove && !remove->isEnabled());
    }

    void train_button_makesTheBaseAndGoesToTrain() {
        ModelsFixture fix;
        QSignalSpy went(fix.page.get(), &Page::goTo);
        fix.page->select(fix.opened());
        fix.page->trainButton()->click();
        QVERIFY(sameFolder(fix.session.baseModel(), fix.opened()));
        QCOMPARE(went.size(), 1);
        QCOMPARE(went[0][0].value<PageId>(), PageId::Train);
        fix.settle();
        QCOMPARE(fix.page->nextStepBar().step().hint,
                 QStringLiteral("llama-small is the base of this project"));
        // B chooses without leaving the page.
        fix.page->select(fix.run());
        fix.page->table()->setFocus();
        QTest::keyClick(fix.page->table(), Qt::Key_B);
        QVERIFY(sameFolder(fix.session.baseModel(), fix.run()));
        QCOMPARE(went.size(), 1);
    }

    void compare_menu_offersTheOtherSoundModels() {
        ModelsFixture fix;
        QSignalSpy asked(fix.page.get(), &ModelsPage::compareRequested);
        QSignalSpy went(fix.page.get(), &Page::goTo);
        fix.page->select(fix.run());
        QMenu& menu = *fix.page->compareMenu();
        QVERIFY(!actionOf(menu, QStringLiteral("half a model")));
        QVERIFY(!actionOf(menu, QStringLiteral("round-1")));
        QAction* other = actionOf(menu, QStringLiteral("llama-small"));
        QVERIFY(other);
        other->trigger();
        QCOMPARE(asked.size(), 1);
        const auto arms = asked[0][0].value<std::vector<fs::path>>();
        QCOMPARE(arms, (std::vector<fs::path>{resolvedFolder(fix.opened()), fix.run()}));
        QCOMPARE(went[0][0].value<PageId>(), PageId::Compare);
        bool offered = false;  // Compare lists only what the project knows
        for (const ModelChoice& choice : fix.session.models())
            offered = offered || sameFolder(choice.folder, fix.opened());
        QVERIFY(offered);
    }

    void more_showInFileManager_asksForTheFolder() {
        ModelsFixture fix;
        QSignalSpy asked(fix.page.get(), &ModelsPage::folderRequested);
        fix.page->select(fix.opened());
        QAction* show = actionOf(*fix.page->moreMenu(), QStringLiteral("Show in file manager"));
        QVERIFY(show && show->isEnabled());
        show->trigger();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QString::fromStdString(resolvedFolder(fix.opened()).string()));
    }

    void view_filtersAndLoad_areKeptWithTheProject() {
        ModelsFixture fix;
        fix.page->forecast()->rowsBox()->setValue(3);
        fix.page->forecast()->lengthBox()->setValue(77);
        QTRY_COMPARE(fix.page->forecast()->load().length, std::int64_t(77));
        fix.page->table()->sortByColumn(Model::WeightsColumn, Qt::DescendingOrder);
        fix.page->fittingBox()->setChecked(true);
        fix.page->hide();  // stores
        fix.start();
        QCOMPARE(fix.page->forecast()->load().length, std::int64_t(77));
        QCOMPARE(fix.page->forecast()->load().rows, std::int64_t(3));
        QVERIFY(fix.page->fittingBox()->isChecked());
        QCOMPARE(fix.page->table()->horizontalHeader()->sortIndicatorSection(), int(Model::WeightsColumn));
        // A length that was chosen here does not follow the cutoff.
        fix.session.setCutoff(99);
        QCOMPARE(fix.page->forecast()->load().length, std::int64_t(77));
    }

    void list_withoutProject_namesWhatItKnows() {
        ModelsFixture fix(false);
        QVERIFY(fix.listed().contains(QStringLiteral("llama-small")));
        fix.page->select(fix.opened());
        QVERIFY(!fix.page->trainButton()->isEnabled());
        QVERIFY(!fix.page->nextStepBar().button()->isEnabled());
    }

    void list_damagedFile_isSaidOnce() {
        ModelsFixture fix;
        writeFileAtomically(fix.list(), "{ not json");
        fix.start();
        QVERIFY(fix.page->note()->isVisible());
        QCOMPARE(fix.page->note()->kind(), NoteKind::Warning);
        QVERIFY(fs::exists(fix.list().string() + ".damaged"));
        fix.start();
        QVERIFY(!fix.page->note()->isVisible());
    }

    void reading_stopped_saysSoAndCanBeTakenUp() {
        ModelsFixture fix;
        fix.page->reload();
        QVERIFY(fix.page->isReading());
        fix.page->stopReading();
        QVERIFY(!fix.page->isReading());
        QVERIFY(fix.page->note()->text().contains(QStringLiteral("stopped")));
        QVERIFY(fix.listed().size() >= 3);  // what was read before stays
        auto* again = fix.page->note()->findChild<QPushButton*>();
        for (QPushButton* button : fix.page->note()->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Read again")) again = button;
        QVERIFY(again);
        again->click();
        fix.settle();
        QVERIFY(!fix.page->note()->isVisible());
    }

    void tab_throughThePage_readsLikeText() {
        ModelsFixture fix;
        fix.page->select(fix.opened());
        QCOMPARE(test::tabWalkProblem(fix.page.get()), QString());
    }

    void keys_enterAndEscape_goToTheForecastAndBack() {
        ModelsFixture fix;
        fix.page->select(fix.opened());
        fix.page->table()->setFocus();
        QTest::keyClick(fix.page->table(), Qt::Key_Return);
        QVERIFY(fix.page->forecast()->lengthBox()->hasFocus());
        QTest::keyClick(fix.page->forecast()->lengthBox(), Qt::Key_Escape);
        QVERIFY(fix.page->table()->hasFocus());
    }

    void controls_all_haveNames() {
        ModelsFixture fix;
        fix.page->select(fix.opened());
        const ForecastView& view = *fix.page->forecast();
        for (const QWidget* each : std::initializer_list<QWidget*>{
                 fix.page->filter(), fix.page->kindBox(), fix.page->table(), fix.page->moreButton(),
                 view.lengthBox(), view.rowsBox(), view.precisionBox(), view.deviceBox()})
            QVERIFY2(!each->accessibleName().isEmpty(), each->metaObject()->className());
    }
};

STUDIO_TEST(ModelsPageTest)
#include "models_page_test.moc"
