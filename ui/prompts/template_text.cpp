// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/template_text.h"

#include <QCoreApplication>
#include <QPlainTextEdit>
#include <QTextDocument>

namespace studio::ui {

namespace {

struct TemplateText {
    Q_DECLARE_TR_FUNCTIONS(TemplateText)
};

}  // namespace

std::string editorText(const QPlainTextEdit& editor) {
    QString text = editor.document()->toRawText();
    text.replace(QChar::ParagraphSeparator, u'\n').replace(QChar::LineSeparator, u'\n');
    return text.toStdString();
}

QVector<CodeSpan> templateSpans(const QString& text) {
    PromptTemplate only;
    only.withInput = text.toStdString();
    const std::vector<TemplateIssue> issues = checkTemplate(only);
    const auto unknown = [&issues](const TemplatePart& part) -> const TemplateIssue* {
        for (const TemplateIssue& issue : issues) {
            const bool here =
                issue.part == "with_input" && issue.begin == part.begin && issue.end == part.end;
            if (here && issue.placeholder == part.text) return &issue;
        }
        return nullptr;
    };
    const auto utf16 = [&only](std::size_t bytes) {
        return static_cast<int>(
            QString::fromUtf8(only.withInput.data(), static_cast<qsizetype>(bytes)).size());
    };
    QVector<CodeSpan> spans;
    for (const TemplatePart& part : parseTemplate(only.withInput)) {
        if (!part.isPlaceholder) continue;
        CodeSpan span;
        span.begin = utf16(part.begin);
        span.length = utf16(part.end) - span.begin;
        // A missing {instruction} is an issue over the whole text and so never that of one field.
        const bool known = part.text == "instruction" || part.text == "input";
        if (const TemplateIssue* issue = known ? nullptr : unknown(part)) {
            span.look = CodeSpan::Look::Unknown;
            span.tooltip = issueText(*issue);
        }
        spans.push_back(span);
    }
    return spans;
}

QString issueText(const TemplateIssue& issue) {
    const QString field = u'{' + QString::fromStdString(issue.placeholder) + u'}';
    const bool known = issue.placeholder == "instruction" || issue.placeholder == "input";
    if (known) {
        const QString where = issue.part == "with_input"
                                  ? TemplateText::tr("%1 is missing in “With input”.")
                                  : TemplateText::tr("%1 is missing in “Without input”.");
        return where.arg(field);
    }
    if (issue.suggestion.empty())
        return TemplateText::tr("%1 is no field: there are {instruction} and {input}.").arg(field);
    return TemplateText::tr("%1: did you mean %2?")
        .arg(field, u'{' + QString::fromStdString(issue.suggestion) + u'}');
}

QString separatorToLine(const std::string& separator) {
    QString line = QString::fromStdString(separator);
    line.replace(u'\\', QStringLiteral("\\\\"));
    line.replace(u'\n', QStringLiteral("\\n")).replace(u'\t', QStringLiteral("\\t"));
    return line.replace(u'\r', QStringLiteral("\\r"));
}

std::string separatorFromLine(const QString& line) {
    QString separator;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar next = i + 1 < line.size() ? line[i + 1] : QChar();
        const bool escape =
            line[i] == u'\\' && (next == u'n' || next == u't' || next == u'r' || next == u'\\');
        if (!escape) {
            separator += line[i];
            continue;
        }
        separator += next == u'n' ? u'\n' : next == u't' ? u'\t' : next == u'r' ? u'\r' : u'\\';
        ++i;
    }
    return separator.toStdString();
}

}  // namespace studio::ui
