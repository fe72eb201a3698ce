// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QFont>

namespace studio::test {

/// The desktop's font in another size, for as long as this lives. Made before the Theme and the widgets.
class DesktopFont {
public:
    explicit DesktopFont(qreal points) : m_before(QApplication::font()) {
        QFont font = m_before;
        font.setPointSizeF(points);
        QApplication::setFont(font);
    }
    ~DesktopFont() {
        qApp->setStyleSheet(QString());  // a Theme leaves its own, with the sizes of this font
        QApplication::setFont(m_before);
    }
    DesktopFont(const DesktopFont&) = delete;
    DesktopFont& operator=(const DesktopFont&) = delete;

private:
    QFont m_before;
};

}  // namespace studio::test
