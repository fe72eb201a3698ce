// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>
#include <vector>

class QPushButton;

namespace studio::ui {

class ProjectSession;

/// The control of the form that chooses which rows' prompts a run answers. The choice is kept with the
/// project. GUI thread.
class SamplePrompts : public QWidget {
    Q_OBJECT

public:
    explicit SamplePrompts(ProjectSession& session, QWidget* parent = nullptr);

    /// Reads the project's choice anew.
    void load();
    /// Empty: the first validation rows.
    const std::vector<std::int64_t>& rows() const { return m_rows; }
    QPushButton* button() const { return m_button; }
    void retranslate();

Q_SIGNALS:
    void edited();
    void failed(const QString& sentence);

private:
    void openDialog();
    void keep(const QVector<qint64>& rows);

    ProjectSession& m_session;
    QPushButton* m_button;
    std::vector<std::int64_t> m_rows;
};

}  // namespace studio::ui
