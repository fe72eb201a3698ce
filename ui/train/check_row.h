// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <functional>

namespace studio::ui {

/// One finding of the pre-flight.
struct Check {
    enum class Kind { Ok, Warning, Error } kind = Kind::Ok;
    QString title;
    QString detail;                ///< may be empty
    QString link;                  ///< "Show rows"; empty for none
    std::function<void()> follow;  ///< what the link does
    bool doubt = false;            ///< of a warning: the run may well fail
};

/// Shows a Check: icon, sentence, what it means, link. Immutable.
class CheckRow : public QFrame {
    Q_OBJECT

public:
    explicit CheckRow(const Check& check, QWidget* parent = nullptr);
};

}  // namespace studio::ui
