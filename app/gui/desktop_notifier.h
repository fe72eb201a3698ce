// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gui/notifier.h"

namespace studio::ui {

/// The notifications of the desktop: org.freedesktop.Notifications on the session bus (Desktop Notifications
/// Specification 1.2). Does not wait for an answer.
class DesktopNotifier : public Notifier {
public:
    void notify(const QString& title, const QString& text) override;
};

}  // namespace studio::ui
