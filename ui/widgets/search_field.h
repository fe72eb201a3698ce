// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QAction;
class QShortcut;
class QTimer;

namespace studio::ui {

/// A search box: magnifier at the left, the key at the right while empty, a cross to clear while not. Ctrl+F
/// focuses it from anywhere in its page, Esc clears it.
class SearchField : public QLineEdit {
    Q_OBJECT

public:
    explicit SearchField(QWidget* parent = nullptr);

Q_SIGNALS:
    /// The text, 150 ms after the last key (at once when cleared), so that a search is not run for every key.
    void searchChanged(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void report();

    QAction* m_magnifier;
    QAction* m_clear;
    QShortcut* m_shortcut;
    QTimer* m_delay;
    QString m_reported;
};

}  // namespace studio::ui
