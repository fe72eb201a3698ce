// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/prompts_page.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>

#include "core/base/files.h"
#include "core/data/example.h"
#include "core/storage/run_folder.h"
#include "tests/support/desktop_font.h"
#include "tests/support/tab_walk.h"
#include "tests/ui/prompts/prompts_fixture.h"
#include "ui/prompts/length_chart.h"
#include "ui/prompts/length_panel.h"
#include "ui/prompts/row_panel.h"
#include "ui/prompts/template_editor.h"
#include "ui/prompts/token_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/token_view.h"

using namespace studio;
using namespace studio::ui;
using studio::test::promptPair;
using studio::test::PromptsFixture;

namespace {

void typeAtEnd(CodeView* edit, const QString& text) {
    edit->moveCursor(QTextCursor::End);
    QTest::keyClicks(edit, text);
}

}  // namespace

class PromptsPageTest : public QObject {
    Q_OBJECT

private:
    static void picture(PromptsFixture& fixture, const QString& name) {
        QTest::qWait(100);
        const QImage image = fixture.page->grab().toImage();
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 7) {
            for (int x = 0; x < image.width(); x += 7) colors.insert(image.pixel(x, y));
        }
        QVERIFY2(colors.size() > 12, "the page is drawn");
        const QString folder = qEnvironmentVariable("STUDIO_SCREENSHOTS");
        if (!folder.isEmpty()) QVERIFY(image.save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }

private Q_SLOTS:
    void row_shown_isTheExactPromptAndResponse() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        PromptsFixture fixture(model,
                               {promptPair("Say it: {input}\tor\xC2\xA0not.", "two\r\nlines", "Done.")});
        const Record record = *fixture.session.project().record(fixture.page->rowPanel()->row());
        const std::string exact =
            hydratedPrompt(builtInTemplates().front(), record.instruction, record.input) + record.output;
        fixture.page->rowPanel()->copyButton()->click();
        QCOMPARE(QGuiApplication::clipboard()->text().toStdString(), exact);
        const QString shown = fixture.page->rowPanel()->view()->document()->toRawText();
        QCOMPARE(shown.size(), QString::fromStdString(exact).size());  // every span keeps its place
        const auto& spans = fixture.page->rowPanel()->view()->spans();
        QCOMPARE(spans.size(), 3);  // instruction, input, response
        QCOMPARE(shown.mid(spans[2].begin, spans[2].length), QStringLiteral("Done."));
    }

    void chatModel_itsTemplate_becomesTheProjects() {
        STUDIO_NEEDS_ASSET(plain, "models/stories260K");
        const test::TemporaryFolder models;
        for (const auto& entry : std::filesystem::directory_iterator(plain))
            if (entry.is_regular_file())
                std::filesystem::copy_file(entry.path(), models / entry.path().filename());
        writeFileAtomically(
            models / "chat_template.jinja",
            "{{ bos_token }}{% for m in messages %}{% if m.role == 'user' %}U: {{ m.content }}\nA:"
            "{% else %} {{ m.content }}{{ eos_token }}{% endif %}{% endfor %}");
        PromptsFixture fixture(models.path(), {promptPair("Say it.", "loudly", "Done.")});
        PromptsPage& page = *fixture.page;
        QVERIFY(page.note()->isVisible());  // says that there is one
        QComboBox* box = page.templateBox();
        const int last = box->count() - 1;
        QVERIFY(box->itemText(last).startsWith(QStringLiteral("Chat template of ")));
        Q_EMIT box->activated(last);
        const PromptTemplate chosen = fixture.session.currentTemplate();
        QVERIFY(chosen.isChat());
        QCOMPARE(chosen.name, std::string("chat"));
        QVERIFY(!page.note()->isVisible());
        QCOMPARE(box->currentData().toString(), QStringLiteral("chat"));
        QCOMPARE(box->findText(QStringLiteral("Chat template of "), Qt::MatchStartsWith), -1);

        const QString shown = page.rowPanel()->view()->document()->toPlainText();
        QCOMPARE(shown, QStringLiteral("<s>U: Say it.\n\nloudly\nA: Done.</s>"));
        const QVector<TokenChip>& chips = page.tokenPanel()->view()->tokens();
        QCOMPARE(chips.front().id, 1);  // <s>, once
        QVERIFY(chips[1].id != 1);
        QCOMPARE(chips.back().id, 2);
        QVERIFY(chips.back().kind == TokenChip::Kind::End);

        TemplateEditor* editor = page.editor();
        QVERIFY(editor->tabs()->isTabVisible(TemplateEditor::Chat));
        QVERIFY(editor->chatView()->isReadOnly());
        QTRY_VERIFY(editor->tabs()->width() >= editor->tabs()->tabRect(TemplateEditor::Chat).right());
        editor->setTab(TemplateEditor::Chat);
        QVERIFY(editor->chatView()->toPlainText().contains(QStringLiteral("bos_token")));
        const auto* help = editor->chatView()->parentWidget()->findChild<QLabel*>();
        QVERIFY(help && help->isVisible() && help->text().contains(QStringLiteral("Jinja")));
        picture(fixture, QStringLiteral("prompts_chat"));
        editor->setTab(TemplateEditor::Response);
        QVERIFY(!editor->separatorEdit()->isVisible());
        QVERIFY(!editor->endTokenBox()->isVisible());
        picture(fixture, QStringLiteral("prompts_chat_response"));

        // Back, and chosen again: it is the same one.
        fixture.session.setCurrentTemplate(QStringLiteral("alpaca"));
        QVERIFY(!editor->tabs()->isTabVisible(TemplateEditor::Chat));
        QVERIFY(editor->tabs()->currentIndex() != TemplateEditor::Chat);
        fixture.session.useChatTemplate();
        QCOMPARE(fixture.session.currentTemplate().name, std::string("chat"));
        QCOMPARE(fixture.session.templates().size(), builtInTemplates().size() + 1);

        // Chosen while another page is seen, and shown twice: as where a project is opened on another page.
        fixture.session.setCurrentTemplate(QStringLiteral("alpaca"));
        QTRY_COMPARE(editor->tabs()->tabRect(TemplateEditor::Chat).width(), 0);
        page.hide();
        fixture.session.useChatTemplate();
        QEvent translated(QEvent::LanguageChange);
        QCoreApplication::sendEvent(&page, &translated);
        page.show();
        const QRect tab = editor->tabs()->tabRect(TemplateEditor::Chat);
        QVERIFY(tab.width() > 0);
        QTRY_VERIFY(editor->tabs()->width() >= tab.right());
    }

    void tab_fromTheTop_reachesEverythingInReadingOrder() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        PromptsFixture fixture(model, PromptsFixture::rows(20));
        QVERIFY(QTest::qWaitForWindowActive(fixture.page.get()));
        QTRY_VERIFY(fixture.page->lengthPanel()->isCounted());
        QCOMPARE(test::tabWalkProblem(fixture.page.get()), QString());
    }

    void lengthChart_anyCutoff_itsWordsStayInside() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        PromptsFixture fixture(model, PromptsFixture::rows(30));
        QTRY_VERIFY(fixture.page->lengthPanel()->isCounted());
        auto* chart = fixture.page->lengthPanel()->findChild<LengthChart*>();
        auto* box = fixture.page->lengthPanel()->findChild<QSpinBox*>();
        QVERIFY(box->toolTip().contains(QStringLiteral("At most 512 for this model.")));
        for (const int cutoff : {16, 64, 112, 128, 160, 200, 256, 512}) {
            box->setValue(cutoff);
            const QRectF words = chart->cutoffLabelRect();
            QVERIFY(words.isValid());
            QVERIFY2(QRectF(chart->rect()).contains(words), qPrintable(QString::number(cutoff)));
        }
    }

    void largeFont_lengthsAreNotCut() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const test::DesktopFont font(14);
        Theme theme(*qApp);
        PromptsFixture fixture(model, PromptsFixture::rows(30));
        QTRY_VERIFY(fixture.page->lengthPanel()->isCounted());
        const auto* table = fixture.page->lengthPanel()->findChild<QTableView*>();
        QVERIFY(lineRoom(24) > 24);
        QCOMPARE(table->rowHeight(0), lineRoom(24));
        QVERIFY(table->viewport()->height() >= table->model()->rowCount() * lineRoom(24));
        const QFontMetrics heads(roleFont(TextRole::Secondary));
        for (int column = 0; column < table->model()->columnCount(); ++column) {
            const QString head = table->model()->headerData(column, Qt::Horizontal).toString();
            QTRY_VERIFY2(heads.horizontalAdvance(head) + 14 <= table->columnWidth(column), qPrintable(head));
        }
    }

    void lowLengthChart_saysOnlyWhatHasRoom() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        PromptsFixture fixture(model, PromptsFixture::rows(30));
        QTRY_VERIFY(fixture.page->lengthPanel()->isCounted());
        auto* chart = fixture.page->lengthPanel()->findChild<LengthChart*>();
        const int line = QFontMetrics(roleFont(TextRole::Caption)).height();
        chart->resize(300, 200);
        const double whole = chart->cutoffLabelRect().height();
        chart->resize(300, 4 * line);
        QVERIFY(chart->cutoffLabelRect().height() < whole);
        QVERIFY(chart->cutoffLabelRect().bottom() <= chart->height() - line);  // the axis is free
    }

    void tokens_ofRow_areThoseOfTraining() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        PromptsFixture fixture(model, PromptsFixture::rows(3));
        QVERIFY2(fixture.session.tokenizer(), qPrintable(fixture.session.tokenizerProblem()));
        const Record record = *fixture.session.project().record(fixture.page->rowPanel()->row());
        const Example example =
            buildExample(record, builtInTemplates().front(), *fixture.session.tokenizer(), {});
        const auto& chips = fixture.page->tokenPanel()->view()->tokens();
        QCOMPARE(chips.size(), static_cast<qsizetype>(example.ids.size()));
        QByteArray bytes;
        for (qsizetype i = 0; i < chips.size(); ++i) {
            QCOMPARE(chips[i].id, example.ids[static_cast<std::size_t>(i)]);
            QCOMPARE(chips[i].trained, example.trained[static_cast<std::size_t>(i)] != 0);
            if (chips[i].byteEnd > chips[i].byteBegin)
                bytes += chips[i].text.isEmpty() ? chips[i].bytes : chips[i].text.toUtf8();
        }
        QCOMPARE(
            bytes.toStdString(),
            hydratedPrompt(builtInTemplates().front(), record.instruction, record.input) + record.output);
        QCOMPARE(chips.back().kind, TokenChip::Kind::End);
        const int response = static_cast<int>(example.ids.size()) - example.promptLength - 1;
        QCOMPARE(fixture.page->tokenPanel()->sum(), QStringLiteral("%1 = prompt %2 + response %3 + end 1")
                                                        .arg(example.ids.size())
                                                        .arg(example.promptLength)
                                                        .arg(response));
    }

    void typing_movesTextAndTokensWithin100Milliseconds() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        PromptsFixture fixture(model, PromptsFixture::rows(3));
        CodeView* edit = fixture.page->editor()->textEdit(TemplateEditor::WithInput);
        const qsizetype before = fixture.page->tokenPanel()->view()->tokens().size();
        edit->moveCursor(QTextCursor::End);
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(edit, Qt::Key_Exclam);
        const qint64 took = clock.elapsed();
        QVERIFY(fixture.page->rowPanel()->view()->toPlainText().contains(QStringLiteral("### Response:!\n")));
        QCOMPARE(fixture.page->tokenPanel()->view()->tokens().size(), before + 1);
        QVERIFY2(took < 100, qPrintable(QString::number(took)));
    }

    void builtInTemplate_edited_becomesAStoredCopy() {
        PromptsFixture fixture({}, PromptsFixture::rows(2));
        QCOMPARE(fixture.page->templateBox()->currentText(), QStringLiteral("Alpaca"));
        typeAtEnd(fixture.page->editor()->textEdit(TemplateEditor::WithInput), QStringLiteral(" now"));
        QCOMPARE(fixture.page->templateBox()->currentText(), QStringLiteral("Alpaca copy"));
        QVERIFY(fixture.page->editor()->note()->text().contains(QStringLiteral("stays as it is")));
        QTRY_COMPARE(fixture.session.currentTemplate().name, std::string("alpaca-copy"));
        QVERIFY(QString::fromStdString(fixture.session.currentTemplate().withInput)
                    .endsWith(QStringLiteral("### Response: now")));
        QCOMPARE(builtInTemplates().front().name, std::string("alpaca"));
        // Typing goes on in the same copy, with the cursor where it was.
        QTest::keyClicks(fixture.page->editor()->textEdit(TemplateEditor::WithInput), QStringLiteral("!"));
        QVERIFY(fixture.page->draft().flush());
        QCOMPARE(fixture.session.templates().size(), builtInTemplates().size() + 1);
        QVERIFY(QString::fromStdString(fixture.session.currentTemplate().withInput)
                    .endsWith(QStringLiteral("now!")));
    }

    void templateOfARun_edited_becomesACopy() {
        PromptsFixture fixture({}, PromptsFixture::rows(2));
        fixture.page->draft().makeCopy(QStringLiteral("Mine"));
        const std::filesystem::path run = fixture.session.project().runsFolder() / "round-1";
        std::filesystem::create_directories(run);
        RunFolder(run).writeRun({{"name", "round-1"}, {"template", {{"name", "mine"}}}});
        fixture.session.notifyRunsChanged();
        if (fixture.page->draft().runCount() != 1) QFAIL("the run does not name its template");
        const PromptTemplate before = fixture.session.currentTemplate();
        typeAtEnd(fixture.page->editor()->textEdit(TemplateEditor::WithoutInput), QStringLiteral(" x"));
        QVERIFY(fixture.page->draft().flush());
        QCOMPARE(fixture.session.currentTemplate().name, std::string("mine-copy"));
        QVERIFY(findTemplate("mine", fixture.session.project().templatesFolder()) == before);
    }

    void unknownField_isUnderlinedNamedAndNotStored() {
        PromptsFixture fixture({}, PromptsFixture::rows(2));
        CodeView* edit = fixture.page->editor()->textEdit(TemplateEditor::WithInput);
        typeAtEnd(edit, QStringLiteral("{instrucion}"));
        QCOMPARE(fixture.page->editor()->footText(),
                 QStringLiteral("{instrucion}: did you mean {instruction}?"));
        const auto& spans = edit->spans();
        QVERIFY(std::any_of(spans.begin(), spans.end(), [](const CodeSpan& span) {
            return span.look == CodeSpan::Look::Unknown &&
                   span.tooltip.contains(QStringLiteral("did you mean"));
        }));
        QVERIFY(!fixture.page->rowPanel()->note()->text().isEmpty());
        QVERIFY(!fixture.page->draft().flush());
        QCOMPARE(fixture.session.currentTemplate().name, std::string("alpaca"));
        QVERIFY(fixture.page->nextStepBar().step().warning);
        // Another template is not chosen over a fault without a word.
        QComboBox* box = fixture.page->templateBox();
        Q_EMIT box->activated(box->findData(QStringLiteral("plain")));
        QCOMPARE(fixture.session.currentTemplate().name, std::string("alpaca"));
        QCOMPARE(fixture.page->note()->kind(), NoteKind::Warning);
    }

    void separatorAndEnd_edited_changeTheRow() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        PromptsFixture fixture(model, PromptsFixture::rows(2));
        QLineEdit* separator = fixture.page->editor()->separatorEdit();
        QCOMPARE(separator->text(), QStringLiteral("\\n"));
        separator->selectAll();
        QTest::keyClicks(separator, QStringLiteral("\\n=> "));
        fixture.page->editor()->endTokenBox()->setChecked(false);
        QVERIFY(fixture.page->draft().flush());
        QCOMPARE(fixture.session.currentTemplate().separator, std::string("\n=> "));
        QVERIFY(!fixture.session.currentTemplate().appendEos);
        QVERIFY(fixture.page->rowPanel()->view()->toPlainText().contains(
            QStringLiteral("### Response:\n=> German")));
        QVERIFY(fixture.page->tokenPanel()->view()->tokens().back().kind == TokenChip::Kind::Response);
    }

    void copyButton_namedByTheUser_storesAndSelects() {
        PromptsFixture fixture({}, PromptsFixture::rows(2));
        fixture.dialogs.text = QStringLiteral("Für Länder 2");
        fixture.page->copyButton()->click();
        QCOMPARE(fixture.session.currentTemplate().title, std::string("Für Länder 2"));
        QCOMPARE(fixture.page->templateBox()->currentText(), QStringLiteral("Für Länder 2"));
    }

    void cutoff_changed_cutsTokensAndIsShared() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        PromptsFixture fixture(model, PromptsFixture::rows(40));
        QTRY_VERIFY(fixture.page->lengthPanel()->isCounted());
        const int whole = static_cast<int>(fixture.page->tokenPanel()->view()->tokens().size());
        fixture.page->lengthPanel()->cutoffBox()->setValue(whole - 2);
        QCOMPARE(fixture.session.cutoff(), qint64(whole - 2));
        const auto& chips = fixture.page->tokenPanel()->view()->tokens();
        QCOMPARE(chips.size(), whole);
        QCOMPARE(chips[whole - 1].kind, TokenChip::Kind::Cut);
        QCOMPARE(chips[whole - 2].kind, TokenChip::Kind::Cut);
        QVERIFY(chips[whole - 3].kind != TokenChip::Kind::Cut);
        QVERIFY(!fixture.page->tokenPanel()->badge()->content().text.isEmpty());
        // The same rows that training would cut.
        ExampleSettings settings;
        settings.cutoff = whole - 2;
        const ExampleSet set =
            buildExamples(trainingRecords(fixture.session.project()).train, builtInTemplates().front(),
                          *fixture.session.tokenizer(), settings);
        const CutoffEffect effect = fixture.page->lengthPanel()->effect();
        QCOMPARE(effect.cut, static_cast<qint64>(set.cutRows.size()));
        QCOMPARE(effect.dropped, static_cast<qint64>(set.emptyRows.size()));
        QCOMPARE(effect.tokens, static_cast<qint64>(set.tokenCount));
        QVERIFY(effect.cut > 0);
        const QAbstractItemModelTester tester(fixture.page->lengthPanel()->table()->model());
        QVERIFY(fixture.page->lengthPanel()->table()->model()->rowCount() >= 2);
        fixture.page->lengthPanel()->showCutButton()->click();
        QVERIFY(fixture.page->tokenPanel()->badge()->content().kind != BadgeKind::Ok);
        QVERIFY(!fixture.page->tokenPanel()->badge()->content().text.isEmpty());
    }

    void rows_steppedThrough_followTheSession() {
        PromptsFixture fixture({}, PromptsFixture::rows(3));
        RowPanel* panel = fixture.page->rowPanel();
        const qint64 first = panel->row();
        QVERIFY(!panel->previousButton()->isEnabled());
        panel->nextButton()->click();
        QCOMPARE(fixture.session.currentRow(), panel->rows()[1]);
        QVERIFY(panel->row() != first);
        panel->rowBox()->setValue(static_cast<int>(panel->rows()[2]));
        QCOMPARE(fixture.session.currentRow(), panel->rows()[2]);
        QVERIFY(!panel->nextButton()->isEnabled());
        Record edited = *fixture.session.project().record(panel->row());
        edited.instruction = "Something else";
        fixture.session.updateRecord(edited, false);
        QVERIFY(panel->view()->toPlainText().contains(QStringLiteral("Something else")));
    }

    void emptyProject_leadsToData() {
        PromptsFixture fixture({}, {});
        QSignalSpy away(fixture.page.get(), &Page::goTo);
        bool clicked = false;
        for (QPushButton* button : fixture.page->findChildren<QPushButton*>()) {
            if (button->text() != QStringLiteral("Go to Data") || !button->isVisible()) continue;
            button->click();
            clicked = true;
        }
        QVERIFY(clicked);
        QCOMPARE(away.front().front().value<PageId>(), PageId::Data);
    }

    void noTokenizer_saysWhyAndTheTextStays() {
        PromptsFixture fixture({}, PromptsFixture::rows(2));
        QVERIFY(!fixture.session.tokenizer());
        QCOMPARE(fixture.page->tokenPanel()->note()->text(), fixture.session.tokenizerProblem());
        QVERIFY(fixture.page->rowPanel()->view()->toPlainText().contains(QStringLiteral("Guten Morgen")));
    }

    void page_isDrawn_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void page_isDrawn() {
        QFETCH(bool, dark);
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        Theme theme(*qApp);
        theme.setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        const QString look = dark ? QStringLiteral("dark") : QStringLiteral("light");
        PromptsFixture fixture(model, PromptsFixture::rows(220));
        QTRY_VERIFY(fixture.page->lengthPanel()->isCounted());
        picture(fixture, QStringLiteral("prompts-") + look);
        fixture.page->lengthPanel()->cutoffBox()->setValue(
            static_cast<int>(fixture.page->tokenPanel()->view()->tokens().size()) - 4);
        fixture.page->editor()->setTab(TemplateEditor::Response);
        picture(fixture, QStringLiteral("prompts-cut-") + look);
        fixture.page->editor()->setTab(TemplateEditor::WithInput);
        typeAtEnd(fixture.page->editor()->textEdit(TemplateEditor::WithInput),
                  QStringLiteral(" {instrucion}"));
        picture(fixture, QStringLiteral("prompts-fault-") + look);
    }
};

STUDIO_TEST(PromptsPageTest)
#include "prompts_page_test.moc"
