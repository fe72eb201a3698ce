// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The rows of a SettingsForm: how they are made, which of them are shown, and what stands beside them.
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QSignalBlocker>
#include <algorithm>
#include <set>

#include "ui/dialogs/dialogs.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"
#include "ui/train/field_editor.h"
#include "ui/train/form_grid.h"
#include "ui/train/recipe_chooser.h"
#include "ui/train/sample_prompts.h"
#include "ui/train/settings_form.h"
#include "ui/train/settings_form_names.h"
#include "ui/widgets/column_area.h"
#include "ui/widgets/elided_combo_box.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"

namespace studio::ui {

namespace {

// Of the two fields of one row: where the form is narrow, and at most.
constexpr int kNarrowNumber = 44;
constexpr int kNumber = 64;
const char* const kNoSamples = "no samples";  // the reason of a note that is no field's own

}  // namespace

void SettingsForm::makeHead() {
    m_view = new SegmentedControl(this);
    m_view->setSmall(true);
    m_view->addSegment(QString());
    m_view->addSegment(QString());
    addHeadLeading(m_view);
    connect(m_view, &SegmentedControl::currentChanged, this, &SettingsForm::showRows);
    m_recipe = new RecipeChooser(m_session, this);
    addHeadWidget(m_recipe);
    setHeadWraps(true);
    connect(m_recipe, &RecipeChooser::chosen, this,
            [this](const QString& name) { chooseRecipe(name.toStdString()); });
}

void SettingsForm::makeRows() {
    m_grid = new FormGrid;
    m_grid->setProperty("ground", "panel");
    m_search = new SearchField(this);
    connect(m_search, &SearchField::searchChanged, this, &SettingsForm::showRows);
    auto* scroll = new ColumnArea(this);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_grid);
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(16, 8, 16, 0);
    searchRow->addWidget(m_search);
    column->addLayout(searchRow);
    column->addWidget(scroll, 1);
    setBodyWidget(body);

    m_runName = new QLineEdit(m_grid);
    m_model = new ElidedComboBox(m_grid);
    m_template = new ElidedComboBox(m_grid);
    connect(m_runName, &QLineEdit::textEdited, this, &SettingsForm::changed);
    connect(m_model, &QComboBox::activated, this, &SettingsForm::modelChosen);
    connect(m_template, &QComboBox::activated, this, [this](int index) {
        guarded([&] { m_session.setCurrentTemplate(m_template->itemData(index).toString()); });
    });
    connect(m_grid, &FormGrid::menuRequested, this,
            [this](int row, const QPoint& at) { openMenu(row, at, new QMenu(this)); });
    // Groups in the order of their first field, "What" in front for it holds the model.
    std::vector<std::string> names{"What"};
    for (const Field& field : trainFields()) {
        if (std::find(names.begin(), names.end(), field.group) == names.end()) names.push_back(field.group);
    }
    for (const std::string& name : names) {
        m_groups.push_back({name, m_grid->addGroup()});
        makeGroup(m_groups.back());
    }
    m_nothingFound = m_grid->addNote();
}

void SettingsForm::makeGroup(const Group& group) {
    if (group.row == m_groups.front().row) {
        m_rowOf[kRunName] = m_grid->addRow(m_runName);
        m_rowOf[kModel] = m_grid->addRow(m_model);
        m_rowOf[kTemplate] = m_grid->addRow(m_template);
    }
    for (const Field& field : trainFields()) {
        if (field.group != group.name) continue;
        // The line that tells what is hidden stands where the first of those fields would.
        const bool noted = std::any_of(m_notes.begin(), m_notes.end(), [&](const Note& note) {
            return note.group == group.name && note.reason == field.onlyWith.reason;
        });
        if (!field.onlyWith.always() && !noted)
            m_notes.push_back({group.name, field.onlyWith.reason, m_grid->addNote()});
        m_rowOf[field.name] = addField(field);
        if (field.name == kSampleEvery) addPrompts();
    }
}

int SettingsForm::addField(const Field& field) {
    if (field.name == kAccumulation && m_rowOf.count(kBatch) != 0) return m_rowOf[kBatch];
    if (field.name == kBatch) return m_grid->addRow(makeRowsPerStep(field, trainField(kAccumulation)));
    auto* made = new FieldEditor(field, m_grid);
    m_editors[field.name] = made;
    connect(made, &FieldEditor::edited, this, &SettingsForm::fieldEdited);
    const int row = m_grid->addRow(made);
    connect(made, &FieldEditor::menuRequested, this,
            [this, made, row](const QPoint& at) { openMenu(row, at, made->makeMenu()); });
    return row;
}

