// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a SettingsForm says: labels, helps, problems, and the menu of a row.
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <algorithm>

#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"
#include "ui/train/field_editor.h"
#include "ui/train/form_grid.h"
#include "ui/train/recipe_chooser.h"
#include "ui/train/sample_prompts.h"
#include "ui/train/settings_form.h"
#include "ui/train/settings_form_names.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"

namespace studio::ui {

namespace {

/// A bound as people read it: whole numbers with separators, rates as 1e-8.
QString boundText(const Field& field, double bound) {
    return field.kind == Field::Kind::Integer ? QLocale().toString(qlonglong(bound))
                                              : settingText(FieldValue(bound));
}

bool isNumber(const Field& field) {
    return field.kind == Field::Kind::Integer || field.kind == Field::Kind::Real;
}

}  // namespace

void SettingsForm::retranslate() {
    const auto& fields = trainFields();
    // Batch and accumulation are one row; run name, model and template are rows without a field, and so are
    // the sample prompts.
    const int all = static_cast<int>(fields.size()) + 3;
    const int basic = static_cast<int>(std::count_if(fields.begin(), fields.end(),
                                                     [](const Field& f) { return f.basic; })) +
                      3;
    m_view->setSegmentText(0, tr("Basic %1").arg(basic));
    m_view->setSegmentText(1, tr("All %1").arg(all));
    m_view->setAccessibleName(tr("Which settings are shown"));
    m_search->setPlaceholderText(tr("Search the settings"));
    m_search->setAccessibleName(tr("Search the settings"));
    m_recipe->retranslate();
    m_prompts->retranslate();
    for (const Group& group : m_groups) m_grid->setTexts(group.row, fieldText(group.name));
    m_grid->setTexts(m_rowOf[kRunName], tr("Run name"), tr("Folder name under runs."));
    m_grid->setTexts(m_rowOf[kModel], tr("Base model"), tr("The training starts from its weights."));
    m_grid->setTexts(m_rowOf[kTemplate], tr("Template"),
                     tr("Makes prompts of the rows; stored with the model."));
    m_runName->setAccessibleName(tr("Run name"));
    m_model->setAccessibleName(tr("Base model"));
    m_template->setAccessibleName(tr("Template"));
    for (const Field& field : fields) m_editors[field.name]->retranslate();
    fillModels();
    fillTemplates();
    showProblems();
}

// The recipe's value in front where it is another, the range behind.
QString SettingsForm::helpOf(const Field& field) const {
    QString help = fieldText(field.help);
    const FieldValue recipe = value(recipeSettings(), field.name);
    if (value(m_settings, field.name) != recipe) {
        const QString shown = m_editors.at(field.name)->valueText(recipe);
        help = sentences(shown.isEmpty() ? tr("Recipe: nothing.") : tr("Recipe: %1.").arg(shown), help);
    }
    if (isNumber(field)) {
        help = sentences(
            help, tr("%1 to %2.").arg(boundText(field, field.minimum), boundText(field, field.maximum)));
    }
    return help;
}

void SettingsForm::showHelps() {
    for (const Field& field : trainFields()) {
        const QString help = helpOf(field);
        m_editors[field.name]->setHelp(help);
        if (field.name == kAccumulation) continue;
        if (field.name != kBatch) {
            m_grid->setTexts(m_rowOf[field.name], fieldText(field.label), help);
            continue;
        }
        const TrainSettings recipe = recipeSettings();
        QString both = tr("Batch × accumulation. A smaller batch needs less memory.");
        if (m_settings.batchRows != recipe.batchRows || m_settings.accumulation != recipe.accumulation) {
            both = sentences(tr("Recipe: %1 × %2.").arg(recipe.batchRows).arg(recipe.accumulation), both);
        }
        m_grid->setTexts(m_rowOf[kBatch], tr("Rows per step"),
                         sentences(both, tr("Each 1 to %1.").arg(boundText(field, field.maximum))));
    }
    const auto chosen = static_cast<int>(m_prompts->rows().size());
    const QString every = QLocale().toString(qlonglong(m_settings.sampleEvery));
    m_grid->setTexts(m_rowOf[kPrompts], tr("Sample prompts"),
                     chosen > 0
                         ? tr("Those of %Ln chosen row(s), every %1 steps.", nullptr, chosen).arg(every)
                         : tr("Those of the first validation rows, every %1 steps.").arg(every));
}

void SettingsForm::showProblems() {
    const TrainSettings recipe = recipeSettings();
    showHelps();
    std::map<int, QString> problemOfRow;
    for (const FieldIssue& issue : m_problems) {
        const auto row = m_rowOf.find(issue.field);
        if (row != m_rowOf.end() && problemOfRow[row->second].isEmpty())
            problemOfRow[row->second] = fieldIssueText(issue);
    }
    for (const auto& [name, row] : m_rowOf)
        m_grid->setProblem(row, problemOfRow.count(row) ? problemOfRow[row] : QString());
    markBad(*m_runName, problemOfRow.count(m_rowOf[kRunName]) != 0);
    for (const auto& [name, made] : m_editors) {
        made->setBad(hasProblem(name));
        bool differs = value(m_settings, name) != value(recipe, name);
        if (name == kBatch) differs = differs || m_settings.accumulation != recipe.accumulation;
        if (name != kAccumulation) m_grid->setBold(m_rowOf[name], differs);
    }
    updateProduct();
    showRows();
    const int differing = changedCount();
    setFact(differing > 0 ? tr("%Ln setting(s) differ from the recipe", nullptr, differing) : QString());
}

void SettingsForm::updateProduct() {
    m_product->setText(
        tr("= %1").arg(QLocale().toString(qlonglong(m_settings.batchRows * m_settings.accumulation))));
}

// The menu deletes itself.
void SettingsForm::openMenu(int row, const QPoint& globalPosition, QMenu* menu) {
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const TrainSettings recipe = recipeSettings();
    const std::vector<std::string> fields = fieldsOf(row);
    QStringList values;
    bool differs = false;
    for (const std::string& field : fields) {
        values << m_editors[field]->valueText(value(recipe, field));
        differs = differs || value(m_settings, field) != value(recipe, field) || hasProblem(field);
    }
    if (!fields.empty()) {
        // The rows per step stand as batch × accumulation, which is not the order of their names.
        std::reverse(values.begin(), values.end());
        if (!menu->isEmpty()) menu->addSeparator();
        QAction* reset = menu->addAction(tr("Reset to recipe (%1)").arg(values.join(QStringLiteral(" × "))),
                                         this, [this, fields] {
                                             for (const std::string& field : fields) resetField(field);
                                         });
        reset->setEnabled(differs);
    }
    if (menu->isEmpty())
        menu->deleteLater();
    else
        menu->popup(globalPosition);
}

}  // namespace studio::ui
