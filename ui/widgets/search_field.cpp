// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/search_field.h"

#include <QAction>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QShortcut>
#include <QTimer>

#include "ui/theme/icon.h"

namespace studio::ui {

SearchField::SearchField(QWidget* parent)
    : QLineEdit(parent),
      m_magnifier(addAction(icon(Icon::Search, Tone::Tertiary), QLineEdit::LeadingPosition)),
      m_clear(addAction(icon(Icon::Clear, Tone::Secondary), QLineEdit::TrailingPosition)),
      m_shortcut(new QShortcut(QKeySequence::Find, parent ? parent : this)),
      m_delay(new QTimer(this)) {
    m_shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    m_clear->setVisible(false);
    m_delay->setSingleShot(true);
    m_delay->setInterval(150);
    connect(m_shortcut, &QShortcut::activated, this, [this] {
        setFocus(Qt::ShortcutFocusReason);
        selectAll();
    });
    connect(m_clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(m_delay, &QTimer::timeout, this, &SearchField::report);
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_clear->setVisible(!text.isEmpty());
        if (text.isEmpty()) {
            m_delay->stop();
            report();
        } else {
            m_delay->start();
        }
    });
    retranslate();
}

void SearchField::report() {
    if (text() == m_reported) return;
    m_reported = text();
    Q_EMIT searchChanged(m_reported);
}

void SearchField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (!text().isEmpty()) return;
    const QString key = QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText);
    const QFont font = roleFont(TextRole::Caption);
    const QFontMetrics metrics(font);
    const int keyWidth = metrics.horizontalAdvance(key) + 10;
    if (width() < keyWidth + 40 + fontMetrics().horizontalAdvance(placeholderText())) return;
    const ThemeTokens& tokens = tokensOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box(width() - keyWidth - 5.5, (height() - 18) / 2 + 0.5, keyWidth, 17);
    painter.setPen(tokens.border);
    painter.setBrush(tokens.alternate);
    painter.drawRoundedRect(box, 3, 3);
    painter.setFont(font);
    painter.setPen(tokens.text2);
    painter.drawText(box, Qt::AlignCenter, key);
}

void SearchField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        m_delay->stop();
        report();
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::retranslate() {
    m_clear->setToolTip(tr("Clear the search (Esc)"));
    if (accessibleName().isEmpty()) setAccessibleName(tr("Search"));
}

void SearchField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QLineEdit::changeEvent(event);
}

}  // namespace studio::ui
