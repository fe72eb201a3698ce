// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>
#include <string>

#include "core/text/prompt_template.h"
#include "ui/widgets/code_view.h"

class QPlainTextEdit;

namespace studio::ui {

/// The text of an editor exactly as typed: toPlainText() would turn a no-break space into a space.
std::string editorText(const QPlainTextEdit& editor);

/// Fields and unknown fields of a template's text, with the explanation of each unknown one as its tooltip.
QVector<CodeSpan> templateSpans(const QString& text);

/// "{instrucion}: did you mean {instruction}?", or what else is wrong.
QString issueText(const TemplateIssue& issue);

/// A separator as one line of visible signs ("\n" for a line break, "\\" for a backslash), and back.
QString separatorToLine(const std::string& separator);
std::string separatorFromLine(const QString& line);

}  // namespace studio::ui
