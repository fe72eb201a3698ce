// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/prompts_page.h"

#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedWidget>

#include "ui/prompts/length_panel.h"
#include "ui/prompts/row_panel.h"
#include "ui/prompts/template_editor.h"
#include "ui/prompts/template_text.h"
#include "ui/prompts/token_panel.h"
#include "ui/session/model_paths.h"
#include "ui/session/project_session.h"
#include "ui/text/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_combo_box.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/splitter.h"

namespace studio::ui {

namespace {

/// In the place of a template's name: the base model's own, which is no file of the project yet.
const QString kChatOfModel = QStringLiteral("@chat");

}  // namespace

PromptsPage::PromptsPage(ProjectSession& session, Dialogs& dialogs, QWidget* parent)
    : Page(PageId::Prompts, parent),
      m_session(session),
      m_dialogs(dialogs),
      m_draft(session),
      m_note(new NoteBar(this)) {
    m_note->setClosable(true);
    buildHead();
    bodyLayout()->addWidget(m_note);
    bodyLayout()->addWidget(buildPanels(), 1);
    addShortcuts();
    connectSession();
    retranslate();
}

PromptsPage::~PromptsPage() = default;

void PromptsPage::buildHead() {
    const auto addBox = [this](QLabel*& name, int characters) {
        name = new QLabel(this);
        setTone(name, Tone::Secondary);
        auto* box = new ElidedComboBox(this);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(characters);
        name->setBuddy(box);
        head().addWidget(name);
        head().addWidget(box);
        return box;
    };
    m_templateBox = addBox(m_templateName, 16);
    m_modelBox = addBox(m_modelName, 16);
    m_copy = head().addButton(Icon::Duplicate);
    connect(m_templateBox, &QComboBox::activated, this, &PromptsPage::chooseTemplate);
    connect(m_modelBox, &QComboBox::activated, this, &PromptsPage::chooseModel);
    connect(m_copy, &QPushButton::clicked, this, &PromptsPage::askForCopy);
}

QWidget* PromptsPage::buildPanels() {
    m_editor = new TemplateEditor(m_draft, this);
    m_row = new RowPanel(this);
    m_noRows = new EmptyState(Icon::Data, this);
    m_rowStack = new QStackedWidget(this);
    m_rowStack->addWidget(m_row);
    auto* empty = new Panel(this);
    empty->setHeadVisible(false);
    empty->setBodyWidget(m_noRows);
    m_rowStack->addWidget(empty);
    m_tokens = new TokenPanel(this);
    m_lengths = new LengthPanel(m_session, this);
    auto* upper = new Splitter(Qt::Horizontal, this);
    upper->addPane(m_editor, 1);
    upper->addPane(m_rowStack, 1);
    auto* lower = new Splitter(Qt::Horizontal, this);
    lower->addPane(m_tokens, 2);
    lower->addPane(m_lengths, 1);
    auto* both = new Splitter(Qt::Vertical, this);
    both->addPane(upper, 12);
    both->addPane(lower, 11);
    return both;
}

void PromptsPage::connectSession() {
    connect(&m_session, &ProjectSession::projectChanged, this, [this] {
        m_note->clear();
        reloadRows();
        reloadTemplates();
        reloadModels();
    });
    connect(&m_session, &ProjectSession::recordsChanged, this, &PromptsPage::reloadRows);
    connect(&m_session, &ProjectSession::recordEdited, this, &PromptsPage::refresh);
    connect(&m_session, &ProjectSession::currentRowChanged, this, &PromptsPage::refresh);
    connect(&m_session, &ProjectSession::cutoffChanged, this, &PromptsPage::refresh);
    connect(&m_session, &ProjectSession::modelsChanged, this, &PromptsPage::reloadModels);
    connect(&m_session, &ProjectSession::runsChanged, this, &PromptsPage::reloadModels);
    connect(&m_session, &ProjectSession::modelChanged, this, [this] {
        reloadModels();
        reloadTemplates();
        hintAtChatTemplate();
        refresh();
    });
    connect(&m_draft, &TemplateDraft::changed, this, &PromptsPage::draftChanged);
    connect(&m_draft, &TemplateDraft::failed, this, &PromptsPage::showError);
    connect(m_row, &RowPanel::rowChosen, this, &PromptsPage::showRow);
    connect(m_lengths, &LengthPanel::rowChosen, this, &PromptsPage::showRow);
    connect(m_lengths, &LengthPanel::effectChanged, this, &PromptsPage::showNextStep);
    connect(m_noRows, &EmptyState::clicked, this, [this] { Q_EMIT goTo(PageId::Data); });
}

void PromptsPage::addShortcuts() {
    const auto add = [this](const QKeySequence& key, auto action) {
        auto* shortcut = new QShortcut(key, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    add(Qt::Key_PageUp, [this] { m_row->step(-1); });
    add(Qt::Key_PageDown, [this] { m_row->step(1); });
    add(Qt::CTRL | Qt::Key_D, [this] { askForCopy(); });
    add(Qt::CTRL | Qt::Key_Space, [this] { m_editor->openFieldMenu(); });
}

void PromptsPage::activated() {
    m_active = true;
    reloadTemplates();
    reloadModels();
    reloadRows();
    hintAtChatTemplate();
}

QString PromptsPage::sidebarNote() const {
    return m_session.isOpen() ? QString::fromStdString(m_draft.current().title) : QString();
}

void PromptsPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_draft.flush();
    m_active = false;
}

void PromptsPage::reloadRows() {
    if (!m_active) return;
    QVector<qint64> ids;
    try {
        if (m_session.isOpen()) {
            for (const std::int64_t id : m_session.project().ids({})) ids.push_back(id);
        }
    } catch (const Error& error) {
        showError(error);
    }
    m_row->setRows(ids);
    m_rowStack->setCurrentIndex(ids.isEmpty() ? 1 : 0);
    refresh();
}

void PromptsPage::reloadTemplates() {
    const QSignalBlocker quiet(m_templateBox);
    m_templateBox->clear();
    const std::string& shown = m_draft.current().name;
    bool listed = false;
    for (const PromptTemplate& each : m_session.templates()) {
        m_templateBox->addItem(QString::fromStdString(each.title), QString::fromStdString(each.name));
        listed = listed || each.name == shown;
    }
    // A copy that is not stored yet stands in the list already.
    if (!listed)
        m_templateBox->addItem(QString::fromStdString(m_draft.current().title),
                               QString::fromStdString(shown));
    if (m_session.isOpen() && m_session.modelHasChatTemplate() && !m_draft.current().isChat()) {
        m_templateBox->insertSeparator(m_templateBox->count());
        m_templateBox->addItem(
            tr("Chat template of %1").arg(ProjectSession::modelTitle(m_session.baseModel())), kChatOfModel);
    }
    m_templateBox->setCurrentIndex(m_templateBox->findData(QString::fromStdString(shown)));
    m_templateBox->setEnabled(m_session.isOpen());
    m_copy->setEnabled(m_session.isOpen());
}

void PromptsPage::reloadModels() {
    const QSignalBlocker quiet(m_modelBox);
    m_modelBox->clear();
    const std::vector<ModelChoice> choices = m_session.models();
    for (const ModelChoice& choice : choices) {
        m_modelBox->addItem(choice.title, QString::fromStdString(choice.folder.string()));
        if (sameFolder(choice.folder, m_session.baseModel()))
            m_modelBox->setCurrentIndex(m_modelBox->count() - 1);
    }
    if (m_session.baseModel().empty()) m_modelBox->setCurrentIndex(-1);
    m_modelBox->setEnabled(m_session.isOpen() && !choices.empty());
}

void PromptsPage::draftChanged(bool fromEdit) {
    // Reading the template files with every key would be too slow; another name is what the box has to show.
    if (!fromEdit || m_templateBox->currentData().toString().toStdString() != m_draft.current().name) {
        reloadTemplates();
        Q_EMIT sidebarNoteChanged();
    }
    refresh();
}

void PromptsPage::chooseTemplate(int index) {
    const QString name = m_templateBox->itemData(index).toString();
    if (name.toStdString() == m_draft.current().name) return;
    if (!m_draft.flush() && m_draft.isPending()) {
        // A faulty draft would be lost without a word.
        reloadTemplates();
        m_note->setNote(
            NoteKind::Warning,
            tr("This template is not stored because of its fault. Correct it, or discard the edit."));
        connect(m_note->addAction(tr("Discard the edit")), &QPushButton::clicked, this, [this] {
            m_note->clear();
            m_draft.discard();
        });
        return;
    }
    if (name == kChatOfModel) return useChatTemplate();
    try {
        m_session.setCurrentTemplate(name);
    } catch (const Error& error) {
        showError(error);
        reloadTemplates();
    }
}

void PromptsPage::useChatTemplate() {
    m_note->clear();
    try {
        m_session.useChatTemplate();
    } catch (const Error& error) {
        showError(error);
        reloadTemplates();
    }
}

/// Once for each model: a format that it was not trained on costs it much of what it knows.
void PromptsPage::hintAtChatTemplate() {
    if (!m_active || !m_session.isOpen() || !m_session.modelHasChatTemplate()) return;
    if (m_draft.current().isChat() || m_hintedModel == m_session.baseModel() || !m_note->isHidden()) return;
    m_hintedModel = m_session.baseModel();
    m_note->setNote(
        NoteKind::Info,
        tr("This model knows how to answer in a chat template of its own. Other templates work as well, but "
           "it first has to learn them from your rows."));
    connect(m_note->addAction(tr("Use its chat template")), &QPushButton::clicked, this,
            &PromptsPage::useChatTemplate);
}

void PromptsPage::chooseModel(int index) {
    try {
        m_session.setBaseModel(m_modelBox->itemData(index).toString().toStdString());
    } catch (const Error& error) {
        showError(error);
    }
}

void PromptsPage::askForCopy() {
    if (!m_session.isOpen()) return;
    m_dialogs.askText(this, tr("Make a copy"), tr("Name of the copy"), m_draft.freeTitle(),
                      [this](const QString& title) {
                          if (title.trimmed().isEmpty()) return;
                          try {
                              m_draft.makeCopy(title);
                          } catch (const Error& error) {
                              showError(error);
                          }
                      });
}

void PromptsPage::showRow(qint64 id) {
    try {
        m_session.setCurrentRow(id);
    } catch (const Error& error) {
        showError(error);
    }
}

void PromptsPage::refresh() {
    if (!m_active) return;
    if (!m_session.isOpen() || m_row->rows().isEmpty()) {
        m_row->showNothing();
        m_tokens->showNothing();
        m_lengths->clear();
        showNextStep();
        return;
    }
    qint64 id = m_session.currentRow();
    if (!m_row->rows().contains(id)) id = m_row->rows().front();
    try {
        const std::optional<Record> record = m_session.project().record(id);
        if (!record) return;  // removed just now; recordsChanged() follows
        const RowPreview preview =
            previewRow(*record, m_draft.current(), m_session.tokenizer().get(), m_session.cutoff());
        const std::vector<TemplateIssue> issues = m_draft.issues();
        m_row->showRow(id, preview, issues.empty() ? QString() : issueText(issues.front()));
        showTokens(preview);
    } catch (const Error& error) {
        showError(error);
    }
    m_lengths->recount(m_draft.current());
    showNextStep();
}

void PromptsPage::showTokens(const RowPreview& preview) {
    if (!m_session.tokenizer())
        m_tokens->showProblem(m_session.tokenizerProblem());
    else if (preview.textProblem)
        m_tokens->showNothing();  // the panel beside it says what is wrong
    else
        m_tokens->showRow(m_row->row(), preview);
}

void PromptsPage::showNextStep() {
    NextStep step;
    step.buttonText = tr("Next: choose a base model");
    step.target = PageId::Models;
    const CutoffEffect effect = m_lengths->effect();
    const QLocale locale;
    if (!m_session.isOpen()) {
        step.enabled = false;
    } else if (!m_draft.issues().empty()) {
        step.hint = tr("The template has a fault and is not stored");
        step.warning = true;
    } else if (effect.cut + effect.dropped > 0) {
        step.hint =
            tr("%1 of %2 rows lose their end")
                .arg(locale.toString(effect.cut + effect.dropped), locale.toString(m_lengths->rowCount()));
        step.warning = true;
    } else if (m_lengths->isCounted() && m_lengths->rowCount() > 0) {
        step.hint =
            tr("All %Ln row(s) fit into the cutoff", nullptr, static_cast<int>(m_lengths->rowCount()));
    }
    setNextStep(step);
}

void PromptsPage::showError(const Error& error) {
    const ErrorText text = errorText(error);
    m_note->setNote(NoteKind::Error, text.cause + u' ' + text.nextStep, text.details);
}

QWidget* PromptsPage::sidePane() const {
    return m_lengths;
}

void PromptsPage::retranslate() {
    Page::retranslate();
    head().setFact(tr("The same template everywhere, kept with the model"));
    m_templateName->setText(tr("Template"));
    m_modelName->setText(tr("Tokenizer"));
    m_templateBox->setAccessibleName(tr("Template"));
    m_modelBox->setAccessibleName(tr("Tokenizer of the base model"));
    m_modelBox->setToolTip(tr("The base model whose tokenizer splits the text"));
    m_copy->setText(tr("Make a copy"));
    m_copy->setToolTip(tr("Make a copy (Ctrl+D)"));
    m_noRows->setSentence(
        tr("Here you will see a row exactly as the model does. The project has no rows yet."));
    m_noRows->setButtonText(tr("Go to Data"));
    m_editor->retranslate();
    m_row->retranslate();
    m_tokens->retranslate();
    m_lengths->retranslate();
    reloadModels();
    refresh();
}

}  // namespace studio::ui
