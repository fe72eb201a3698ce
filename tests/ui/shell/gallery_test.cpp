// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the shell with sample pages made of every shared widget. With STUDIO_SHOTS set to a folder, the
// pictures are kept there to be looked at; without it the test still checks that nothing is cut off or left
// empty.
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QVBoxLayout>

#include "tests/support/studio_test.h"
#include "ui/dialogs/qt_dialogs.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/main_window.h"
#include "ui/shell/sidebar.h"
#include "ui/shell/studio_status_bar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/badge_delegate.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/key_figures.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/progress_line.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/token_view.h"

using namespace studio::ui;

namespace {

class SampleData : public Page {
public:
    SampleData() : Page(PageId::Data) {
        head().setFact(QStringLiteral("2,418 rows · 2,301 accepted · 86 draft · 31 rejected"));
        head().addIconButton(Icon::Undo, QStringLiteral("Undo"));
        head().addIconButton(Icon::Redo, QStringLiteral("Redo"))->setEnabled(false);
        head().addButton(QStringLiteral("Split…"));
        head().addButton(QStringLiteral("Export…"));
        head().addButton(Icon::Add, QStringLiteral("Add row"));
        head().addPrimaryButton(Icon::Import, QStringLiteral("Import…"));
        auto* filters = new QHBoxLayout;
        filters->setSpacing(8);
        auto* search = new SearchField(this);
        search->setPlaceholderText(QStringLiteral("Search all text"));
        search->setFixedWidth(260);
        filters->addWidget(search);
        for (const char* text : {"Status: any", "Split: any", "Source: any"}) {
            auto* combo = new QComboBox(this);
            combo->addItem(QLatin1String(text));
            combo->setMinimumWidth(124);
            filters->addWidget(combo);
        }
        auto* count = new QLabel(QStringLiteral("All rows"), this);
        setTextRole(count, TextRole::Secondary);
        setTone(count, Tone::Tertiary);
        filters->addWidget(count);
        filters->addStretch(1);
        bodyLayout()->addLayout(filters);
        auto* split = new Splitter(Qt::Vertical, this);
        split->addPane(makeTable(), 3);
        split->addPane(makeEditor(), 2);
        bodyLayout()->addWidget(split, 1);
        setNextStep({QStringLiteral("3 errors to clear, 46 rows cut"),
                     QStringLiteral("Next: see what the model sees"), PageId::Prompts, true, false});
    }
    QString sidebarNote() const override { return QStringLiteral("2,418"); }

private:
    QWidget* makeTable() {
        auto* panel = new Panel(this);
        panel->setHeadVisible(false);
        auto* model = new QStandardItemModel(0, 6, this);
        model->setHorizontalHeaderLabels({QStringLiteral("Row"), QString(), QStringLiteral("Instruction"),
                                          QStringLiteral("Input"), QStringLiteral("Response"),
                                          QStringLiteral("Split")});
        const QStringList texts{QStringLiteral("What is the capital of Mexico?"),
                                QStringLiteral("臺灣最高的山是哪一座？"),
                                QStringLiteral("Reword this sentence to increase clarity"),
                                QStringLiteral("用「黎明」、「天空」和「廣闊」這三個詞造一個句子。"),
                                QStringLiteral("Create an AI chatbot")};
        for (int i = 0; i < 10; ++i) {
            QList<QStandardItem*> items;
            for (int c = 0; c < 6; ++c) items.push_back(new QStandardItem);
            items[0]->setText(QString::number(204 + i));
            items[0]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            items[0]->setData(QVariant::fromValue(Tone::Tertiary), CellDelegate::kToneRole);
            const StatusContent states[] = {{Icon::Check, Tone::Ok, QStringLiteral("Accepted")},
                                            {Icon::Draft, Tone::Tertiary, QStringLiteral("Draft")},
                                            {Icon::Rejected, Tone::Tertiary, QStringLiteral("Rejected")}};
            items[1]->setData(QVariant::fromValue(states[i % 4 == 3 ? 1
                                                         : i == 8   ? 2
                                                                    : 0]),
                              StatusDelegate::kStatusRole);
            items[2]->setText(texts[i % texts.size()]);
            items[3]->setText(i % 2 ? QString()
                                    : QStringLiteral("The idea of her being so brave made me smile"));
            items[3]->setData(QVariant::fromValue(Tone::Secondary), CellDelegate::kToneRole);
            items[4]->setText(
                QStringLiteral("The thought of her displaying such courage brought a smile to my face."));
            items[5]->setData(
                QVariant::fromValue(BadgeContent{i % 3 ? BadgeKind::Neutral : BadgeKind::Accent,
                                                 i % 3 ? QStringLiteral("Train") : QStringLiteral("Test"),
                                                 {}}),
                BadgeDelegate::kBadgeRole);
            model->appendRow(items);
        }
        auto* table = new QTableView(this);
        table->setModel(model);
        table->setItemDelegate(new CellDelegate(table));
        table->setItemDelegateForColumn(1, new StatusDelegate(table));
        table->setItemDelegateForColumn(5, new BadgeDelegate(table));
        table->verticalHeader()->hide();
        table->verticalHeader()->setDefaultSectionSize(28);
        table->horizontalHeader()->setStretchLastSection(true);
        table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        table->horizontalHeader()->setHighlightSections(false);
        table->setSelectionBehavior(QAbstractItemView::SelectRows);
        table->setShowGrid(false);
        table->setWordWrap(false);
        table->setColumnWidth(0, 54);
        table->setColumnWidth(1, 28);
        table->setColumnWidth(2, 260);
        table->setColumnWidth(3, 200);
        table->setColumnWidth(4, 330);
        table->selectRow(3);
        panel->setBodyWidget(table);
        return panel;
    }

