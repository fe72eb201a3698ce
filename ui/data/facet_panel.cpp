// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/facet_panel.h"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "ui/data/facet_button.h"
#include "ui/data/record_words.h"
#include "ui/data/share_bar.h"
#include "ui/widgets/column_area.h"

namespace studio::ui {

namespace {

struct SplitMark {
    Split split;
    Series series;
};
// The colour of a split is the one that its loss has in the charts, where it has one.
constexpr std::array kSplits{
    SplitMark{Split::Train, Series::TrainLoss}, SplitMark{Split::Validation, Series::EvalLoss},
    SplitMark{Split::Test, Series::LearningRate}, SplitMark{Split::None, Series::BaseModel}};
constexpr std::array kStatuses{RecordStatus::Accepted, RecordStatus::Draft, RecordStatus::Rejected};

bool sameFilter(const RecordQuery& a, const RecordQuery& b) {
    return a.search == b.search && a.status == b.status && a.split == b.split && a.source == b.source;
}

}  // namespace

FacetPanel::FacetPanel(QWidget* parent) : Panel(parent) {
    auto* scroll = new ColumnArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget(scroll);
    content->setProperty("ground", "panel");
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 8, 0, 12);
    m_column->setSpacing(0);

    m_splitHeading = addHeading(content, m_column);
    auto* barRow = new QHBoxLayout;
    barRow->setContentsMargins(12, 4, 12, 6);
    m_bar = new ShareBar(content);
    barRow->addWidget(m_bar);
    m_column->addLayout(barRow);
    for (const SplitMark& mark : kSplits) {
        RecordQuery query;
        query.split = mark.split;
        query.status = RecordStatus::Accepted;
        FacetButton* button = addLine(query, m_column);
        button->setSwatch(mark.series);
        m_splits.push_back({button, query});
    }
    auto* adviceRow = new QHBoxLayout;
    adviceRow->setContentsMargins(12, 4, 12, 4);
    m_advice = new QLabel(content);
    m_advice->setWordWrap(true);
    setTextRole(m_advice, TextRole::Secondary);
    setTone(m_advice, Tone::Tertiary);
    adviceRow->addWidget(m_advice);
    m_column->addLayout(adviceRow);

    m_column->addSpacing(12);
    m_statusHeading = addHeading(content, m_column);
    for (const RecordStatus status : kStatuses) {
        RecordQuery query;
        query.status = status;
        FacetButton* button = addLine(query, m_column);
        const StatusContent mark = statusContent(status);
        button->setMark(mark.icon, mark.tone);
        m_statuses.push_back({button, query});
    }

    m_column->addSpacing(12);
    m_sourceHeading = addHeading(content, m_column);
    m_sourceHeading->hide();
    m_sourceColumn = new QVBoxLayout;
    m_sourceColumn->setSpacing(0);
    m_column->addLayout(m_sourceColumn);
    m_column->addStretch(1);
    scroll->setWidget(content);
    setBodyWidget(scroll);
}

QLabel* FacetPanel::addHeading(QWidget* parent, QVBoxLayout* column) {
    auto* label = new QLabel(parent);
    setTextRole(label, TextRole::Secondary);
    setTone(label, Tone::Secondary);
    label->setContentsMargins(12, 0, 12, 4);
    column->addWidget(label);
    return label;
}

FacetButton* FacetPanel::addLine(const RecordQuery& query, QVBoxLayout* column) {
    auto* button = new FacetButton(this);
    column->addWidget(button);
    connect(button, &QAbstractButton::clicked, this, [this, query] {
        // A second click on a marked line shows all rows again.
        const bool already = sameFilter(m_query, query);
        Q_EMIT rowsRequested(already ? RecordQuery() : query);
        showQuery(m_query);
    });
    return button;
}

FacetButton* FacetPanel::splitButton(Split split) const {
    for (const Line& line : m_splits)
        if (line.query.split == split) return line.button;
    return nullptr;
}

