// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

#include "ui/theme/icon.h"
#include "ui/widgets/page.h"

namespace studio::ui {

/// One room in the sidebar, painted: current-page bar, icon, name, note.
class SidebarItem : public QAbstractButton {
    Q_OBJECT

public:
    explicit SidebarItem(PageId page, QWidget* parent = nullptr);

    PageId page() const { return m_page; }
    void setNote(const QString& note);
    void setSlim(bool slim);
    void retranslate();

    QSize sizeHint() const override;

Q_SIGNALS:
    /// An arrow key: -1 up, 1 down.
    void stepRequested(int step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    PageId m_page;
    QString m_note;
    bool m_slim = false;
};

}  // namespace studio::ui