QWidget* SettingsForm::makeRowsPerStep(const Field& batch, const Field& accumulation) {
    auto* both = new QWidget(m_grid);
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto* times = new QLabel(QStringLiteral("×"), both);
    setTone(times, Tone::Secondary);
    for (const Field* field : {&batch, &accumulation}) {
        auto* made = new FieldEditor(*field, both);
        made->setUnitVisible(false);
        made->setMinimumWidth(wordRoom(kNarrowNumber));
        made->setMaximumWidth(wordRoom(kNumber));
        m_editors[field->name] = made;
        connect(made, &FieldEditor::edited, this, &SettingsForm::fieldEdited);
        connect(made, &FieldEditor::menuRequested, this,
                [this, made](const QPoint& at) { openMenu(m_rowOf[kBatch], at, made->makeMenu()); });
        row->addWidget(made, 1);
        if (field == &batch) row->addWidget(times);
    }
    m_product = new QLabel(both);
    setTone(m_product, Tone::Secondary);
    row->addWidget(m_product, 1);
    both->setFocusProxy(m_editors[kBatch]);
    return both;
}

void SettingsForm::addPrompts() {
    m_notes.push_back({trainField(kSampleEvery).group, kNoSamples, m_grid->addNote()});
    m_prompts = new SamplePrompts(m_session, m_grid);
    m_rowOf[kPrompts] = m_grid->addRow(m_prompts);
    connect(m_prompts, &SamplePrompts::edited, this, [this] {
        showHelps();
        changed();
    });
    connect(m_prompts, &SamplePrompts::failed, this, [this](const QString& sentence) {
        m_dialogs.showError(this, {tr("The choice was not kept"), sentence, {}});
    });
}

void SettingsForm::showAll(bool all) {
    m_view->setCurrentIndex(all ? 1 : 0);
}

bool SettingsForm::isRowShown(const std::string& field) const {
    return m_grid->isRowVisible(m_rowOf.at(field));
}

bool SettingsForm::hasProblem(const std::string& field) const {
    return std::any_of(m_problems.begin(), m_problems.end(),
                       [&](const FieldIssue& issue) { return issue.field == field; });
}

std::vector<std::string> SettingsForm::fieldsOf(int row) const {
    std::vector<std::string> names;
    for (const auto& [name, own] : m_rowOf) {
        if (own == row && m_editors.count(name) != 0) names.push_back(name);
    }
    return names;
}

// By the words of the label, the help and the names for --set: all of them somewhere.
bool SettingsForm::isFound(int row) const {
    if (m_view->currentIndex() == 0) return true;
    QString text = m_grid->label(row) + QLatin1Char(' ') + m_grid->help(row);
    for (const std::string& name : fieldsOf(row)) text += QLatin1Char(' ') + QString::fromStdString(name);
    const QStringList words = m_search->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

void SettingsForm::showRows() {
    const bool all = m_view->currentIndex() == 1;
    m_search->setVisible(all);
    std::map<int, QStringList> hidden;  // by the row of the note
    std::set<int> shown;
    const auto noteOf = [this](const std::string& group, const std::string& reason) {
        return std::find_if(m_notes.begin(), m_notes.end(),
                            [&](const Note& note) { return note.group == group && note.reason == reason; })
            ->row;
    };
    for (const char* name : {kRunName, kModel, kTemplate})
        if (isFound(m_rowOf[name])) shown.insert(m_rowOf[name]);
    for (const Field& field : trainFields()) {
        const int row = m_rowOf[field.name];
        if ((!all && !field.basic) || !isFound(row)) continue;
        // What is wrong must be seen, also where it changes nothing.
        if (fieldApplies(m_settings, field) || hasProblem(field.name))
            shown.insert(row);
        else
            hidden[noteOf(field.group, field.onlyWith.reason)] << fieldText(field.label);
    }
    const int prompts = m_rowOf[kPrompts];
    const std::string& group = trainField(kSampleEvery).group;
    if (isFound(prompts)) {
        if (m_settings.sampleEvery > 0)
            shown.insert(prompts);
        else
            hidden[noteOf(group, kNoSamples)] << tr("Sample prompts");
    }
    for (const auto& [name, row] : m_rowOf) m_grid->setRowVisible(row, shown.count(row) != 0);
    showNotes(hidden);
    for (const Group& each : m_groups) {
        const bool named = each.row == m_groups.front().row && shown.count(m_rowOf[kRunName]) != 0;
        const auto inGroup = [&](const Field& field) {
            return field.group == each.name && shown.count(m_rowOf[field.name]) != 0;
        };
        m_grid->setRowVisible(each.row,
                              named || std::any_of(trainFields().begin(), trainFields().end(), inGroup));
    }
    m_grid->setTexts(m_nothingFound, tr("No setting has these words in its name or help."));
    m_grid->setRowVisible(m_nothingFound, shown.empty() && hidden.empty());
}

void SettingsForm::showNotes(const std::map<int, QStringList>& hidden) {
    for (const Note& note : m_notes) {
        const auto labels = hidden.find(note.row);
        m_grid->setRowVisible(note.row, labels != hidden.end());
        if (labels == hidden.end()) continue;
        const QString reason =
            note.reason == kNoSamples ? tr("only when Sample every is above 0") : fieldText(note.reason);
        m_grid->setTexts(note.row, tr("%1: %2.").arg(labels->second.join(tr(", ")), reason));
    }
}

QStringList SettingsForm::notes() const {
    QStringList texts;
    for (const Note& note : m_notes)
        if (m_grid->isRowVisible(note.row)) texts << m_grid->label(note.row);
    return texts;
}

}  // namespace studio::ui
