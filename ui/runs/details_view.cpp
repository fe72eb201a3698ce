// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details_view.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QTextDocumentFragment>
#include <QTimer>
#include <QVBoxLayout>
#include <cmath>

#include "core/base/error.h"
#include "core/storage/run_lineage.h"
#include "ui/charts/chart_style.h"
#include "ui/runs/run_words.h"
#include "ui/session/project_session.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/column_area.h"
#include "ui/widgets/note_bar.h"

namespace studio::ui {

namespace {

constexpr int kDelayMilliseconds = 600;
constexpr int kShortHash = 12;

const char* const kLineNames[] = {"state", "losses",   "steps", "lineage", "children",
                                  "base",  "template", "data",  "place"};

QString linkTo(const RunEntry& run) {
    const QString name = QString::fromStdString(run.name()).toHtmlEscaped();
    return QStringLiteral("<a href=\"%1\">%1</a>").arg(name);
}

QString hashText(const std::string& hash) {
    return hash.empty() ? QStringLiteral("–") : QString::fromStdString(hash.substr(0, kShortHash)) + u'…';
}

}  // namespace

DetailsView::DetailsView(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_problem(new NoteBar(this)),
      m_tagsName(new QLabel(this)),
      m_tags(new QLineEdit(this)),
      m_tagsProblem(new QLabel(this)),
      m_noteName(new QLabel(this)),
      m_note(new QPlainTextEdit(this)),
      m_delay(new QTimer(this)) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(12, 10, 12, 0);
    top->setSpacing(8);
    setTextRole(m_title, TextRole::PanelTitle);
    top->addWidget(m_title);
    top->addWidget(m_problem);
    outer->addLayout(top);
    auto* area = new ColumnArea(this);
    auto* inner = new QWidget(area);
    inner->setProperty("ground", "panel");
    area->setWidget(inner);
    outer->addWidget(area, 1);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(8);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    makeLines(grid);
    column->addLayout(grid);
    for (QLabel* name : {m_tagsName, m_noteName}) {
        setTextRole(name, TextRole::Secondary);
        setTone(name, Tone::Secondary);
    }
    m_tagsName->setBuddy(m_tags);
    m_noteName->setBuddy(m_note);
    setTextRole(m_tagsProblem, TextRole::Secondary);
    setTone(m_tagsProblem, Tone::Error);
    m_tagsProblem->setWordWrap(true);
    m_tagsProblem->hide();
    m_note->setTabChangesFocus(true);
    m_note->setMinimumHeight(64);
    column->addSpacing(4);
    for (QWidget* each : {static_cast<QWidget*>(m_tagsName), static_cast<QWidget*>(m_tags),
                          static_cast<QWidget*>(m_tagsProblem), static_cast<QWidget*>(m_noteName)})
        column->addWidget(each);
    column->addWidget(m_note, 1);
    m_delay->setSingleShot(true);
    m_delay->setInterval(kDelayMilliseconds);
    connect(m_delay, &QTimer::timeout, this, &DetailsView::flush);
    connect(m_tags, &QLineEdit::textEdited, this, &DetailsView::typed);
    connect(m_tags, &QLineEdit::editingFinished, this, &DetailsView::flush);
    connect(m_note, &QPlainTextEdit::textChanged, this, &DetailsView::typed);
    retranslate();
}

void DetailsView::makeLines(QGridLayout* grid) {
    for (int i = 0; i < LineCount; ++i) {
        Line& line = m_lines[i];
        line = {new QLabel(this), new QLabel(this)};
        setTextRole(line.name, TextRole::Secondary);
        setTone(line.name, Tone::Secondary);
        setTextRole(line.value, TextRole::Secondary);
        line.value->setWordWrap(true);
        line.value->setTextFormat(Qt::RichText);
        line.value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse |
                                            Qt::LinksAccessibleByKeyboard);
        line.value->setFocusPolicy(i == Lineage || i == Children ? Qt::StrongFocus : Qt::ClickFocus);
        connect(line.value, &QLabel::linkActivated, this, &DetailsView::runChosen);
        grid->addWidget(line.name, i, 0, Qt::AlignTop);
        grid->addWidget(line.value, i, 1, Qt::AlignTop);
    }
}