    QWidget* makeEditor() {
        auto* panel = new Panel(QStringLiteral("Row 207"), this);
        panel->addBadge()->set(BadgeKind::Ok, QStringLiteral("Accepted"));
        panel->addBadge()->set(BadgeKind::Accent, QStringLiteral("Edited"));
        panel->addBadge()->set(BadgeKind::Warning, QStringLiteral("135 of 128 tokens"));
        panel->addBadge()->set(BadgeKind::Error, QStringLiteral("截斷 7"));
        auto* saved = new QLabel(QStringLiteral("Saved as you type"), this);
        setTextRole(saved, TextRole::Secondary);
        setTone(saved, Tone::Tertiary);
        panel->addHeadWidget(saved);
        panel->addHeadButton(Icon::ChevronLeft, QStringLiteral("Previous row"));
        panel->addHeadButton(Icon::ChevronRight, QStringLiteral("Next row"));
        auto* row = new QHBoxLayout;
        row->setSpacing(12);
        for (const char* text :
             {"Summarise the call for the ticket: product, problem, customer.",
              "MK401-27KX reported broken by customer 5402: red light since this morning."}) {
            auto* edit = new QPlainTextEdit(QLatin1String(text), this);
            row->addWidget(edit);
        }
        panel->bodyLayout()->addLayout(row);
        return panel;
    }
};

class SamplePrompts : public Page {
public:
    SamplePrompts() : Page(PageId::Prompts) {
        head().setFact(QStringLiteral("The same template everywhere, kept with the model"));
        auto* combo = new QComboBox(this);
        combo->addItems({QStringLiteral("Alpaca"), QStringLiteral("Question and answer")});
        head().addWidget(new QLabel(QStringLiteral("Template"), this));
        head().addWidget(combo);
        head().addButton(Icon::Duplicate, QStringLiteral("Duplicate"));
        auto* outer = new Splitter(Qt::Vertical, this);
        auto* top = new Splitter(Qt::Horizontal, this);
        top->addPane(makeCode(true), 1);
        top->addPane(makeCode(false), 1);
        outer->addPane(top, 1);
        outer->addPane(makeTokens(), 1);
        bodyLayout()->addWidget(outer, 1);
        setNextStep({QStringLiteral("46 of 2,181 rows lose their end"), QStringLiteral("Next: train"),
                     PageId::Train, true, true});
    }
    QString sidebarNote() const override { return QStringLiteral("Alpaca"); }

private:
    QWidget* makeCode(bool editor) {
        auto* panel = new Panel(editor ? QString() : QStringLiteral("What the model sees"), this);
        auto* code = new CodeView(this);
        if (editor) {
            auto* tabs = new SegmentedControl(this);
            tabs->addSegment(QStringLiteral("With input"));
            tabs->addSegment(QStringLiteral("Without input"));
            tabs->addSegment(QStringLiteral("Response and end"));
            tabs->setSmall(true);
            panel->addHeadLeading(tabs);
            code->setLineNumbersVisible(true);
        }
        const QString text = QStringLiteral(
            "Below is an instruction that describes a task, paired with an input that provides further "
            "context. Write "
            "a response that appropriately completes the request.\n\n### Instruction:\n{instruction}\n\n### "
            "Input:\n{instrucion}\n\n### Response:");
        code->setPlainText(text);
        const int at = static_cast<int>(text.indexOf(QStringLiteral("{instruction}")));
        const int bad = static_cast<int>(text.indexOf(QStringLiteral("{instrucion}")));
        code->setSpans({{at, 13, CodeSpan::Look::Field, {}},
                        {bad, 12, editor ? CodeSpan::Look::Unknown : CodeSpan::Look::Response, {}}});
        panel->setBodyWidget(code);
        return panel;
    }

