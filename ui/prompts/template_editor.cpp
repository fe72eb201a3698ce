// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/template_editor.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/prompts/template_draft.h"
#include "ui/prompts/template_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/help_label.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/note_bar.h"

namespace studio::ui {

namespace {

int uses(const std::string& text, const char* field) {
    const std::vector<TemplatePart> parts = parseTemplate(text);
    return static_cast<int>(std::count_if(parts.begin(), parts.end(), [&](const TemplatePart& part) {
        return part.isPlaceholder && part.text == field;
    }));
}

}  // namespace

TemplateEditor::TemplateEditor(TemplateDraft& draft, QWidget* parent)
    : Panel(parent),
      m_draft(draft),
      m_tabs(new QTabBar(this)),
      m_use(new ElidedLabel(this)),
      m_note(new NoteBar(this)),
      m_stack(new QStackedWidget(this)),
      m_withInput(makeText()),
      m_withoutInput(makeText()),
      m_chat(new CodeView(this)),
      m_checkIcon(new IconLabel(Icon::Check, Tone::Ok, 16, this)),
      m_fault(new QPushButton(this)),
      m_check(new ElidedLabel(this)),
      m_endIcon(new IconLabel(Icon::Check, Tone::Ok, 16, this)),
      m_endCheck(new ElidedLabel(this)),
      m_insert(new QPushButton(icon(Icon::ChevronDown, Tone::Accent), QString(), this)),
      m_fields(new QMenu(m_insert)) {
    for (int i = 0; i < 4; ++i) m_tabs->addTab(QString());
    // The bold current tab is a little wider than its hint, which must not bring up scroll buttons.
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideNone);
    addHeadLeading(m_tabs);
    setTextRole(m_use, TextRole::Secondary);
    setTone(m_use, Tone::Tertiary);
    addHeadWidget(m_use);
    setBodyWidget(m_note);
    bodyLayout()->setStretchFactor(m_note, 0);
    m_note->setClosable(true);
    bodyLayout()->addWidget(m_stack, 1);
    m_stack->addWidget(m_withInput);
    m_stack->addWidget(m_withoutInput);
    m_stack->addWidget(makeResponseTab());
    m_stack->addWidget(makeChatTab());

    setButtonLook(m_fault, ButtonLook::Link);
    setTextRole(m_check, TextRole::Secondary);
    setTextRole(m_endCheck, TextRole::Secondary);
    setButtonLook(m_insert, ButtonLook::Link);
    m_insert->setLayoutDirection(Qt::RightToLeft);  // the arrow stands behind the word
    m_insert->setIconSize(QSize(12, 12));
    for (const QString& field : {QStringLiteral("instruction"), QStringLiteral("input")})
        m_fields->addAction(u'{' + field + u'}', this, [this, field] { insertField(field); });
    for (QWidget* part :
         {static_cast<QWidget*>(m_checkIcon), static_cast<QWidget*>(m_fault), static_cast<QWidget*>(m_check),
          static_cast<QWidget*>(m_endIcon), static_cast<QWidget*>(m_endCheck)})
        footLayout()->addWidget(part);
    footLayout()->addStretch(1);
    footLayout()->addWidget(m_insert);

    connect(m_fault, &QPushButton::clicked, this, &TemplateEditor::jumpToIssue);
    connect(m_insert, &QPushButton::clicked, this, &TemplateEditor::openFieldMenu);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_stack->setCurrentIndex(tab);
        showFoot();
    });
    connect(&m_draft, &TemplateDraft::changed, this, &TemplateEditor::showDraft);
    retranslate();
    showDraft(false);
}

CodeView* TemplateEditor::makeText() {
    auto* edit = new CodeView(this);
    edit->setLineNumbersVisible(true);
    edit->setSpanFinder(templateSpans);
    connect(edit, &QPlainTextEdit::textChanged, this, &TemplateEditor::takeEdit);
    return edit;
}

