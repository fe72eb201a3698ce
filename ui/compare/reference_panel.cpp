// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/reference_panel.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>

#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/segmented_control.h"

namespace studio::ui {

namespace {

constexpr qsizetype kLongestStretch = 120;  // of text that only the answer has: it stands above in full

QString escaped(const QString& text) {
    return text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
}

QString shortened(const QString& text) {
    if (text.size() <= kLongestStretch) return text;
    const qsizetype space = text.lastIndexOf(u' ', kLongestStretch);
    return text.left(space > kLongestStretch / 2 ? space : kLongestStretch) + QStringLiteral(" …");
}

QLabel* textLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

}  // namespace

ReferencePanel::ReferencePanel(QWidget* parent)
    : Panel(parent), m_badge(addBadge()), m_units(new SegmentedControl(this)) {
    m_units->addSegment(QString());
    m_units->addSegment(QString());
    m_units->setSmall(true);
    addHeadWidget(m_units);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    auto* table = new QWidget(area);
    table->setProperty("ground", "panel");
    auto* grid = new QGridLayout(table);
    grid->setContentsMargins(12, 6, 12, 6);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    m_referenceName = new QLabel(table);
    setTone(m_referenceName, Tone::Secondary);
    m_reference = textLabel(table);
    setTextRole(m_reference, TextRole::PanelTitle);
    m_reference->setTextFormat(Qt::PlainText);
    grid->addWidget(m_referenceName, 0, 0, Qt::AlignTop);
    grid->addWidget(m_reference, 0, 1, 1, 2);
    for (int arm = 0; arm < kArms; ++arm) {
        Row& row = m_rows[static_cast<std::size_t>(arm)];
        row.name = new QLabel(table);
        setTone(row.name, Tone::Secondary);
        row.text = textLabel(table);
        row.text->setTextFormat(Qt::RichText);
        row.icon = new IconLabel(Icon::Check, Tone::Ok, 14, table);
        row.verdict = new QLabel(table);
        setTextRole(row.verdict, TextRole::Secondary);
        grid->addWidget(row.name, arm + 1, 0, Qt::AlignTop);
        grid->addWidget(row.text, arm + 1, 1, Qt::AlignTop);
        auto* verdict = new QHBoxLayout;
        verdict->setSpacing(4);
        verdict->addWidget(row.icon);
        verdict->addWidget(row.verdict, 1);
        grid->addLayout(verdict, arm + 1, 2, Qt::AlignTop);
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(2, 136);  // verdicts come and go: the texts must not move
    grid->setRowStretch(kArms + 1, 1);
    area->setWidget(table);
    setBodyWidget(area);
    connect(m_units, &SegmentedControl::currentChanged, this, &ReferencePanel::render);
    retranslate();
}

void ReferencePanel::showAnswers(const ComparePrompt& prompt, const std::array<Line, kArms>& lines) {
    m_prompt = prompt;
    for (std::size_t arm = 0; arm < kArms; ++arm) {
        m_shown[arm].name = lines[arm].name;
        m_shown[arm].asked = lines[arm].answer != nullptr;
        m_shown[arm].answer = lines[arm].answer ? *lines[arm].answer : Answer();
    }
    const Answer& one = m_shown[0].answer;
    const Answer& other = m_shown[1].answer;
    m_identical = m_shown[0].asked && m_shown[1].asked && one.isComplete() && other.isComplete() &&
                  one.ids == other.ids && one.weightsHash != other.weightsHash;
    render();
}

DiffUnit ReferencePanel::unit() const {
    return m_units->currentIndex() == 1 ? DiffUnit::Characters : DiffUnit::Words;
}

void ReferencePanel::setUnit(DiffUnit unit) {
    m_units->setCurrentIndex(unit == DiffUnit::Characters ? 1 : 0);
}

void ReferencePanel::render() {
    if (m_identical) {
        m_badge->set(BadgeKind::Warning, tr("The same tokens from different weights"));
        m_badge->setToolTip(
            tr("Two models rarely agree token by token. For a short answer it may be chance."));
    } else {
        m_badge->clear();
    }
    const bool own = m_prompt.rowId == 0;
    m_reference->setText(own ? tr("A prompt of your own has no reference.")
                             : QString::fromStdString(m_prompt.reference));
    for (std::size_t arm = 0; arm < kArms; ++arm) renderArm(m_rows[arm], m_shown[arm]);
}

void ReferencePanel::renderArm(Row& row, const Shown& shown) {
    row.name->setText(shown.name);
    const bool own = m_prompt.rowId == 0;
    const bool comparable = shown.asked && !own && !shown.answer.text.isNull() && !shown.answer.isBusy() &&
                            shown.answer.state != Answer::State::Failed;
    const auto say = [&row](Icon which, Tone tone, const QString& text) {
        row.icon->setVisible(!text.isEmpty());
        row.icon->setIcon(which, tone);
        setTone(row.verdict, tone);
        row.verdict->setText(text);
    };
    if (!comparable) {
        row.text->setText(own || !shown.asked ? QStringLiteral("–") : escaped(shortened(shown.answer.text)));
        say(Icon::Clock, Tone::Secondary, {});
        return;
    }
    row.text->setText(diffHtml(shown.answer.text.toStdString()));
    if (!shown.answer.isComplete()) return say(Icon::Stop, Tone::Secondary, tr("stopped, not counted"));
    switch (verdictOf(shown.answer.text, m_prompt.reference)) {
        case Verdict::Exact:
            return say(Icon::Check, Tone::Ok, tr("exact match"));
        case Verdict::Contains:
            return say(Icon::Check, Tone::Ok, tr("contains, not exact"));
        case Verdict::Differs:
            return say(Icon::Error, Tone::Error, tr("not in the answer"));
    }
}

QString ReferencePanel::diffHtml(const std::string& answer) const {
    const ThemeTokens& tokens = tokensOf(this);
    const auto span = [](const ColorPair& colors, const QString& text, bool struck) {
        return QStringLiteral("<span style=\"color:%1;background-color:%2;%3\">%4</span>")
            .arg(colors.text.name(), colors.fill.name(),
                 struck ? QStringLiteral("text-decoration:line-through") : QString(), text);
    };
    // White space at both ends does not count in an exact match, so it is no difference here either.
    const QString reference = QString::fromStdString(m_prompt.reference).trimmed();
    const QString shown = QString::fromStdString(answer).trimmed();
    QString html;
    for (const DiffPart& part : diffTexts(shown.toStdString(), reference.toStdString(), unit())) {
        const QString text = QString::fromStdString(part.text);
        if (part.kind == DiffPart::Kind::Deleted)
            html += span(tokens.deleted, escaped(shortened(text)), true);
        else if (part.kind == DiffPart::Kind::Inserted)
            html += (html.isEmpty() ? QString() : QStringLiteral(" ")) +
                    span(tokens.inserted, escaped(text), false);
        else
            html += escaped(text);
    }
    return html;
}

QString ReferencePanel::verdict(int arm) const {
    return m_rows[static_cast<std::size_t>(arm)].verdict->text();
}

QString ReferencePanel::diffText(int arm) const {
    return m_rows[static_cast<std::size_t>(arm)].text->text();
}

void ReferencePanel::changeEvent(QEvent* event) {
    Panel::changeEvent(event);
    if (event->type() == QEvent::StyleChange && m_rows.back().text) render();
}

void ReferencePanel::retranslate() {
    setTitle(tr("Against the reference"));
    m_units->setSegmentText(0, tr("Words"));
    m_units->setSegmentText(1, tr("Characters"));
    m_units->setAccessibleName(tr("Unit of the comparison"));
    m_referenceName->setText(tr("Reference"));
    render();
}

}  // namespace studio::ui