void DetailsView::setRun(const std::shared_ptr<const RunEntry>& run, const RunEntries& runs) {
    const bool same = run && m_run && run->summary.folder == m_run->summary.folder;
    if (same && run == m_run && runs == m_runs) return;  // read again, and nothing has changed
    if (!same) flush();
    m_run = run;
    m_runs = runs;
    showLines();
    // What is being typed is not taken away by a reading of the folder.
    if (same && (m_delay->isActive() || run->notes == m_stored)) return;
    showNotes();
}

void DetailsView::showNotes() {
    m_stored = m_run ? m_run->notes : RunNotes();
    m_showing = true;
    QStringList tags;
    for (const std::string& tag : m_stored.tags) tags << QString::fromStdString(tag);
    m_tags->setText(tags.join(QStringLiteral(", ")));
    m_note->setPlainText(QString::fromStdString(m_stored.note));
    m_tagsProblem->hide();
    m_showing = false;
    m_tags->setEnabled(m_run != nullptr);
    m_note->setEnabled(m_run != nullptr);
}

void DetailsView::typed() {
    if (!m_showing && m_run) m_delay->start();
}

void DetailsView::flush() {
    m_delay->stop();
    if (!m_run) return;
    RunNotes notes = m_stored;
    notes.note = m_note->toPlainText().toStdString();
    QString problem;
    try {
        // Full-width commas part tags, too: they are what a Chinese keyboard gives.
        QString text = m_tags->text();
        text.replace(u'，', u',').replace(u'、', u',');
        notes.tags = tagsFromText(text.toStdString());
    } catch (const Error&) {
        problem = tr("A tag may have 40 characters. Tags are parted by commas.");
    }
    m_tagsProblem->setText(problem);
    m_tagsProblem->setVisible(!problem.isEmpty());
    if (notes == m_stored) return;
    m_stored = notes;
    Q_EMIT notesEdited(QString::fromStdString(m_run->name()), notes);
}

QString DetailsView::stateLine() const {
    QString text = stateWord(m_run->state);
    if (m_run->state != RunState::Finished)
        text += QStringLiteral(" · ") + stateSentence(*m_run).toHtmlEscaped();
    // Some of these are no whole sentence, which another one could follow.
    const QString obstacle = obstacleText(m_run->resumeObstacle());
    if (obstacle.isEmpty()) text += QStringLiteral(" · ") + tr("It can be resumed.");
    return text;
}

QString DetailsView::lossLine() const {
    if (!std::isfinite(m_run->bestEvalLoss)) return QStringLiteral("–");
    return tr("%1 before, %2 last, best %3 at step %4")
        .arg(lossText(m_run->firstEvalLoss), lossText(m_run->evalLoss), lossText(m_run->bestEvalLoss),
             countText(m_run->bestEvalStep));
}

QString DetailsView::stepLine() const {
    // How many it was to make is not known of a run that ended before its first one.
    const qint64 total = m_run->summary.status.totalSteps;
    const QString steps =
        total > 0 ? tr("%1 of %2").arg(countText(m_run->steps), countText(total)) : countText(m_run->steps);
    return std::isfinite(m_run->seconds) ? steps + QStringLiteral(" · ") + clockText(m_run->seconds) : steps;
}

void DetailsView::showLineage() {
    const RunLineage lineage = lineageOf(*m_run, m_runs);
    QStringList chain, children;
    for (const auto& each : lineage.ancestors) chain << linkTo(*each);
    if (!lineage.root.empty()) chain << ProjectSession::modelTitle(lineage.root).toHtmlEscaped();
    for (const auto& each : lineage.children) children << linkTo(*each);
    m_lines[Lineage].value->setText(chain.isEmpty() ? QStringLiteral("–")
                                                    : chain.join(QStringLiteral(" ← ")));
    m_lines[Children].value->setText(children.isEmpty() ? tr("no run yet") : listed(children));
}

