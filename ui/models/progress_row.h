// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace studio::ui {

class ProgressLine;

/// Work that goes on in a dialog: a bar, below it how far it is, and Stop. Hidden until begin().
class ProgressRow : public QWidget {
    Q_OBJECT

public:
    explicit ProgressRow(QWidget* parent = nullptr);

    /// Shows the row, with nothing known yet.
    void begin(const QString& text);
    /// `share`: 0 to 1; below 0: not known.
    void setProgress(double share, const QString& text);
    /// After Stop was pressed: the work has not ended yet.
    void setStopping(const QString& text);
    void end();

    QString text() const;
    double share() const;
    QPushButton* stopButton() const { return m_stop; }
    void retranslate();

Q_SIGNALS:
    void stopRequested();

private:
    ProgressLine* m_line;
    QLabel* m_text;
    QPushButton* m_stop;
};

}  // namespace studio::ui
