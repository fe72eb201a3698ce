// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "tests/support/studio_test.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/dialog_frame.h"
#include "ui/widgets/elided_combo_box.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/key_figures.h"
#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/progress_line.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitter.h"

using namespace studio::ui;

class WidgetsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void segmentedControl_clickAndKeys_reportOnce() {
        SegmentedControl control;
        control.addSegment(QStringLiteral("Words"), 1);
        control.addSegment(QStringLiteral("Characters"), 2);
        control.addSegment(QStringLiteral("Tokens"), 3);
        QSignalSpy changed(&control, &SegmentedControl::currentChanged);
        control.show();
        QCOMPARE(control.currentIndex(), 0);
        const auto buttons = control.findChildren<QPushButton*>();
        QTest::mouseClick(buttons[1], Qt::LeftButton);
        QTest::mouseClick(buttons[1], Qt::LeftButton);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(control.currentData().toInt(), 2);
        control.setCurrentIndex(2);
        QCOMPARE(changed.count(), 2);
    }

    void searchField_typing_reportsAfterAPauseAndClearsAtOnce() {
        QWidget page;
        SearchField field(&page);
        page.show();
        QSignalSpy searched(&field, &SearchField::searchChanged);
        QTest::keyClicks(&field, QStringLiteral("cat"));
        QCOMPARE(searched.count(), 0);
        QTRY_COMPARE(searched.count(), 1);
        QCOMPARE(searched.last().first().toString(), QStringLiteral("cat"));
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(searched.count(), 2);
        QVERIFY(field.text().isEmpty());
    }

    void noteBar_details_areCopied() {
        NoteBar note;
        QVERIFY(note.isHidden());
        note.setNote(NoteKind::Error, QStringLiteral("Row 88 has no response."),
                     QStringLiteral("calls.csv:88"));
        QVERIFY(!note.isHidden());
        QPushButton* copy = nullptr;
        for (QPushButton* button : note.findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Copy details")) copy = button;
        QVERIFY(copy);
        copy->click();
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("calls.csv:88")));
        note.clear();
        QVERIFY(note.isHidden());
    }

    void badge_emptyText_isHidden() {
        QWidget parent;
        Badge badge(&parent);
        badge.set(BadgeKind::Ok, QStringLiteral("Fits"));
        QVERIFY(!badge.isHidden());
        QVERIFY(badge.sizeHint().width() >
                badgeSize({BadgeKind::Neutral, QStringLiteral("Fits"), {}}).width());
        badge.clear();
        QVERIFY(badge.isHidden());
    }

    void page_nextStep_goesToItsTarget() {
        Page page(PageId::Prompts);
        page.setNextStep({QStringLiteral("hint"), QStringLiteral("Next: train"), PageId::Train, true, true});
        QSignalSpy went(&page, &Page::goTo);
        page.nextStepBar().button()->click();
        QCOMPARE(went.count(), 1);
        QCOMPARE(went.first().first().value<PageId>(), PageId::Train);
        const auto rooms = page.nextStepBar().findChildren<QToolButton*>();
        QCOMPARE(rooms.size(), static_cast<int>(kLoop.size()));
        rooms[1]->click();
        QCOMPARE(went.count(), 1);  // the current room leads nowhere
        rooms[4]->click();
        QCOMPARE(went.last().first().value<PageId>(), PageId::Compare);
        page.setNextStep({{}, QStringLiteral("Next"), PageId::Train, false, false});
        QVERIFY(!page.nextStepBar().button()->isEnabled());
        QCOMPARE(page.accessibleName(), QStringLiteral("Prompts, page 2 of 5 in the loop"));
    }

    void page_besideTheLoop_standsAtItsRoom() {
        Page page(PageId::Runs);
        QCOMPARE(page.accessibleName(), QStringLiteral("Runs, beside Train in the loop"));
        const auto rooms = page.nextStepBar().findChildren<QToolButton*>();
        QCOMPARE(rooms[3]->property("room").toString(), QStringLiteral("current"));
        QSignalSpy went(&page, &Page::goTo);
        rooms[3]->click();  // it is another page than Runs
        QCOMPARE(went.last().first().value<PageId>(), PageId::Train);
    }

    void page_tab_goesHeadBodyNextStep() {
        Page page(PageId::Prompts);
        page.setNextStep({{}, QStringLiteral("Next: train"), PageId::Train, true, false});
        auto* edit = new QLineEdit(&page);
        page.bodyLayout()->addWidget(edit);
        QPushButton* action = page.head().addButton(QStringLiteral("Act"));  // made last, stands first
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        action->setFocus();
        QTest::keyClick(&page, Qt::Key_Tab);
        QCOMPARE(page.focusWidget(), edit);
        auto* later = new QLineEdit(&page);  // comes while the page is used
        page.bodyLayout()->addWidget(later);
        later->show();
        QTest::keyClick(edit, Qt::Key_Tab);
        QCOMPARE(page.focusWidget(), later);
        for (int i = 0; i < 12 && page.focusWidget() != page.nextStepBar().button(); ++i) {
            QTest::keyClick(page.focusWidget(), Qt::Key_Tab);
            QVERIFY(page.focusWidget() != edit && page.focusWidget() != action);
        }
        QCOMPARE(page.focusWidget(), page.nextStepBar().button());
    }

    void splitter_shares_divideTheFirstShowing() {
        Splitter splitter(Qt::Horizontal);
        splitter.addPane(new QWidget, 3);
        splitter.addPane(new QWidget, 1);
        splitter.resize(812, 100);
        splitter.show();
        QVERIFY(qAbs(splitter.sizes()[0] - 600) < 10);
        QCOMPARE(splitter.handleWidth(), 12);
    }

    void splitter_restoredSizes_winOverShares() {
        Splitter splitter(Qt::Horizontal);
        splitter.addPane(new QWidget, 1);
        splitter.addPane(new QWidget, 1);
        splitter.resize(812, 100);
        splitter.setSizes({100, 700});
        splitter.show();
        QVERIFY(qAbs(splitter.sizes()[0] - 100) < 10);
    }

    void codeView_spanFinder_followsTyping() {
        CodeView view;
        view.setSpanFinder([](const QString& text) {
            QVector<CodeSpan> spans;
            const int at = static_cast<int>(text.indexOf(QStringLiteral("{input}")));
            if (at >= 0) spans.push_back({at, 7, CodeSpan::Look::Field, {}});
            return spans;
        });
        QVERIFY(view.spans().isEmpty());
        view.insertPlainText(QStringLiteral("a {input}"));
        QCOMPARE(view.spans().size(), 1);
        QCOMPARE(view.extraSelections().size(), 1);
        QCOMPARE(view.extraSelections().first().cursor.selectedText(), QStringLiteral("{input}"));
    }

    void panel_busy_showsNothingForShortWork() {
        Panel panel(QStringLiteral("Loss"));
        panel.show();
        auto* line = panel.findChild<ProgressLine*>();
        panel.setBusy(true);
        QVERIFY(!line->isVisible());
        panel.setBusy(false);
        QTest::qWait(450);
        QVERIFY(!line->isVisible());
        panel.setBusy(true);
        QTRY_VERIFY(line->isVisible());
    }

    void panelHead_tooNarrowForOneRow_takesTwo() {
        QWidget window;
        Panel panel(&window);
        auto* left = new QPushButton(QStringLiteral("What stands at the left"));
        auto* right = new QPushButton(QStringLiteral("What stands at the right"));
        panel.addHeadLeading(left);
        panel.addHeadWidget(right);
        panel.setHeadWraps(true);
        window.resize(1200, 300);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const int whole = panel.headWidth();
        for (int i = 0; i < 2; ++i) {
            panel.resize(whole + 20, 200);
            QTRY_VERIFY(!panel.isHeadWrapped() && right->x() > left->geometry().right());
            panel.resize(whole - 20, 200);
            QTRY_VERIFY(panel.isHeadWrapped() && right->y() > left->geometry().bottom());
            QVERIFY(right->width() >= right->minimumSizeHint().width());
            QCOMPARE(panel.headWidth(), whole);
            QVERIFY(panel.minimumSizeHint().width() < whole - 20);
        }
        panel.resize(whole + 20, 200);
        QTRY_VERIFY(!panel.isHeadWrapped());
        left->setText(QStringLiteral("What stands at the left, in a longer language"));
        QTRY_VERIFY(panel.isHeadWrapped());
    }

    void elidedLabel_narrow_doesNotWidenItsParent() {
        ElidedLabel label(QString(300, u'x'));
        QVERIFY(label.minimumSizeHint().width() < 60);
        QVERIFY(label.sizeHint().width() > 600);
    }

    void elidedComboBox_longChoice_endsInDots() {
        ElidedComboBox box;
        box.addItem(QStringLiteral("a model with quite a long name"));
        box.resize(400, 28);
        QCOMPARE(box.shownText(), box.currentText());
        box.resize(120, 28);
        QVERIFY(box.shownText().endsWith(u'…') && box.shownText().size() > 3);
        QVERIFY(!box.grab().isNull());
    }

    void dialogFrame_cancelAndVerb_closeOrReport() {
        struct Dialog : DialogFrame {
            Dialog() : DialogFrame(nullptr) { addHelp(QStringLiteral("Help."), 200); }
        } dialog;
        dialog.acceptButton()->setText(QStringLiteral("Do it"));
        QSignalSpy rejected(&dialog, &QDialog::rejected);
        QSignalSpy pressed(dialog.acceptButton(), &QPushButton::clicked);
        dialog.open();
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(pressed.count(), 1);
        QVERIFY(dialog.isVisible());  // whoever derives from it says what the verb does
        dialog.cancelButton()->click();
        QCOMPARE(rejected.count(), 1);
    }

    void keyFigures_values_areNamedForScreenReaders() {
        KeyFigures figures(KeyFigures::Form::Boxes);
        const int steps = figures.addFigure(QStringLiteral("Steps"));
        figures.setValue(steps, QStringLiteral("411"), QStringLiteral("137 an epoch"));
        QCOMPARE(figures.value(steps), QStringLiteral("411"));
        bool named = false;
        for (QWidget* child : figures.findChildren<QWidget*>())
            named = named || child->accessibleName() == QStringLiteral("Steps 411 137 an epoch");
        QVERIFY(named);
    }

    void keyFigures_narrowLine_givesUpItsCaptionsAndCutsNothing() {
        QWidget window;
        KeyFigures figures(KeyFigures::Form::Compact, &window);
        for (const char* label : {"Step", "Epoch", "Train loss"})
            figures.setValue(figures.addFigure(QString::fromLatin1(label)), QStringLiteral("10.45"),
                             QStringLiteral("/ 217"));
        window.resize(1200, 100);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto captions = [&] {
            int shown = 0;
            for (const QLabel* label : figures.findChildren<QLabel*>())
                shown += label->text().startsWith(u'/') && label->isVisible();
            return shown;
        };
        const auto cut = [&] {
            int labels = 0;
            for (const QLabel* label : figures.findChildren<QLabel*>())
                labels += label->isVisible() && label->width() < label->sizeHint().width();
            return labels;
        };
        for (int i = 0; i < 2; ++i) {
            figures.resize(1100, 40);
            QTRY_COMPARE(captions(), 3);
            QTRY_COMPARE(cut(), 0);
            figures.resize(figures.minimumSizeHint().width(), 40);
            QTRY_COMPARE(captions(), 0);
            QTRY_COMPARE(cut(), 0);
        }
    }

    void emptyState_narrowPanel_breaksItsSentence() {
        QWidget panel;
        EmptyState state(Icon::Data, &panel);
        state.setSentence(
            QStringLiteral("A sentence that is so long that it takes two lines or three of them."));
        for (const int width : {600, 240}) {
            state.resize(width, 300);
            for (const QLabel* label : state.findChildren<QLabel*>())
                QVERIFY2(label->width() <= width && label->maximumWidth() <= width,
                         qPrintable(QString::number(label->width())));
        }
        QVERIFY(state.minimumSizeHint().width() < 200);
    }

    void emptyState_button_reportsClicks() {
        EmptyState state(Icon::Data);
        state.setSentence(QStringLiteral("Rows will be here."));
        QVERIFY(state.button()->isHidden());
        state.setButtonText(QStringLiteral("Import…"));
        QSignalSpy clicked(&state, &EmptyState::clicked);
        state.button()->click();
        QCOMPARE(clicked.count(), 1);
    }
};

STUDIO_TEST(WidgetsTest)
#include "widgets_test.moc"
