// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "ui/theme/icon.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace studio::ui {

class Badge;
class ElidedLabel;
class ProgressLine;

/// A framed part of a page: a 32-pixel head (title, chips, fact, widgets at the right) over a body.
class Panel : public QFrame {
    Q_OBJECT

public:
    explicit Panel(QWidget* parent = nullptr);
    explicit Panel(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Secondary text behind the title, elided.
    void setFact(const QString& fact);
    /// A chip between title and fact; as many as needed, hidden until they have a text.
    Badge* addBadge();
    /// At the right end of the head, from left to right.
    void addHeadWidget(QWidget* widget);
    /// A 28-pixel borderless icon button at the right end of the head.
    QPushButton* addHeadButton(Icon icon, const QString& tooltip = {});
    /// At the left end of the head, in place of a title (tabs, a segmented control).
    void addHeadLeading(QWidget* widget);
    void setHeadVisible(bool visible);
    /// What the head needs in one row, so that nothing in it is cut but the fact.
    int headWidth() const;
    /// Where the panel is narrower than that, what stands at the right end gets a second row; and the panel
    /// may become as narrow as the wider one of the two.
    void setHeadWraps(bool wraps);
    bool isHeadWrapped() const { return m_wrapped; }

    /// Below the head; margins 12, spacing 8.
    QVBoxLayout* bodyLayout() { return m_body; }
    /// One widget that fills the whole body without margins (a table, an editor).
    void setBodyWidget(QWidget* widget);
    /// A 32-pixel row with a line above it, below the body; made at the first call.
    QHBoxLayout* footLayout();
    /// A 2-pixel bar under the head; shown 400 ms after it is switched on, so that short work shows nothing.
    void setBusy(bool busy);

protected:
    bool event(QEvent* event) override;

private:
    void fitHeadRows();

    QWidget* m_head;
    QHBoxLayout* m_headRow;
    QHBoxLayout* m_secondRow;
    QHBoxLayout* m_leading;
    QHBoxLayout* m_trailing;
    QLabel* m_title;
    ElidedLabel* m_fact;
    ProgressLine* m_busy;
    QVBoxLayout* m_outer;
    QVBoxLayout* m_body;
    QHBoxLayout* m_foot = nullptr;
    bool m_wraps = false;
    bool m_wrapped = false;
};

}  // namespace studio::ui
