// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/widgets/page.h"

class QLabel;

namespace studio::ui {

class SidebarItem;

/// The rooms of the loop down the left side: icon, name, a short note. 176 pixels wide, 56 when slim (icons
/// only). One tab stop; the arrow keys move between rooms.
class Sidebar : public QWidget {
    Q_OBJECT

public:
    static constexpr int kWidth = 176;  ///< for text of 10 points
    static constexpr int kSlimWidth = 56;

    explicit Sidebar(QWidget* parent = nullptr);

    void setCurrent(PageId page);
    PageId current() const { return m_current; }
    void setNote(PageId page, const QString& note);
    void setSlim(bool slim);
    bool isSlim() const { return m_slim; }

Q_SIGNALS:
    void pageChosen(studio::ui::PageId page);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QLabel* m_caption;
    std::vector<SidebarItem*> m_items;
    PageId m_current = PageId::Data;
    bool m_slim = false;
};

}  // namespace studio::ui
