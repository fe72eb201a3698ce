// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_details.h"

#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "core/formats/model_family.h"
#include "ui/models/forecast_view.h"
#include "ui/models/model_words.h"
#include "ui/session/project_session.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/column_area.h"
#include "ui/widgets/note_bar.h"

namespace studio::ui {

namespace {

const char* const kLineNames[] = {"layout",    "vocabulary", "context", "rank",      "targets", "stored",
                                  "tokenizer", "template",   "licence", "made_from", "place"};

/// As configurations and settings call it.
QString typeWord(TensorType type) {
    switch (type) {
        case TensorType::Float16:
            return QStringLiteral("float16");
        case TensorType::BFloat16:
            return QStringLiteral("bfloat16");
        case TensorType::Float32:
            break;
    }
    return QStringLiteral("float32");
}

}  // namespace

ModelDetails::ModelDetails(QWidget* parent)
    : QWidget(parent),
      m_problem(new NoteBar(this)),
      m_none(new QLabel(this)),
      m_forecast(new ForecastView(this)) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* area = new ColumnArea(this);
    area->setFocusPolicy(Qt::NoFocus);
    auto* inner = new QWidget(area);
    inner->setProperty("ground", "panel");
    area->setWidget(inner);
    outer->addWidget(area);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(10);
    column->addWidget(m_problem);
    setTone(m_none, Tone::Secondary);
    m_none->setWordWrap(true);
    column->addWidget(m_none);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    makeLines(grid);
    column->addLayout(grid);
    column->addWidget(m_forecast);
    column->addStretch(1);
    retranslate();
}

void ModelDetails::makeLines(QGridLayout* grid) {
    for (int i = 0; i < LineCount; ++i) {
        Line& line = m_lines[i];
        line = {new QLabel(this), new QLabel(this)};
        for (QLabel* label : {line.name, line.value}) setTextRole(label, TextRole::Secondary);
        setTone(line.name, Tone::Secondary);
        line.value->setWordWrap(true);
        line.value->setTextFormat(Qt::PlainText);  // names come from files
        line.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(line.name, i, 0, Qt::AlignTop);
        grid->addWidget(line.value, i, 1, Qt::AlignTop);
    }
}

void ModelDetails::setModel(const std::shared_ptr<const ModelEntry>& model) {
    if (model == m_model && model) return;
    m_model = model;
    showLines();
}

void ModelDetails::show(LineId line, const QString& text) {
    // Long paths have no spaces to break at.
    QString broken = text;
    if (line == Place) broken.replace(u'/', QStringLiteral("/\u200b"));
    m_lines[line].value->setText(broken);
    m_lines[line].name->setVisible(!text.isEmpty());
    m_lines[line].value->setVisible(!text.isEmpty());
}

void ModelDetails::showLines() {
    m_problem->clear();
    m_none->setVisible(!m_model);
    m_forecast->setVisible(m_model && m_model->canAnswer());
    for (int i = 0; i < LineCount; ++i) show(static_cast<LineId>(i), {});
    if (!m_model) return;
    show(Place, QString::fromStdString(m_model->folder.string()));
    if (!m_model->madeFrom.empty()) show(MadeFrom, ProjectSession::modelTitle(m_model->madeFrom));
    if (m_model->problem) {
        const ErrorText text = errorText(*m_model->problem);
        m_problem->setNote(NoteKind::Error, sentences(text.cause, text.nextStep), text.details);
    } else if (m_model->otherBase) {
        const ExportNote& note = *m_model->otherBase;
        m_problem->setNote(NoteKind::Warning, exportNote(note), QString::fromStdString(note.message));
    }
    if (m_model->adapter) showAdapter(*m_model->adapter);
    if (!m_model->summary) return;
    const ModelSummary& summary = *m_model->summary;
    const ModelConfig& config = summary.config;
    show(Layout, tr("%Ln layer(s)", nullptr, static_cast<int>(config.layerCount)) + QStringLiteral(" · ") +
                     tr("%Ln head(s)", nullptr, static_cast<int>(config.headCount)) + QStringLiteral(" · ") +
                     tr("width %1").arg(countText(config.hiddenSize)));
    show(Vocabulary, countText(config.vocabSize));
    show(Context, tr("%Ln token(s)", nullptr, static_cast<int>(config.contextLength)));
    show(Stored, QStringLiteral("%1, %2").arg(typeWord(summary.storedType), bytesText(summary.weightBytes)));
    show(Tokenizer, summary.tokenizerKind.empty() ? tr("none that this version reads")
                                                  : QString::fromStdString(summary.tokenizerKind));
    show(Template, templateText(*m_model));
    show(Licence, licenceText(m_model->licence));
}

QString ModelDetails::templateText(const ModelEntry& model) {
    if (model.summary->hasPromptTemplate) return tr("its own, from its training");
    if (model.hasChatTemplate) return tr("its own chat template");
    return tr("none: choose an instruction template on Prompts, and fine-tune with it");
}

void ModelDetails::showAdapter(const AdapterSummary& adapter) {
    show(Rank, rankText(adapter.config));
    QStringList targets;
    for (const std::string& target : adapter.targets) targets << QString::fromStdString(target);
    show(Targets, targets.join(QStringLiteral(", ")));
    show(Stored, fileSizeText(static_cast<qint64>(adapter.bytes)));
    show(Licence, licenceText(m_model->licence));
}

QString ModelDetails::lineText(const QString& line) const {
    for (int i = 0; i < LineCount; ++i)
        if (line == QLatin1String(kLineNames[i]))
            return m_lines[i].value->text().remove(QStringLiteral("\u200b"));
    return {};
}

void ModelDetails::retranslate() {
    m_none->setText(tr("No model is chosen."));
    m_lines[Layout].name->setText(tr("Layout"));
    m_lines[Vocabulary].name->setText(tr("Vocabulary"));
    m_lines[Context].name->setText(tr("Context"));
    m_lines[Rank].name->setText(tr("Rank"));
    m_lines[Targets].name->setText(tr("Targets"));
    m_lines[Stored].name->setText(tr("Stored as"));
    m_lines[Tokenizer].name->setText(tr("Tokenizer"));
    m_lines[Template].name->setText(tr("Template"));
    m_lines[Licence].name->setText(tr("Licence"));
    m_lines[MadeFrom].name->setText(tr("Made from"));
    m_lines[Place].name->setText(tr("Folder"));
    m_forecast->retranslate();
    showLines();
}

}  // namespace studio::ui
