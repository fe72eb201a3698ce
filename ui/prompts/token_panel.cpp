// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/token_panel.h"

#include <QCheckBox>
#include <QLocale>

#include "ui/text/error_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/token_view.h"

namespace studio::ui {

namespace {

constexpr int kFoldFrom = 12;  // fewer tokens of fixed text are quicker read than unfolded
constexpr int kContext = 5;    // tokens that stay in sight before the first field

}  // namespace

TokenPanel::TokenPanel(QWidget* parent)
    : Panel(parent),
      m_ids(new QCheckBox(this)),
      m_note(new NoteBar(this)),
      m_legend(new TokenLegend(this)),
      m_badge(new Badge(this)),
      m_view(new TokenView(this)) {
    m_ids->setChecked(true);
    setTextRole(m_ids, TextRole::Secondary);
    addHeadWidget(m_ids);
    bodyLayout()->setContentsMargins(12, 4, 8, 8);
    bodyLayout()->setSpacing(4);
    auto* line = new QHBoxLayout;
    line->addWidget(m_legend, 1);
    line->addWidget(m_badge);
    bodyLayout()->addWidget(m_note);
    bodyLayout()->addLayout(line);
    bodyLayout()->addWidget(m_view, 1);
    connect(m_ids, &QCheckBox::toggled, m_view, &TokenView::setIdsVisible);
    retranslate();
}

void TokenPanel::showRow(qint64 id, const RowPreview& preview) {
    m_preview = preview;
    m_row = id;
    if (preview.tokenProblem) {
        const ErrorText text = errorText(*preview.tokenProblem);
        m_note->setNote(NoteKind::Error, text.cause + u' ' + text.nextStep, text.details);
    } else {
        m_note->clear();
    }
    m_view->setTokens(preview.chips, preview.cut > 0 ? preview.cutoff : 0);
    const int fold = std::min(preview.fixed, preview.cutoff) - kContext;
    if (fold >= kFoldFrom) m_view->addFold(0, fold, tr("%Ln token(s) of fixed text", nullptr, fold));
    showTexts();
}

void TokenPanel::showProblem(const QString& sentence, const QString& details) {
    showNothing();
    m_note->setNote(NoteKind::Warning, sentence, details);
}

void TokenPanel::showNothing() {
    m_preview = {};
    m_row = 0;
    m_note->clear();
    m_view->setTokens({});
    showTexts();
}

void TokenPanel::showTexts() {
    const QLocale locale;
    setTitle(m_row == 0 ? tr("Tokens") : tr("Tokens of row %1").arg(locale.toString(m_row)));
    m_sum.clear();
    if (m_preview.hasTokens) {
        const QString total = locale.toString(m_preview.total());
        const QString prompt = locale.toString(m_preview.prompt);
        const QString response = locale.toString(m_preview.response);
        m_sum =
            m_preview.end > 0
                ? tr("%1 = prompt %2 + response %3 + end %4").arg(total, prompt, response).arg(m_preview.end)
                : tr("%1 = prompt %2 + response %3").arg(total, prompt, response);
    }
    setFact(m_sum);
    if (m_preview.hasTokens && m_preview.labels == 0)
        m_badge->set(BadgeKind::Error, m_preview.cut > 0 ? tr("The whole response is cut")
                                                         : tr("Nothing to learn: no response"));
    else if (m_preview.cut > 0)
        m_badge->set(BadgeKind::Warning, tr("The end is cut"));
    else
        m_badge->clear();
}

void TokenPanel::retranslate() {
    m_ids->setText(tr("Ids"));
    m_ids->setToolTip(tr("Show the number of each token"));
    m_view->setAccessibleName(tr("Tokens of the row"));
    showTexts();
}

}  // namespace studio::ui
