// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/page_looks.h"

#include "ui/session/project_session.h"

namespace studio::ui {

OrderedJson storedLooks(const ProjectSession& session, const char* key) {
    const auto stored = session.isOpen() ? session.project().setting(key) : std::nullopt;
    OrderedJson looks = stored ? OrderedJson::parse(*stored, nullptr, false) : OrderedJson();
    if (!looks.is_object()) return OrderedJson::object();
    return looks;
}

std::string stateText(const QByteArray& state) {
    return state.toBase64().toStdString();
}

QByteArray stateIn(const OrderedJson& looks, const char* key) {
    const auto it = looks.find(key);
    return it != looks.end() && it->is_string()
               ? QByteArray::fromBase64(QByteArray::fromStdString(it->get<std::string>()))
               : QByteArray();
}

}  // namespace studio::ui