QWidget* TemplateEditor::makeResponseTab() {
    auto* tab = new QWidget(this);
    auto* grid = new QGridLayout(tab);
    grid->setContentsMargins(12, 12, 12, 12);
    grid->setHorizontalSpacing(12);
    m_separatorName = new QLabel(tab);
    m_separator = new QLineEdit(tab);
    m_separator->setFont(roleFont(TextRole::Code));
    m_separatorName->setBuddy(m_separator);
    m_separatorHelp = helpLabel(tab);
    m_endToken = new QCheckBox(tab);
    m_endHelp = helpLabel(tab);
    grid->addWidget(m_separatorName, 0, 0);
    grid->addWidget(m_separator, 0, 1);
    grid->addWidget(m_separatorHelp, 1, 1);
    grid->addWidget(m_endToken, 2, 1);
    grid->addWidget(m_endHelp, 3, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(4, 1);
    connect(m_separator, &QLineEdit::textEdited, this, &TemplateEditor::takeEdit);
    connect(m_endToken, &QCheckBox::toggled, this, &TemplateEditor::takeEdit);
    return tab;
}

QWidget* TemplateEditor::makeChatTab() {
    auto* tab = new QWidget(this);
    auto* column = new QVBoxLayout(tab);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_chatHelp = helpLabel(tab);
    m_chatHelp->setContentsMargins(12, 8, 12, 8);
    m_chat->setLineNumbersVisible(true);
    m_chat->setReadOnly(true);
    column->addWidget(m_chatHelp);
    column->addWidget(m_chat, 1);
    return tab;
}

void TemplateEditor::setTab(Tab tab) {
    m_tabs->setCurrentIndex(tab);
}

void TemplateEditor::takeEdit() {
    if (m_showing) return;
    PromptTemplate texts;
    texts.withInput = editorText(*m_withInput);
    texts.withoutInput = editorText(*m_withoutInput);
    texts.separator = separatorFromLine(m_separator->text());
    texts.appendEos = m_endToken->isChecked();
    m_draft.edit(texts);
}

void TemplateEditor::showDraft(bool fromEdit) {
    if (!fromEdit) {
        m_showing = true;
        const PromptTemplate& shown = m_draft.current();
        // Text that is already there stays, and with it cursor and undo history.
        const auto put = [](CodeView* edit, const std::string& text) {
            if (editorText(*edit) != text) edit->setPlainText(QString::fromStdString(text));
        };
        put(m_withInput, shown.withInput);
        put(m_withoutInput, shown.withoutInput);
        m_separator->setText(separatorToLine(shown.separator));
        m_endToken->setChecked(shown.appendEos);
        m_showing = false;
    }
    showChat();
    showUse();
    showFoot();
}

void TemplateEditor::showChat() {
    const PromptTemplate& shown = m_draft.current();
    const bool chat = shown.isChat();
    if (!chat && m_tabs->currentIndex() == Chat) setTab(WithInput);
    if (m_tabs->isTabVisible(Chat) != chat) {  // asked twice, Qt forgets that the tabs have to be laid out
        m_tabs->setTabVisible(Chat, chat);
        m_tabs->updateGeometry();  // which Qt leaves out here
    }
    if (const QString source = QString::fromStdString(shown.chatTemplate); m_chat->toPlainText() != source)
        m_chat->setPlainText(source);
    QString end;
    try {
        end = QString::fromStdString(promptForm(shown).endMark);
    } catch (const Error&) {
        // The row's panel says what is wrong.
    }
    m_separatorName->setVisible(!chat);
    m_separator->setVisible(!chat);
    m_separatorHelp->setText(
        chat ? tr("“With input” and “Without input” give the user's message. The model's chat template puts "
                  "its own marks around the message and the response.")
             : tr("Part of the prompt; \\n is a line break, \\t a tab, \\\\ a backslash."));
    m_endToken->setVisible(end.isEmpty());
    m_endHelp->setText(
        end.isEmpty() ? tr("So the model learns where an answer ends. Without it, it goes on until "
                           "the longest answer is reached.")
                      : tr("Each response ends with %1, the end mark of the chat template: there the model "
                           "learns to stop.")
                            .arg(end));
}

void TemplateEditor::showUse() {
    const int runs = m_draft.isPending() ? 0 : m_draft.runCount();
    if (runs > 0)
        m_use->setText(tr("used by %Ln run(s)", nullptr, runs));
    else
        m_use->setText(m_draft.isBuiltIn()   ? tr("comes with the program")
                       : m_draft.isPending() ? tr("not stored yet")
                                             : tr("stored with the project"));
    if (m_draft.copiedFrom().isEmpty()) {
        m_note->clear();
        return;
    }
    const QString sentence =
        m_draft.issues().empty()
            ? tr("“%1” stays as it is. This is a copy of it, “%2”, stored with the project.")
            : tr("“%1” stays as it is. This is a copy of it, “%2”, stored as soon as its fault is "
                 "corrected.");
    const QString text = sentence.arg(m_draft.copiedFrom(), QString::fromStdString(m_draft.current().title));
    if (m_note->text() != text) m_note->setNote(NoteKind::Info, text);
}

void TemplateEditor::showFoot() {
    const std::vector<TemplateIssue> issues = m_draft.issues();
    const PromptTemplate& shown = m_draft.current();
    const bool withInput = m_tabs->currentIndex() != WithoutInput;
    const bool text = m_tabs->currentIndex() == WithInput || m_tabs->currentIndex() == WithoutInput;
    m_insert->setVisible(text);
    m_fault->setVisible(!issues.empty());
    m_check->setVisible(issues.empty());
    if (!issues.empty()) {
        // The fault of the tab in view comes first.
        const char* part = withInput ? "with_input" : "without_input";
        const auto here = std::find_if(issues.begin(), issues.end(),
                                       [&](const TemplateIssue& issue) { return issue.part == part; });
        m_checkIcon->setIcon(Icon::Error, Tone::Error);
        m_fault->setText(issueText(here != issues.end() ? *here : issues.front()));
        m_fault->setToolTip(tr("Not stored until it is corrected. Click to go there."));
    } else {
        const std::string& body = withInput ? shown.withInput : shown.withoutInput;
        const int instruction = uses(body, "instruction");
        const int input = uses(body, "input");
        const bool once = instruction == 1 && (withInput ? input == 1 : input == 0);
        m_checkIcon->setIcon(once ? Icon::Check : Icon::Warning, once ? Tone::Ok : Tone::Warning);
        m_check->setText(!once       ? tr("A field is used more than once")
                         : withInput ? tr("Both fields used once")
                                     : tr("The instruction is used once"));
        setTone(m_check, once ? Tone::Ok : Tone::Warning);
    }
    m_endIcon->setVisible(!shown.isChat());
    m_endCheck->setVisible(!shown.isChat());
    const bool breaks = !shown.separator.empty() && shown.separator.back() == '\n';
    m_endIcon->setIcon(breaks ? Icon::Check : Icon::Info, breaks ? Tone::Ok : Tone::Secondary);
    m_endCheck->setText(breaks                    ? tr("Ends with a line break")
                        : shown.separator.empty() ? tr("Nothing between prompt and response")
                                                  : tr("Does not end with a line break"));
    setTone(m_endCheck, breaks ? Tone::Ok : Tone::Secondary);
}

QString TemplateEditor::footText() const {
    return m_fault->isHidden() ? m_check->text() : m_fault->text();
}

void TemplateEditor::insertField(const QString& field) {
    if (m_tabs->currentIndex() != WithoutInput) setTab(WithInput);
    CodeView* edit = textEdit(static_cast<Tab>(m_tabs->currentIndex()));
    edit->insertPlainText(u'{' + field + u'}');
    edit->setFocus();
}

void TemplateEditor::openFieldMenu() {
    if (m_insert->isVisible()) m_fields->popup(m_insert->mapToGlobal(QPoint(0, m_insert->height())));
}

void TemplateEditor::jumpToIssue() {
    const std::vector<TemplateIssue> issues = m_draft.issues();
    if (issues.empty()) return;
    const TemplateIssue& issue = issues.front();
    setTab(issue.part == "with_input" ? WithInput : WithoutInput);
    CodeView* edit = textEdit(static_cast<Tab>(m_tabs->currentIndex()));
    for (const CodeSpan& span : edit->spans()) {
        if (span.look != CodeSpan::Look::Unknown) continue;
        QTextCursor cursor(edit->document());
        cursor.setPosition(span.begin);
        cursor.setPosition(span.begin + span.length, QTextCursor::KeepAnchor);
        edit->setTextCursor(cursor);
        break;
    }
    edit->setFocus();
}

void TemplateEditor::retranslate() {
    m_tabs->setTabText(WithInput, tr("With input"));
    m_tabs->setTabText(WithoutInput, tr("Without input"));
    m_tabs->setTabText(Response, tr("Response and end"));
    m_tabs->setTabText(Chat, tr("Chat template"));
    m_chat->setAccessibleName(tr("Chat template of the model"));
    m_chatHelp->setText(tr(
        "How the model's makers wrote down its chat format, in the language Jinja. It comes with the model "
        "and cannot be changed here; “What the model sees” shows the result."));
    m_tabs->setAccessibleName(tr("Parts of the template"));
    setAccessibleName(tr("Template editor"));
    m_withInput->setAccessibleName(tr("Prompt of a row with input"));
    m_withoutInput->setAccessibleName(tr("Prompt of a row without input"));
    m_separatorName->setText(tr("Between prompt and response"));
    m_endToken->setText(tr("End the response with the end token"));
    m_insert->setText(tr("Insert field"));
    m_insert->setToolTip(tr("Insert field (Ctrl+Space)"));
    showChat();
    showUse();
    showFoot();
}

}  // namespace studio::ui
