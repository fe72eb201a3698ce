// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/row_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>

#include "ui/text/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/note_bar.h"

namespace studio::ui {

RowPanel::RowPanel(QWidget* parent) : Panel(parent), m_note(new NoteBar(this)), m_view(new CodeView(this)) {
    m_previous = addHeadButton(Icon::ChevronLeft);
    m_box = new QSpinBox(this);
    m_box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_box->setKeyboardTracking(false);
    m_box->setProperty("small", true);
    m_box->setMinimumWidth(96);
    addHeadWidget(m_box);
    m_next = addHeadButton(Icon::ChevronRight);
    m_copy = new QPushButton(icon(Icon::Copy), QString(), this);
    setButtonLook(m_copy, ButtonLook::Flat);
    addHeadWidget(m_copy);
    m_view->setReadOnly(true);
    m_view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setBodyWidget(m_note);
    bodyLayout()->setStretchFactor(m_note, 0);
    bodyLayout()->addWidget(m_view, 1);
    connect(m_previous, &QPushButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { step(1); });
    connect(m_box, &QSpinBox::valueChanged, this, &RowPanel::chooseNearest);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromStdString(m_bytes)); });
    retranslate();
}

void RowPanel::setRows(const QVector<qint64>& ids) {
    m_rows = ids;
    const QSignalBlocker quiet(m_box);
    const auto [least, most] = std::minmax_element(ids.begin(), ids.end());
    if (!ids.isEmpty()) m_box->setRange(static_cast<int>(*least), static_cast<int>(*most));
    updateButtons();
}

void RowPanel::showRow(qint64 id, const RowPreview& preview, const QString& fault) {
    const bool sameRow = id == m_row;
    m_row = id;
    m_bytes = preview.bytes;
    {
        const QSignalBlocker quiet(m_box);
        m_box->setValue(static_cast<int>(id));
    }
    if (preview.textProblem) {
        const ErrorText text = errorText(*preview.textProblem);
        const QString words = fault.isEmpty() ? text.cause + u' ' + text.nextStep : fault;
        m_note->setNote(NoteKind::Error, words, text.details);
        m_view->clear();
    } else {
        m_note->clear();
        if (m_view->toPlainText() != preview.text) {
            const int scroll = m_view->verticalScrollBar()->value();
            m_view->setPlainText(preview.text);
            if (sameRow) m_view->verticalScrollBar()->setValue(scroll);  // typing must not make it jump
        }
        m_view->setSpans(preview.spans);
    }
    updateButtons();
}

void RowPanel::showNothing() {
    m_row = 0;
    m_bytes.clear();
    m_note->clear();
    m_view->clear();
    updateButtons();
}

void RowPanel::step(int by) {
    const qsizetype at = m_rows.indexOf(m_row);
    const qsizetype to = at < 0 ? 0 : at + by;
    if (to >= 0 && to < m_rows.size()) Q_EMIT rowChosen(m_rows[to]);
}

// Row numbers have gaps where rows were deleted: the nearest row that there is.
void RowPanel::chooseNearest(int number) {
    if (m_rows.isEmpty()) return;
    const auto nearest = std::min_element(m_rows.begin(), m_rows.end(), [number](qint64 a, qint64 b) {
        return std::llabs(a - number) < std::llabs(b - number);
    });
    if (*nearest == m_row) {
        const QSignalBlocker quiet(m_box);
        m_box->setValue(static_cast<int>(m_row));
        return;
    }
    Q_EMIT rowChosen(*nearest);
}

void RowPanel::updateButtons() {
    const qsizetype at = m_rows.indexOf(m_row);
    m_previous->setEnabled(at > 0);
    m_next->setEnabled(at >= 0 && at + 1 < m_rows.size());
    m_box->setEnabled(!m_rows.isEmpty());
    m_copy->setEnabled(!m_bytes.empty());
}

void RowPanel::retranslate() {
    setTitle(tr("What the model sees"));
    m_previous->setToolTip(tr("Previous row (Page Up)"));
    m_previous->setAccessibleName(tr("Previous row"));
    m_next->setToolTip(tr("Next row (Page Down)"));
    m_next->setAccessibleName(tr("Next row"));
    // One sentence for translators, since the words around the number differ by language.
    const QStringList around = tr("Row %1").split(QStringLiteral("%1"));
    m_box->setPrefix(around.value(0));
    m_box->setSuffix(around.value(1));
    m_box->setAccessibleName(tr("Row number"));
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copy the exact text"));
    m_view->setAccessibleName(tr("What the model sees"));
}

}  // namespace studio::ui
