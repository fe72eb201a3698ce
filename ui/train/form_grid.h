// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

class QGridLayout;
class QLabel;

namespace studio::ui {

class IconLabel;

/// Rows of label, control (208 wide, less where the form is narrow) and help sentence under group heads;
/// where the sentence would have no room beside the control it stands below. A problem takes the place of the
/// help.
class FormGrid : public QWidget {
    Q_OBJECT

public:
    static constexpr int kControlWidth = 208;

    explicit FormGrid(QWidget* parent = nullptr);

    /// All three return the number of the row.
    int addGroup();
    int addRow(QWidget* control);
    /// A sentence across the grid, without a control.
    int addNote();

    void setTexts(int row, const QString& label, const QString& help = {});
    /// An empty text brings the help back.
    void setProblem(int row, const QString& problem);
    QString problem(int row) const;
    void setRowVisible(int row, bool visible);
    bool isRowVisible(int row) const { return m_rows[static_cast<std::size_t>(row)].visible; }
    /// A setting that differs from the recipe has a bold label.
    void setBold(int row, bool bold);
    QString label(int row) const;
    bool isHelpBelow() const { return m_helpBelow; }
    QString help(int row) const { return m_rows[static_cast<std::size_t>(row)].helpText; }

Q_SIGNALS:
    /// On the label or help of a row; the control asks by itself.
    void menuRequested(int row, const QPoint& globalPosition);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void fitControls();
    void fitControl(QWidget& control) const;
    void placeHelp(int row);
    void askForMenu(QWidget* widget, int row);

    struct Row {
        QLabel* label = nullptr;
        QWidget* control = nullptr;  // null for a group
        QWidget* helpBox = nullptr;
        IconLabel* icon = nullptr;
        QLabel* help = nullptr;
        QString helpText;
        QString problemText;
        bool visible = true;
    };

    int m_controlWidth = kControlWidth;
    bool m_helpBelow = false;
    QGridLayout* m_grid;
    std::vector<Row> m_rows;
};

}  // namespace studio::ui
