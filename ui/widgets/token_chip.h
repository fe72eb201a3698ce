// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QVector>

namespace studio::ui {

/// One token as the token view shows it.
struct TokenChip {
    enum class Kind { Prompt, Response, End, Cut };

    int id = 0;
    QString text;      ///< what it decodes to; empty where its bytes are no whole characters
    QByteArray bytes;  ///< shown as hex where `text` is empty
    Kind kind = Kind::Prompt;
    bool trained = false;  ///< has a label, so the loss looks at it
    int byteBegin = 0;     ///< range in the bytes of the prompt and response together
    int byteEnd = 0;
};

/// The text on a chip: · for a space, ⏎ for a line break, → for a tab, hex pairs for bytes of an unfinished
/// character.
QString chipLabel(const TokenChip& token);

}  // namespace studio::ui
