// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/form_grid.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>
#include <utility>

#include "ui/theme/theme.h"
#include "ui/widgets/icon_label.h"

namespace studio::ui {

namespace {

constexpr int kRowHeight = 38;
constexpr int kMargin = 16;
constexpr int kGap = 12;
constexpr int kHelpAir = 3;           // above and below a help of several lines
constexpr int kHelpWidth = 210;       // the control gives way until the help has as much
constexpr int kNarrowControl = 178;   // but not below this
constexpr int kLeastHelpWidth = 130;  // where even that leaves the help less, it stands below the control
constexpr int kLastRow = 1000;        // below all others

// In the layout each row has a second one for a help that stands below its control.
int lineOf(int row) {
    return 2 * row;
}

}  // namespace

FormGrid::FormGrid(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(kMargin, 4, kMargin, 12);
    m_grid->setHorizontalSpacing(kGap);
    m_grid->setVerticalSpacing(0);
    m_grid->setColumnStretch(2, 1);
    m_grid->setRowStretch(kLastRow, 1);  // rows keep their height; what is left stands below them
}

int FormGrid::addGroup() {
    Row row;
    row.label = new QLabel(this);
    setTextRole(row.label, TextRole::Caption);
    setTone(row.label, Tone::Tertiary);
    row.label->setContentsMargins(0, 8, 0, 2);
    m_grid->addWidget(row.label, lineOf(static_cast<int>(m_rows.size())), 0, 1, 3);
    m_rows.push_back(row);
    return static_cast<int>(m_rows.size()) - 1;
}

int FormGrid::addNote() {
    const int index = addGroup();
    QLabel* label = m_rows.back().label;
    setTextRole(label, TextRole::Secondary);
    label->setWordWrap(true);
    label->setContentsMargins(0, 4, 0, 4);
    return index;
}

void FormGrid::askForMenu(QWidget* widget, int row) {
    widget->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(widget, &QWidget::customContextMenuRequested, this,
            [this, widget, row](const QPoint& at) { Q_EMIT menuRequested(row, widget->mapToGlobal(at)); });
}

// Where the form is narrow the controls give way to the help: a number needs less room than its sentence.
// Where that is not enough, with a large font, the help goes below the control.
void FormGrid::fitControls() {
    int label = 0;
    for (const Row& row : m_rows)
        if (row.control && row.visible) label = std::max(label, row.label->sizeHint().width());
    const int room = width() - 2 * kMargin - 2 * kGap - label;
    const int narrow = wordRoom(kNarrowControl);
    const bool below = room - narrow < wordRoom(kLeastHelpWidth);
    const int wanted = std::clamp(room - wordRoom(kHelpWidth), narrow, std::max(kControlWidth, narrow));
    if (wanted == m_controlWidth && below == m_helpBelow) return;
    const bool moved = std::exchange(m_helpBelow, below) != below;
    m_controlWidth = wanted;
    m_grid->setColumnStretch(1, below ? 1 : 0);
    m_grid->setColumnStretch(2, below ? 0 : 1);
    for (int index = 0; index < static_cast<int>(m_rows.size()); ++index) {
        const Row& row = m_rows[static_cast<std::size_t>(index)];
        if (!row.control) continue;
        fitControl(*row.control);
        if (moved) placeHelp(index);
    }
}

// Above its help a control is as wide as the form lets it be. A fixed width would hold the form at its own.
void FormGrid::fitControl(QWidget& control) const {
    control.setMinimumWidth(m_helpBelow ? kNarrowControl : m_controlWidth);
    control.setMaximumWidth(m_helpBelow ? QWIDGETSIZE_MAX : m_controlWidth);
}

void FormGrid::placeHelp(int index) {
    QWidget* help = m_rows[static_cast<std::size_t>(index)].helpBox;
    m_grid->removeWidget(help);
    m_grid->addWidget(help, lineOf(index) + (m_helpBelow ? 1 : 0), m_helpBelow ? 1 : 2);
}

void FormGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitControls();
}

bool FormGrid::event(QEvent* event) {
    // A label has another text or weight.
    if (event->type() == QEvent::LayoutRequest) fitControls();
    return QWidget::event(event);
}

QString FormGrid::label(int row) const {
    return m_rows[static_cast<std::size_t>(row)].label->text();
}

int FormGrid::addRow(QWidget* control) {
    const int index = static_cast<int>(m_rows.size());
    Row row;
    row.label = new QLabel(this);
    row.label->setBuddy(control);
    row.control = control;
    fitControl(*control);
    row.helpBox = new QWidget(this);
    auto* helpRow = new QHBoxLayout(row.helpBox);
    helpRow->setContentsMargins(0, kHelpAir, 0, kHelpAir);
    helpRow->setSpacing(4);
    row.icon = new IconLabel(Icon::Error, Tone::Error, 14, row.helpBox);
    row.icon->hide();
    row.help = new QLabel(row.helpBox);
    row.help->setWordWrap(true);
    setTextRole(row.help, TextRole::Secondary);
    setTone(row.help, Tone::Secondary);
    helpRow->addWidget(row.icon);
    helpRow->addWidget(row.help, 1);
    m_grid->addWidget(row.label, lineOf(index), 0);
    m_grid->addWidget(control, lineOf(index), 1);
    m_grid->setRowMinimumHeight(lineOf(index), lineRoom(kRowHeight));
    askForMenu(row.label, index);
    askForMenu(row.helpBox, index);
    m_rows.push_back(row);
    placeHelp(index);
    return index;
}

void FormGrid::setTexts(int index, const QString& label, const QString& help) {
    Row& row = m_rows[static_cast<std::size_t>(index)];
    row.label->setText(label);
    row.helpText = help;
    if (row.help && row.problemText.isEmpty()) row.help->setText(help);
}

void FormGrid::setProblem(int index, const QString& problem) {
    Row& row = m_rows[static_cast<std::size_t>(index)];
    if (row.problemText == problem) return;
    row.problemText = problem;
    row.icon->setVisible(!problem.isEmpty());
    row.help->setText(problem.isEmpty() ? row.helpText : problem);
    setTone(row.help, problem.isEmpty() ? Tone::Secondary : Tone::Error);
}

QString FormGrid::problem(int index) const {
    return m_rows[static_cast<std::size_t>(index)].problemText;
}

void FormGrid::setRowVisible(int index, bool visible) {
    Row& row = m_rows[static_cast<std::size_t>(index)];
    row.visible = visible;
    row.label->setVisible(visible);
    if (row.control) {
        row.control->setVisible(visible);
        row.helpBox->setVisible(visible);
        m_grid->setRowMinimumHeight(lineOf(index), visible ? lineRoom(kRowHeight) : 0);
    }
}

void FormGrid::setBold(int index, bool bold) {
    setTextRole(m_rows[static_cast<std::size_t>(index)].label, bold ? TextRole::PanelTitle : TextRole::Body);
}

}  // namespace studio::ui
