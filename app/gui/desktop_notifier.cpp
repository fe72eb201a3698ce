// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/desktop_notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QStringList>
#include <QVariantMap>

namespace studio::ui {

void DesktopNotifier::notify(const QString& title, const QString& text) {
    const QString service = QStringLiteral("org.freedesktop.Notifications");
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;  // a desktop without a session bus has no notifications either
    QDBusMessage call = QDBusMessage::createMethodCall(
        service, QStringLiteral("/org/freedesktop/Notifications"), service, QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("finetune-studio")}};
    constexpr int kAsLongAsTheDesktopLikes = -1;
    call << QStringLiteral("FineTune Studio") << uint(0) << QStringLiteral("finetune-studio") << title << text
         << QStringList() << hints << kAsLongAsTheDesktopLikes;
    bus.send(call);
}

}  // namespace studio::ui
