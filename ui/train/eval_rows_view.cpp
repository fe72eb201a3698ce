// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/eval_rows_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <algorithm>

#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/table_look.h"

namespace studio::ui {

namespace {

constexpr int kFirstRows = 20;  // that the link opens where none is selected

}  // namespace

EvalRowsView::EvalRowsView(QWidget* parent)
    : QWidget(parent),
      m_model(new EvalRowsModel(this)),
      m_table(new QTableView(this)),
      m_caption(new ElidedLabel(this)),
      m_link(new QPushButton(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_table->setModel(m_model);
    setListLook(m_table, 24);
    m_table->horizontalHeader()->setSectionResizeMode(EvalRowsModel::Row, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(EvalRowsModel::Loss, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSortIndicator(EvalRowsModel::Loss, Qt::DescendingOrder);
    m_table->setSortingEnabled(true);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_table, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(12, 4, 8, 4);
    setTextRole(m_caption, TextRole::Secondary);
    setTone(m_caption, Tone::Secondary);
    setButtonLook(m_link, ButtonLook::Link);
    foot->addWidget(m_caption, 1);
    foot->addWidget(m_link);
    column->addLayout(foot);
    connect(m_link, &QPushButton::clicked, this, &EvalRowsView::askForRows);
    connect(m_table, &QTableView::activated, this, &EvalRowsView::askForRows);
    retranslate();
}

void EvalRowsView::setRows(const EvaluatedRows& rows) {
    m_model->setRows(rows);
    showTexts();
}

void EvalRowsView::askForRows() {
    QVector<qint64> ids;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        ids.append(m_model->idAt(index.row()));
    const int first = ids.isEmpty() ? std::min(kFirstRows, m_model->rowCount()) : 0;
    for (int row = 0; row < first; ++row) ids.append(m_model->idAt(row));
    if (!ids.isEmpty()) Q_EMIT rowsRequested(ids, m_model->rows().step);
}

void EvalRowsView::showTexts() {
    const int rows = m_model->rowCount();
    m_link->setEnabled(rows > 0);
    m_caption->setText(
        rows == 0 ? tr("The rows of an evaluation come here.")
                  : tr("%Ln row(s) at step %1", nullptr, rows).arg(QLocale().toString(m_model->rows().step)));
}

void EvalRowsView::retranslate() {
    m_table->setAccessibleName(tr("Rows of the newest evaluation"));
    m_link->setText(tr("Show in Data"));
    m_link->setToolTip(tr("Opens the selected rows, or the first %1 of the table, on Data").arg(kFirstRows));
    m_model->retranslate();
    showTexts();
}

void EvalRowsView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace studio::ui
