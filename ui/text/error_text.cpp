// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/error_text.h"

#include <QCoreApplication>

#include "core/config/settings.h"
#include "core/jobs/model_export.h"
#include "ui/text/error_rules.h"
#include "ui/text/error_sentences.h"
#include "ui/text/format_texts.h"
#include "ui/text/rule_texts.h"

namespace studio::ui {

namespace {

const char* const kErrors = "Errors";
const char* const kRules = "Rules";

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

// The core's own English sentences name every detail, so they are shown where the program speaks English. In
// another language the sentence of the code or rule stands for them; where that is not translated, English is
// better than nothing.
bool isTranslated(const char* context, const char* source) {
    return source && QCoreApplication::translate(context, source) != QString::fromUtf8(source);
}

/// In one pass: a value may hold what looks like the place of another one.
QString filled(const QString& sentence, const std::vector<std::string>& args) {
    QString result;
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const bool mark = sentence[i] == u'%' && i + 1 < sentence.size();
        const int number = mark ? sentence[i + 1].digitValue() : -1;
        if (number < 1 || number > static_cast<int>(args.size())) {
            result += sentence[i];
            continue;
        }
        result += text(args[static_cast<std::size_t>(number - 1)]);
        ++i;
    }
    return result;
}

/// Steps and counts as the interface writes them elsewhere.
std::vector<std::string> grouped(std::vector<std::string> args) {
    for (std::string& arg : args) {
        bool count = arg.find_first_not_of("0123456789") == std::string::npos;
        const qlonglong number = count ? text(arg).toLongLong(&count) : 0;
        if (count) arg = countText(number).toStdString();
    }
    return args;
}

QString byRule(const char* source, const std::string& english, const std::vector<std::string>& args) {
    return isTranslated(kRules, source) ? filled(QCoreApplication::translate(kRules, source), args)
                                        : text(english);
}

ErrorText makeErrorText(ErrorCode code, const std::string& cause, const std::string& nextStep,
                        const std::vector<std::string>& args) {
    ErrorText result;
    const std::string line = nextStep.empty() ? cause : cause + " " + nextStep;
    result.details = QStringLiteral("%1: %2").arg(QLatin1String(errorCodeName(code)), text(line));
    const ErrorSentence& sentence = errorSentence(code);
    if (!isTranslated(kErrors, sentence.cause)) {
        result.cause = text(cause);
        result.nextStep = text(nextStep);
        return result;
    }
    if (const ErrorRule* rule = args.size() > 1 ? errorRule(args[1]) : nullptr) {
        std::vector<std::string> values{args.front()};
        values.insert(values.end(), args.begin() + 2, args.end());
        result.cause = filled(QCoreApplication::translate(kErrors, rule->cause), values);
        result.nextStep = filled(QCoreApplication::translate(kErrors, rule->nextStep), values);
        return result;
    }
    // A setting that is within its range but does not fit says why: its field, the rule, the values.
    const bool ruled = code == ErrorCode::SettingInvalid && args.size() > 1;
    if (const char* rule = ruled ? settingErrorSource(args[1]) : nullptr) {
        result.cause = filled(QCoreApplication::translate(kRules, rule), {args.begin() + 2, args.end()});
        result.nextStep = QCoreApplication::translate(kErrors, sentence.nextStep);
        return result;
    }
    const bool hasPlace = sentence.causeAt && !args.empty() && !args.front().empty();
    const QString source = QCoreApplication::translate(kErrors, hasPlace ? sentence.causeAt : sentence.cause);
    result.cause = hasPlace ? source.arg(text(args.front())) : source;
    result.nextStep = QCoreApplication::translate(kErrors, sentence.nextStep);
    return result;
}

}  // namespace

ErrorText errorText(const Error& error) {
    return makeErrorText(error.code(), error.cause(), error.nextStep(), error.args());
}

ErrorText errorText(const JobOutcome& outcome) {
    return makeErrorText(outcome.code, outcome.cause, outcome.nextStep, outcome.args);
}

QString errorLine(const Error& error) {
    const ErrorText parts = errorText(error);
    return parts.nextStep.isEmpty() ? parts.cause : sentences(parts.cause, parts.nextStep);
}

QString refusedReason(const RefusedRow& row) {
    return byRule(refusedRowSource(row.rule), row.reason, {row.field});
}

QString importNote(const ImportNote& note) {
    return byRule(importNoteSource(note.rule), note.message, {countText(note.count).toStdString()});
}

QString exportNote(const ExportNote& note) {
    const bool counts = note.rule == "window_ends_context" || note.rule == "uneven_matrices" ||
                        note.rule == "weights_not_finite";
    return byRule(exportNoteSource(note.rule), note.message, counts ? grouped(note.args) : note.args);
}

QString logText(const LogEvent& log) {
    const bool named = log.rule == "mixture_unknown_source";  // a source's name may be digits alone
    const std::vector<std::string> args = named ? log.args : grouped(log.args);
    // Log lines stand in a narrow list: the interface's own words are shorter than the core's, also in
    // English.
    const char* source = logSource(log.rule);
    return source ? filled(QCoreApplication::translate(kRules, source), args) : text(log.message);
}

QString fieldText(const std::string& english) {
    return english.empty() ? QString() : QCoreApplication::translate("Fields", english.c_str());
}

QString fieldIssueText(const FieldIssue& issue) {
    // Beside the field, its name need not be said again: the rule's sentence leaves it out.
    const char* source = fieldIssueSource(issue.rule);
    return source ? filled(QCoreApplication::translate(kRules, source), issue.args) : text(issue.message);
}

}  // namespace studio::ui
