// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariant>
#include <QWidget>

class QButtonGroup;
class QHBoxLayout;

namespace studio::ui {

/// Two to five choices side by side, exactly one of them pressed. One tab stop; the arrow keys move.
class SegmentedControl : public QWidget {
    Q_OBJECT

public:
    explicit SegmentedControl(QWidget* parent = nullptr);

    /// Returns the index of the new segment; the first one becomes current.
    int addSegment(const QString& text, const QVariant& value = {});
    void setSegmentText(int index, const QString& text);
    void setSegmentEnabled(int index, bool enabled);
    int count() const;
    int currentIndex() const;
    QVariant currentData() const;
    /// Also emits currentChanged() where the index is another one.
    void setCurrentIndex(int index);
    /// 24 pixels high, for panel heads.
    void setSmall(bool small);

Q_SIGNALS:
    void currentChanged(int index);

private:
    void giveTabToCurrent();
    void relook();

    QButtonGroup* m_group;
    QHBoxLayout* m_layout;
    QVector<QVariant> m_data;
    int m_current = -1;
    bool m_small = false;
};

}  // namespace studio::ui