void FacetPanel::setCounts(const RecordCounts& counts) {
    m_facts = counts;
    const std::array<qint64, 4> splits{counts.train, counts.validation, counts.test, counts.unassigned};
    std::vector<ShareBar::Share> shares;
    for (std::size_t i = 0; i < kSplits.size(); ++i) {
        m_splits[i].button->setCount(splits[i]);
        shares.push_back({splits[i], kSplits[i].series, false, kSplits[i].split == Split::None});
    }
    m_bar->setShares(shares);
    const std::array<qint64, 3> statuses{counts.accepted, counts.draft, counts.rejected};
    for (std::size_t i = 0; i < kStatuses.size(); ++i) m_statuses[i].button->setCount(statuses[i]);
    advise();
}

void FacetPanel::advise() {
    if (m_facts.accepted == 0)
        m_advice->setText(tr("Only accepted rows are used."));
    else if (m_facts.train + m_facts.validation + m_facts.test == 0)
        m_advice->setText(
            tr("Not split yet: training takes every accepted row, and Compare has no row that the model "
               "has not seen. Split… sets some aside."));
    else if (m_facts.unassigned > 0)
        m_advice->setText(tr("%Ln accepted row(s) are in no split and are not trained on.", nullptr,
                             static_cast<int>(m_facts.unassigned)));
    else if (m_facts.test == 0)
        m_advice->setText(tr("No test rows: Compare has no row that the model has not seen."));
    else if (m_facts.validation == 0)
        m_advice->setText(
            tr("No validation rows: training sets 5 % of the train rows aside for its evaluation loss."));
    else
        m_advice->setText(tr("Training reads train and validation, and never looks at test."));
}

void FacetPanel::setSources(const std::vector<Source>& sources) {
    const auto sameName = [](const Line& line, const Source& source) {
        return line.query.source == source.name;
    };
    if (std::equal(m_sources.begin(), m_sources.end(), sources.begin(), sources.end(), sameName)) {
        // The usual case, with every edit: the lines stay, and with them the focus.
        for (std::size_t i = 0; i < sources.size(); ++i) m_sources[i].button->setCount(sources[i].rows);
        return;
    }
    for (const Line& line : m_sources) {
        // Later, because this may be called from the click of one of them; out of the layout at once.
        m_sourceColumn->removeWidget(line.button);
        line.button->hide();
        line.button->deleteLater();
    }
    m_sources.clear();
    for (const Source& source : sources) {
        RecordQuery query;
        query.source = source.name;
        FacetButton* button = addLine(query, m_sourceColumn);
        button->setMark(Icon::File, Tone::Tertiary);
        button->setText(source.name.empty() ? tr("(no source)") : qtText(source.name));
        button->setCount(source.rows);
        m_sources.push_back({button, query});
    }
    m_sourceHeading->setVisible(!sources.empty());
    showQuery(m_query);
}

void FacetPanel::showQuery(const RecordQuery& query) {
    m_query = query;
    for (const auto* lines : {&m_splits, &m_statuses, &m_sources})
        for (const Line& line : *lines) line.button->setChecked(sameFilter(line.query, query));
}

void FacetPanel::retranslate() {
    setTitle(tr("What the rows are made of"));
    m_splitHeading->setText(tr("Accepted rows by split"));
    m_statusHeading->setText(tr("All rows by status"));
    m_sourceHeading->setText(tr("All rows by source"));
    for (std::size_t i = 0; i < kSplits.size(); ++i)
        m_splits[i].button->setText(kSplits[i].split == Split::None ? tr("In no split")
                                                                    : splitWord(kSplits[i].split));
    for (std::size_t i = 0; i < kStatuses.size(); ++i)
        m_statuses[i].button->setText(statusWord(kStatuses[i]));
    for (const Line& line : m_sources)
        if (line.query.source && line.query.source->empty()) line.button->setText(tr("(no source)"));
    setCounts(m_facts);
}

}  // namespace studio::ui