void DetailsView::showProblem() {
    m_problem->clear();
    if (!m_run) return;
    const QString problem = QString::fromStdString(m_run->problem);
    if (m_run->lost) {
        const ErrorText lost = errorText(*m_run->lost);
        const QString said = sentences(lost.cause, lost.nextStep);
        if (problem.isEmpty()) return m_problem->setNote(NoteKind::Error, said, lost.details);
        return m_problem->setNote(NoteKind::Error, sentences(problem, said), problem + u'\n' + lost.details);
    }
    if (!problem.isEmpty()) return m_problem->setNote(NoteKind::Error, problem, problem);
    QStringList damage;
    if (m_run->metricsLost > 0)
        damage << tr("metrics.jsonl ends %Ln step(s) before the run did.", nullptr,
                     static_cast<int>(m_run->metricsLost));
    if (m_run->metricsTorn > 0)
        damage << tr("%Ln line(s) of metrics.jsonl cannot be read.", nullptr,
                     static_cast<int>(m_run->metricsTorn));
    if (damage.isEmpty()) return;
    damage << tr("Curves, train loss and best evaluation are of what is left.");
    QString text = damage.front();
    for (const QString& more : damage.mid(1)) text = sentences(text, more);
    m_problem->setNote(NoteKind::Warning, text, text);
}

void DetailsView::showLines() {
    m_title->setText(m_run ? QString::fromStdString(m_run->name()) : tr("No run is chosen."));
    for (Line& line : m_lines) {
        line.name->setVisible(m_run != nullptr);
        line.value->setVisible(m_run != nullptr);
    }
    showProblem();
    if (!m_run) return;
    const RunEntry& run = *m_run;
    m_lines[State].value->setText(stateLine());
    m_lines[Losses].value->setText(lossLine());
    m_lines[Steps].value->setText(stepLine());
    showLineage();
    m_lines[Base].value->setText(hashText(run.baseHash));
    const QString title =
        QString::fromStdString(run.templateTitle.empty() ? run.summary.templateName : run.templateTitle);
    m_lines[Template].value->setText(title.isEmpty() ? QStringLiteral("–") : title.toHtmlEscaped());
    QString snapshot = hashText(run.dataHash);
    if (run.trainRows && run.validationRows)
        snapshot +=
            QStringLiteral(" · ") + tr("%1 train and %2 validation rows")
                                        .arg(countText(*run.trainRows), countText(*run.validationRows));
    m_lines[Data].value->setText(snapshot);
    m_lines[Place].value->setText(QString::fromStdString(run.summary.folder.string()).toHtmlEscaped());
}

QString DetailsView::lineText(const QString& line) const {
    for (int i = 0; i < LineCount; ++i)
        if (line == QLatin1String(kLineNames[i]))
            return QTextDocumentFragment::fromHtml(m_lines[i].value->text()).toPlainText();
    return {};
}

QString DetailsView::tagProblem() const {
    return m_tagsProblem->isHidden() ? QString() : m_tagsProblem->text();
}

void DetailsView::retranslate() {
    m_lines[State].name->setText(tr("State"));
    m_lines[Losses].name->setText(tr("Eval loss"));
    m_lines[Steps].name->setText(tr("Steps"));
    m_lines[Lineage].name->setText(tr("Built on"));
    m_lines[Children].name->setText(tr("Base of"));
    m_lines[Base].name->setText(tr("Base weights"));
    m_lines[Template].name->setText(tr("Template"));
    m_lines[Data].name->setText(tr("Data snapshot"));
    m_lines[Place].name->setText(tr("Folder"));
    m_tagsName->setText(tr("Tags"));
    m_noteName->setText(tr("Note"));
    m_tags->setPlaceholderText(tr("parted by commas"));
    m_note->setPlaceholderText(tr("What was this run to show, and did it?"));
    m_tags->setAccessibleName(tr("Tags"));
    m_note->setAccessibleName(tr("Note"));
    showLines();
}

}  // namespace studio::ui
