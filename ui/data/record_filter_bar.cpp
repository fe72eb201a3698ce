// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/record_filter_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>

#include "ui/data/record_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/search_field.h"

namespace studio::ui {

namespace {

QComboBox* makeFilter(QWidget* parent) {
    auto* box = new QComboBox(parent);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    box->setMaxVisibleItems(20);
    return box;
}

}  // namespace

RecordFilterBar::RecordFilterBar(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    // Ctrl+F is to work in the whole page: the field ties its key to the widget that it is made with.
    m_search = new SearchField(parent ? parent : this);
    m_search->setMinimumWidth(180);
    m_search->setMaximumWidth(320);
    // A file that is dropped here belongs to the page, not into the search.
    m_search->setAcceptDrops(false);
    m_status = makeFilter(this);
    m_split = makeFilter(this);
    m_source = makeFilter(this);
    m_source->setMinimumContentsLength(14);
    m_counts = new QLabel(this);
    setTextRole(m_counts, TextRole::Secondary);
    setTone(m_counts, Tone::Tertiary);
    m_only = new QLabel(this);
    setTextRole(m_only, TextRole::Secondary);
    setTone(m_only, Tone::Warning);
    m_only->hide();
    m_clear = new QPushButton(this);
    setButtonLook(m_clear, ButtonLook::Link);
    m_clear->hide();
    row->addWidget(m_search, 3);
    row->addWidget(m_status);
    row->addWidget(m_split);
    row->addWidget(m_source);
    row->addSpacing(4);
    row->addWidget(m_counts);
    row->addWidget(m_only);
    row->addWidget(m_clear);
    row->addStretch(2);
    m_status->addItem(QString());
    for (const RecordStatus status : {RecordStatus::Accepted, RecordStatus::Draft, RecordStatus::Rejected})
        m_status->addItem(QString(), static_cast<int>(status));
    m_split->addItem(QString());
    for (const Split split : {Split::Train, Split::Validation, Split::Test, Split::None})
        m_split->addItem(QString(), static_cast<int>(split));
    m_source->addItem(QString());
    connect(m_search, &SearchField::searchChanged, this, &RecordFilterBar::changed);
    for (QComboBox* box : {m_status, m_split, m_source})
        connect(box, &QComboBox::currentIndexChanged, this, &RecordFilterBar::changed);
    connect(m_clear, &QPushButton::clicked, this, &RecordFilterBar::clear);
}

void RecordFilterBar::apply(RecordQuery& query) const {
    query.search = coreText(m_search->text().trimmed());
    query.status.reset();
    query.split.reset();
    query.source.reset();
    query.ids = m_ids;
    if (m_status->currentIndex() > 0)
        query.status = static_cast<RecordStatus>(m_status->currentData().toInt());
    if (m_split->currentIndex() > 0) query.split = static_cast<Split>(m_split->currentData().toInt());
    if (m_source->currentIndex() > 0) query.source = coreText(m_source->currentData().toString());
}

void RecordFilterBar::show(const RecordQuery& query) {
    const QSignalBlocker all(this);
    m_ids = query.ids;
    if (m_ids.empty()) m_only->clear();
    if (coreText(m_search->text().trimmed()) != query.search) m_search->setText(qtText(query.search));
    m_status->setCurrentIndex(query.status ? m_status->findData(static_cast<int>(*query.status)) : 0);
    m_split->setCurrentIndex(query.split ? m_split->findData(static_cast<int>(*query.split)) : 0);
    m_source->setCurrentIndex(query.source ? qMax(0, m_source->findData(qtText(*query.source))) : 0);
}

void RecordFilterBar::showOnly(const std::vector<std::int64_t>& ids, const QString& what) {
    RecordQuery query;
    query.ids = ids;
    show(query);
    m_only->setText(ids.empty() ? QString() : what);
    showCounts();
}

bool RecordFilterBar::isFiltering() const {
    return !m_ids.empty() || !m_search->text().trimmed().isEmpty() || m_status->currentIndex() > 0 ||
           m_split->currentIndex() > 0 || m_source->currentIndex() > 0;
}

void RecordFilterBar::setSources(const std::vector<std::string>& sources) {
    if (sources == m_sources) return;
    m_sources = sources;
    const QString chosen = m_source->currentData().toString();
    const bool had = m_source->currentIndex() > 0;
    {
        const QSignalBlocker blocker(m_source);
        while (m_source->count() > 1) m_source->removeItem(1);
        for (const std::string& source : sources)
            m_source->addItem(sourceText(qtText(source)), qtText(source));
        m_source->setCurrentIndex(had ? qMax(0, m_source->findData(chosen)) : 0);
    }
    if (had && m_source->currentIndex() == 0) Q_EMIT changed();
}

// A filter in use says what it filters by: "None" alone could be anything.
QString RecordFilterBar::sourceText(const QString& source) const {
    return tr("Source: %1").arg(source.isEmpty() ? tr("(no source)") : source);
}

void RecordFilterBar::setCounts(qint64 shown, qint64 all) {
    m_shown = shown;
    m_all = all;
    showCounts();
}

void RecordFilterBar::showCounts() {
    const QLocale locale;
    m_clear->setVisible(isFiltering());
    m_only->setVisible(!m_ids.empty());
    m_counts->setText(
        isFiltering() ? tr("%1 of %Ln row(s)", nullptr, static_cast<int>(m_all)).arg(locale.toString(m_shown))
                      : tr("All rows"));
}

void RecordFilterBar::clear() {
    if (!isFiltering()) return;
    show({});
    Q_EMIT changed();
}

void RecordFilterBar::retranslate() {
    m_search->setPlaceholderText(tr("Search all text"));
    m_search->setAccessibleName(tr("Search all text"));
    m_status->setItemText(0, tr("Status: any"));
    m_split->setItemText(0, tr("Split: any"));
    m_source->setItemText(0, tr("Source: any"));
    for (int i = 1; i < m_status->count(); ++i)
        m_status->setItemText(
            i, tr("Status: %1").arg(statusWord(static_cast<RecordStatus>(m_status->itemData(i).toInt()))));
    for (int i = 1; i < m_split->count(); ++i)
        m_split->setItemText(
            i, tr("Split: %1").arg(splitWord(static_cast<Split>(m_split->itemData(i).toInt()))));
    for (int i = 1; i < m_source->count(); ++i)
        m_source->setItemText(i, sourceText(m_source->itemData(i).toString()));
    m_status->setAccessibleName(tr("Filter by status"));
    m_split->setAccessibleName(tr("Filter by split"));
    m_source->setAccessibleName(tr("Filter by source"));
    m_clear->setText(tr("Show all rows"));
    showCounts();
}

}  // namespace studio::ui