    QWidget* makeTokens() {
        auto* panel = new Panel(QStringLiteral("Tokens of row 207"), this);
        panel->setFact(QStringLiteral("135 = prompt 103 + response 31 + end 1"));
        auto* ids = new QCheckBox(QStringLiteral("Ids"), this);
        ids->setChecked(true);
        panel->addHeadWidget(ids);
        auto* box = new QWidget(this);
        auto* column = new QVBoxLayout(box);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        auto* legendRow = new QHBoxLayout;
        legendRow->setContentsMargins(12, 0, 12, 0);
        legendRow->addWidget(new TokenLegend(this));
        legendRow->addStretch(1);
        column->addLayout(legendRow);
        auto* view = new TokenView(this);
        QVector<TokenChip> tokens;
        const QStringList words{
            QStringLiteral("###"),  QStringLiteral(" Instruction"), QStringLiteral(":"),
            QStringLiteral("\n"),   QStringLiteral("Sum"),          QStringLiteral("mar"),
            QStringLiteral("ise"),  QStringLiteral(" the"),         QStringLiteral(" call"),
            QStringLiteral("臺灣"), QStringLiteral(" ticket"),      QStringLiteral(".\n\n")};
        for (int i = 0; i < 110; ++i) {
            TokenChip chip;
            chip.id = (i * 7919) % 32000;
            chip.text = words[i % words.size()];
            if (i % 23 == 9) {
                chip.text.clear();
                chip.bytes = QByteArray("\xE8\x87");
            }
            chip.kind = i < 70   ? TokenChip::Kind::Prompt
                        : i < 98 ? TokenChip::Kind::Response
                                 : TokenChip::Kind::Cut;
            if (i == 97) {
                chip.kind = TokenChip::Kind::End;
                chip.text = QStringLiteral("</s>");
            }
            chip.trained = chip.kind == TokenChip::Kind::Response;
            tokens.push_back(chip);
        }
        view->setTokens(tokens, 98);
        view->addFold(0, 28, QStringLiteral("28 tokens of fixed text"));
        column->addWidget(view, 1);
        panel->setBodyWidget(box);
        return panel;
    }
};

class SampleTrain : public Page {
public:
    SampleTrain() : Page(PageId::Train) {
        head().badge().set(BadgeKind::Accent, QStringLiteral("Training"), Icon::Play);
        head().setFact(QStringLiteral("round-3-full · stories260K · all weights"));
        head().addButton(Icon::Stop, QStringLiteral("Stop…"));
        auto* progress = new Panel(this);
        progress->setHeadVisible(false);
        auto* line = new KeyFigures(KeyFigures::Form::Compact, this);
        line->setValue(line->addFigure(QStringLiteral("Step")), QStringLiteral("254"),
                       QStringLiteral("/ 411"));
        line->setValue(line->addFigure(QStringLiteral("Train loss")), QStringLiteral("2.19"));
        progress->bodyLayout()->addWidget(line);
        auto* bar = new ProgressLine(this);
        bar->setValue(0.62);
        progress->bodyLayout()->addWidget(bar);
        bodyLayout()->addWidget(progress);
        auto* note = new NoteBar(this);
        note->setNote(NoteKind::Warning,
                      QStringLiteral("Cutoff is 128. With 192 only 9 rows are cut, 5 s more."),
                      QStringLiteral("details"));
        note->setHeading(QStringLiteral("46 rows lose the end of their response"));
        note->addAction(QStringLiteral("Show rows"));
        bodyLayout()->addWidget(note);
        auto* error = new NoteBar(this);
        error->setNote(NoteKind::Error,
                       QStringLiteral("Row 88 of calls.csv has no response. Add one, or import without it."));
        error->setClosable(true);
        bodyLayout()->addWidget(error);
        auto* row = new QHBoxLayout;
        row->setSpacing(12);
        row->addWidget(makeForm(), 1);
        auto* before = new Panel(QStringLiteral("Before you start"), this);
        before->addBadge()->set(BadgeKind::Ok, QStringLiteral("9 passed"));
        before->bodyLayout()->setContentsMargins(0, 0, 0, 0);
        auto* figures = new KeyFigures(KeyFigures::Form::Boxes, this);
        figures->setValue(figures->addFigure(QStringLiteral("Steps")), QStringLiteral("411"),
                          QStringLiteral("137 an epoch"));
        figures->setValue(figures->addFigure(QStringLiteral("Time")), QStringLiteral("3 min 07 s"),
                          QStringLiteral("2,480 tokens/s"));
        figures->setValue(figures->addFigure(QStringLiteral("Memory")), QStringLiteral("1.7 GB"),
                          QStringLiteral("18.3 GB free"));
        before->bodyLayout()->addWidget(figures);
        before->bodyLayout()->addStretch(1);
        auto* start =
            new QPushButton(icon(Icon::Play, Tone::OnAccent), QStringLiteral("Start training"), this);
        setButtonLook(start, ButtonLook::Primary);
        start->setProperty("big", true);
        auto* foot = before->footLayout();
        foot->setContentsMargins(12, 8, 12, 8);
        foot->addStretch(1);
        foot->addWidget(start);
        row->addWidget(before, 1);
        bodyLayout()->addLayout(row, 1);
        setNextStep({QStringLiteral("You can leave this page; training goes on"),
                     QStringLiteral("Next: compare with the base model"), PageId::Compare, false, false});
    }
    QString sidebarNote() const override { return QStringLiteral("62 %"); }

private:
    QWidget* makeForm() {
        auto* panel = new Panel(QStringLiteral("Settings"), this);
        auto* form = new QFormLayout;
        form->setSpacing(10);
        auto* rate = new QLineEdit(QStringLiteral("2e-5"), this);
        rate->setProperty("bad", true);
        form->addRow(QStringLiteral("Learning rate"), rate);
        auto* spin = new QSpinBox(this);
        spin->setValue(3);
        form->addRow(QStringLiteral("Epochs"), spin);
        auto* method = new SegmentedControl(this);
        method->addSegment(QStringLiteral("All weights"));
        method->addSegment(QStringLiteral("LoRA"));
        form->addRow(QStringLiteral("Method"), method);
        auto* stop = new QCheckBox(QStringLiteral("after 3 evaluations"), this);
        stop->setChecked(true);
        form->addRow(QStringLiteral("Stop early"), stop);
        auto* disabled = new QComboBox(this);
        disabled->addItem(QStringLiteral("float32"));
        disabled->setEnabled(false);
        form->addRow(QStringLiteral("Number type"), disabled);
        panel->bodyLayout()->addLayout(form);
        panel->bodyLayout()->addStretch(1);
        return panel;
    }
};

class SampleCompare : public Page {
public:
    SampleCompare() : Page(PageId::Compare) {
        auto* empty = new EmptyState(Icon::Compare, this);
        empty->setSentence(QStringLiteral(
            "Here the base model and your fine-tuned model answer the same prompt side by side."));
        empty->setButtonText(QStringLiteral("Go to Train"));
        bodyLayout()->addWidget(empty, 1);
    }
};

}  // namespace

class GalleryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shell_lightAndDark_drawsEveryPage() {
        QFont font = QApplication::font();
        font.setFamily(QStringLiteral("Noto Sans"));
        font.setPointSizeF(10);
        QApplication::setFont(font);
        Theme theme(*qobject_cast<QApplication*>(qApp));
        theme.setLocale(QLocale(QLocale::Chinese, QLocale::TraditionalChineseScript, QLocale::Taiwan));
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        QtDialogs dialogs;
        MainWindow window({theme, settings, dialogs},
                          {new SampleData, new SamplePrompts, new SampleTrain, new SampleCompare});
        window.setProject(QStringLiteral("Everyday facts.ftproj"), folder.path());
        window.statusLine().setSavedText(QStringLiteral("All changes saved"));
        window.statusLine().setDevice(QStringLiteral("CPU · 2 cores · float32"));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QString shots = qEnvironmentVariable("STUDIO_SHOTS");
        for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
            theme.setMode(mode);
            for (int i = 0; i < static_cast<int>(kLoop.size()); ++i) {
                window.resize(i == 3 ? QSize(1040, 700) : QSize(1280, 800));
                window.showPage(kLoop[static_cast<std::size_t>(i)]);
                if (i == 2)
                    window.statusLine().setJob({QStringLiteral("round-3-full"), 0.62, false,
                                                QStringLiteral("62 %"), QStringLiteral("1 min 11 s left")});
                QTest::qWait(30);
                const QImage image = window.grab().toImage();
                const QColor ground = image.pixelColor(window.sidebar().width() + 4, image.height() / 2);
                QCOMPARE(ground, theme.tokens().window);
                QCOMPARE(window.sidebar().isSlim(), i == 3);
                if (!shots.isEmpty())
                    QVERIFY(image.save(QDir(shots).filePath(
                        QStringLiteral("gallery-%1-%2.png").arg(theme.isDark() ? "dark" : "light").arg(i))));
            }
            window.statusLine().clearJob();
        }
    }
};

STUDIO_TEST(GalleryTest)
#include "gallery_test.moc"
