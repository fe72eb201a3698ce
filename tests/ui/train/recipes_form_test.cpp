// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

#include "core/config/recipes.h"
#include "tests/ui/train/train_fixture.h"
#include "ui/train/field_editor.h"
#include "ui/train/recipe_chooser.h"
#include "ui/train/sample_prompts.h"
#include "ui/train/sample_prompts_dialog.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/widgets/search_field.h"

using namespace studio;
using namespace studio::ui;
using studio::test::fakeTraining;
using studio::test::startOf;
using studio::test::TrainFixture;
using studio::test::trainingOf;
using namespace std::chrono_literals;

namespace {

void choose(TrainFixture& fixture, const QString& name) {
    QComboBox* list = fixture.page->setup().form().recipe().list();
    const int index = list->findData(name);
    QVERIFY2(index >= 0, qPrintable(name));
    list->setCurrentIndex(index);
    Q_EMIT list->activated(index);
}

void type(TrainFixture& fixture, const char* field, const QString& text) {
    auto* line = fixture.page->setup().form().editor(field)->findChild<QLineEdit*>();
    line->selectAll();
    QTest::keyClicks(line, text);
}

}  // namespace

/// The form's recipes, what it hides, its search, and the prompts that a run answers.
class RecipesFormTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recipe_chosen_fillsTheFormAndNamesItselfInTheCommand() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 20, trainingOf(3));
        SettingsForm& form = fixture.page->setup().form();
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QVERIFY(!fixture.page->setup().command().contains(QStringLiteral("--recipe")));
        choose(fixture, QStringLiteral("lora"));
        QTRY_COMPARE(form.settings().method, std::string("lora"));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QCOMPARE(form.changedCount(), 0);
        QString command = fixture.page->setup().command();
        QVERIFY2(command.contains(QStringLiteral("--recipe lora")), qPrintable(command));
        QVERIFY2(!command.contains(QStringLiteral("--set")), qPrintable(command));
        type(fixture, "epochs", QStringLiteral("7"));
        QTRY_COMPARE(form.changedCount(), 1);
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        command = fixture.page->setup().command();
        QCOMPARE(command.count(QStringLiteral("--set")), 1);
        QVERIFY(command.contains(QStringLiteral("--set epochs=7")));
    }

    void recipe_chosenByMistake_canBeTakenBack() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        SettingsForm& form = fixture.page->setup().form();
        type(fixture, "epochs", QStringLiteral("7"));
        choose(fixture, QStringLiteral("quick-look"));
        QTRY_COMPARE(form.settings().maxSteps, std::int64_t(60));
        QPushButton* reset = fixture.page->resetButton();
        QCOMPARE(reset->text(), QStringLiteral("Take back the recipe"));
        reset->click();
        QTRY_COMPARE(form.settings().epochs, 7.0);
        QCOMPARE(form.settings().maxSteps, std::int64_t(0));
        QCOMPARE(form.recipe().name(), std::string());
        QCOMPARE(reset->text(), QStringLiteral("Reset to recipe"));
    }

    void recipe_reopened_isKeptWithTheProject() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        SettingsForm& form = fixture.page->setup().form();
        choose(fixture, QStringLiteral("small-model"));
        QTRY_COMPARE(form.settings().patience, std::int64_t(3));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        const auto folder = fixture.session.project().folder();
        fixture.session.closeProject();
        QCOMPARE(form.recipe().name(), std::string());
        fixture.session.openProject(folder);
        QCOMPARE(form.recipe().name(), std::string("small-model"));
        QCOMPARE(form.settings().patience, std::int64_t(3));
        QCOMPARE(form.changedCount(), 0);
    }

    void contextMenu_ofAField_resetsItAlone() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        SettingsForm& form = fixture.page->setup().form();
        choose(fixture, QStringLiteral("small-model"));
        type(fixture, "learning_rate", QStringLiteral("3e-4"));
        type(fixture, "epochs", QStringLiteral("9"));
        QTRY_COMPARE(form.changedCount(), 2);
        FieldEditor* rate = form.editor("learning_rate");
        Q_EMIT rate->menuRequested(rate->mapToGlobal(QPoint(5, 5)));
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QAction* reset = menu->actions().back();
        QCOMPARE(reset->text(), QStringLiteral("Reset to recipe (1e-4)"));
        reset->trigger();
        menu->close();
        QTRY_COMPARE(form.settings().learningRate, 1e-4);
        QCOMPARE(form.settings().epochs, 9.0);
        QCOMPARE(form.changedCount(), 1);
    }

    void fieldsWithoutEffect_areHiddenWithALineThatSaysWhy() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        SettingsForm& form = fixture.page->setup().form();
        QVERIFY(!form.isRowShown("lora_rank"));
        QVERIFY(form.notes().contains(QStringLiteral("LoRA rank: only with LoRA.")));
        form.showAll(true);
        QVERIFY(form.notes().contains(QStringLiteral(
            "LoRA rank, LoRA alpha, Rank-stabilized LoRA, LoRA dropout, LoRA targets: only with LoRA.")));
        QVERIFY(form.notes().contains(QStringLiteral("Momentum: only with SGD.")));
        QVERIFY(form.isRowShown("freeze") && form.isRowShown("beta1"));
        type(fixture, "freeze", QStringLiteral("model.embed_tokens*"));
        choose(fixture, QStringLiteral("lora"));
        QTRY_VERIFY(form.isRowShown("lora_rank"));
        QVERIFY(form.isRowShown("lora_targets") && !form.isRowShown("freeze"));
        // A setting that is wrong is seen, whether or not it has an effect.
        form.editor("freeze")->findChild<QLineEdit*>()->setText(QStringLiteral("model.*"));
        Q_EMIT form.editor("freeze")->edited();
        QTRY_VERIFY(form.isRowShown("freeze"));
        QVERIFY(!startOf(fixture)->isEnabled());
    }

    void search_inAll_findsByLabelHelpAndName() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        SettingsForm& form = fixture.page->setup().form();
        QVERIFY(!form.search()->isVisibleTo(&form));
        form.showAll(true);
        QVERIFY(form.search()->isVisibleTo(&form));
        QTest::keyClicks(form.search(), QStringLiteral("warm"));
        QTRY_VERIFY(!form.isRowShown("epochs"));
        QVERIFY(form.isRowShown("warmup_share") && form.isRowShown("warmup_steps"));
        form.search()->clear();
        QTest::keyClicks(form.search(), QStringLiteral("weight_decay"));
        QTRY_VERIFY(form.isRowShown("weight_decay") && !form.isRowShown("warmup_share"));
        form.search()->clear();
        QTest::keyClicks(form.search(), QStringLiteral("zebra"));
        QTRY_VERIFY(!form.isRowShown("weight_decay"));
        form.focusField("epochs");  // a jump shows what it leads to
        QTRY_VERIFY(form.isRowShown("epochs"));
        form.showAll(false);
        QVERIFY(form.isRowShown("epochs") && !form.isRowShown("weight_decay"));
    }

    void saveAsRecipe_isOfferedAndFoundByTheCommandLine() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 20, trainingOf(3));
        SettingsForm& form = fixture.page->setup().form();
        QPushButton* save = fixture.page->setup().saveRecipeButton();
        const auto folder = fixture.session.project().recipesFolder();
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        type(fixture, "epochs", QStringLiteral("5"));
        fixture.dialogs.text = QStringLiteral("Night Run");
        save->click();
        QCOMPARE(fixture.dialogs.errors.size(), 1);  // no name for a recipe
        fixture.dialogs.text = QStringLiteral("lora");
        save->click();
        QCOMPARE(fixture.dialogs.errors.size(), 2);  // one of the program's
        fixture.dialogs.text = QStringLiteral("night-run");
        save->click();
        QCOMPARE(fixture.dialogs.errors.size(), 2);
        QCOMPARE(form.recipe().name(), std::string("night-run"));
        QVERIFY(form.recipe().list()->findData(QStringLiteral("night-run")) > 0);
        QCOMPARE(form.changedCount(), 0);
        QCOMPARE(findRecipe("night-run", folder).settings.epochs, 5.0);
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QVERIFY(fixture.page->setup().command().contains(QStringLiteral("--recipe night-run")));
        QVERIFY(!fixture.page->setup().command().contains(QStringLiteral("--set epochs")));

        type(fixture, "epochs", QStringLiteral("6"));
        QTRY_COMPARE(form.changedCount(), 1);
        fixture.dialogs.answer = 1;
        save->click();
        QCOMPARE(fixture.dialogs.questions.size(), 1);
        QCOMPARE(findRecipe("night-run", folder).settings.epochs, 5.0);
        fixture.dialogs.answer = 0;
        save->click();
        QCOMPARE(findRecipe("night-run", folder).settings.epochs, 6.0);
        type(fixture, "epochs", QStringLiteral("x"));
        QTRY_VERIFY(!save->isEnabled());
    }

    void samplePrompts_chosen_goWithTheJobAndTheCommand() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainJob seen;
        TrainFixture fixture(model, 40, [&seen](const Job& job, JobObserver& observer, std::stop_token stop) {
            seen = std::get<TrainJob>(job);
            return fakeTraining(seen, observer, stop, 3, 0us);
        });
        SettingsForm& form = fixture.page->setup().form();
        QVERIFY(!form.isRowShown("sample_prompts"));
        type(fixture, "sample_every", QStringLiteral("20"));
        QTRY_VERIFY(form.isRowShown("sample_prompts"));
        form.samplePrompts().button()->click();
        auto* dialog = fixture.page->findChild<SamplePromptsDialog*>();
        QVERIFY(dialog);
        PromptChoiceModel& choice = dialog->model();
        new QAbstractItemModelTester(&choice, QAbstractItemModelTester::FailureReportingMode::QtTest, dialog);
        QTRY_COMPARE(choice.rowCount(), 40);
        QTest::keyClicks(dialog->search(), QStringLiteral("39"));
        QTRY_COMPARE(choice.rowCount(), 1);
        QVERIFY(choice.setData(choice.index(0), Qt::Checked, Qt::CheckStateRole));
        dialog->search()->clear();
        QTRY_COMPARE(choice.rowCount(), 40);
        QCOMPARE(choice.index(0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));  // chosen ones in front
        for (int row = 1; row < PromptChoiceModel::kMost; ++row)
            QVERIFY(choice.setData(choice.index(row), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(!choice.setData(choice.index(20), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(!choice.flags(choice.index(20)).testFlag(Qt::ItemIsEnabled));
        for (int row = 2; row < PromptChoiceModel::kMost; ++row)
            QVERIFY(choice.setData(choice.index(row), Qt::Unchecked, Qt::CheckStateRole));
        const QVector<qint64> ids = choice.ticked();
        QCOMPARE(ids.size(), 2);
        dialog->acceptButton()->click();
        QTRY_VERIFY(fixture.page->setup().command().contains(QStringLiteral("--sample-row %1").arg(ids[0])));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        startOf(fixture)->click();
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        QCOMPARE(seen.samplePrompts.size(), std::size_t(2));
        QCOMPARE(seen.samplePrompts[0].rowId, std::int64_t(ids[0]));
        QCOMPARE(seen.samplePrompts[0].title, std::string("What is the capital of country 39?"));
        QVERIFY(seen.samplePrompts[0].prompt.find("country 39?") != std::string::npos);
    }
};

STUDIO_TEST(RecipesFormTest)
#include "recipes_form_test.moc"
