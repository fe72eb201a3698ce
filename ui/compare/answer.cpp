// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/answer.h"

#include <QCryptographicHash>

#include "core/base/error.h"
#include "core/evaluate/exact_match.h"

namespace studio::ui {

std::string promptText(const CompareSetup& setup, const ComparePrompt& prompt) {
    return hydratedPrompt(setup.promptTemplate, prompt.instruction, prompt.input);
}

QByteArray answerKey(const CompareSetup& setup, const ComparePrompt& prompt) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    try {
        hash.addData(QByteArray::fromStdString(promptText(setup, prompt)));
    } catch (const Error&) {
        return {};  // no text, no answer; asking says what is wrong with the template
    }
    hash.addData(QByteArray(1, prompt.rowId == 0 ? '\1' : '\0'));
    hash.addData(QByteArray::fromStdString(toJson(setup.settings).dump()));
    return hash.result();
}

Verdict verdictOf(const QString& answer, const std::string& reference) {
    if (exactMatch(answer.toStdString(), reference)) return Verdict::Exact;
    const QString wanted = QString::fromStdString(reference).trimmed();
    return !wanted.isEmpty() && answer.contains(wanted) ? Verdict::Contains : Verdict::Differs;
}

}  // namespace studio::ui
