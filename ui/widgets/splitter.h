// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

namespace studio::ui {

/// A splitter whose handle is the 12-pixel gap between two panels. Panes do not collapse.
class Splitter : public QSplitter {
    Q_OBJECT

public:
    explicit Splitter(Qt::Orientation orientation, QWidget* parent = nullptr);

    /// Adds panes at once, with the share of the room that each of them takes.
    void addPane(QWidget* pane, int stretch);
    /// As in QSplitter; sizes set or restored before the first showing win over the shares of addPane().
    bool restoreState(const QByteArray& state);
    void setSizes(const QList<int>& sizes);

protected:
    QSplitterHandle* createHandle() override;
    void showEvent(QShowEvent* event) override;

private:
    QList<int> m_shares;
    bool m_arranged = false;
};

}  // namespace studio::ui
