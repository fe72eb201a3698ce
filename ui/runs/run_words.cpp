// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/run_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/charts/chart_style.h"
#include "ui/text/error_text.h"
#include "ui/text/format_texts.h"

namespace studio::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Runs)
};

QString lowerFirst(const QString& text) {
    // "Train on the prompt" becomes a part of a sentence; "LoRA rank" stays.
    if (text.size() < 2 || text[1].isUpper()) return text;
    return text.front().toLower() + text.mid(1);
}

QString realText(double number) {
    const double size = std::abs(number);
    if (size > 0.0 && size < 1e-2) return rateText(number);
    return QString::number(number, 'g', 10);
}

/// What is worth naming when it is the same, in this order; the other settings are many.
constexpr std::array kNotable = {"base_model", "template", "seed", "cutoff", "data_snapshot"};

QString withValue(const RunField& field) {
    const QString word = runFieldWord(field.name);
    if (!field.isSetting) return word;
    return Words::tr("%1 %2", "a setting and its value: seed 42").arg(word, runValueText(field, 0));
}

}  // namespace

QString stateWord(RunState state) {
    switch (state) {
        case RunState::Running:
            return Words::tr("Running");
        case RunState::Paused:
            return Words::tr("Paused");
        case RunState::Finished:
            return Words::tr("Finished");
        case RunState::Stopped:
            return Words::tr("Stopped");
        case RunState::Discarded:
            return Words::tr("Discarded");
        case RunState::Interrupted:
            return Words::tr("Interrupted");
        case RunState::Diverged:
            return Words::tr("Diverged");
        case RunState::Failed:
            break;
    }
    return Words::tr("Failed");
}

BadgeContent stateBadge(RunState state) {
    switch (state) {
        case RunState::Running:
            return {BadgeKind::Accent, stateWord(state), Icon::Play};
        case RunState::Finished:
            return {BadgeKind::Ok, stateWord(state), {}};
        case RunState::Paused:
            return {BadgeKind::Accent, stateWord(state), Icon::Pause};
        case RunState::Stopped:
        case RunState::Discarded:
            return {BadgeKind::Neutral, stateWord(state), Icon::Stop};
        case RunState::Interrupted:
            return {BadgeKind::Warning, stateWord(state), {}};
        case RunState::Diverged:
        case RunState::Failed:
            break;
    }
    return {BadgeKind::Error, stateWord(state), {}};
}

QString stateWord(const RunEntry& run) {
    return run.lost ? Words::tr("Model lost") : stateWord(run.state);
}

BadgeContent stateBadge(const RunEntry& run) {
    const BadgeContent badge = stateBadge(run.state);
    if (!run.lost) return badge;
    return {badge.kind == BadgeKind::Error ? BadgeKind::Error : BadgeKind::Warning, stateWord(run), {}};
}

namespace {

/// Of a run without a step, which nothing can be counted of.
QString sentenceBeforeFirstStep(const RunEntry& run) {
    switch (run.state) {
        case RunState::Diverged:
            return Words::tr("The loss was no longer a finite number from its first step on.");
        case RunState::Interrupted:
            return Words::tr("Its process has ended before its first step, without a word.");
        case RunState::Stopped:
        case RunState::Discarded:
            return Words::tr("Stopped before its first step; nothing was learned.");
        case RunState::Finished:
        case RunState::Failed:
            return Words::tr("It ended before its first step.");
        case RunState::Running:
        case RunState::Paused:
            break;
    }
    return Words::tr("It has made no step yet.");
}

}  // namespace

QString stateSentence(const RunEntry& run) {
    if (!run.problem.empty()) return QString::fromStdString(run.problem);
    if (run.state == RunState::Finished && run.lost)
        return Words::tr(
            "It has finished, but its model is no longer whole. Notes and lineage says what is missing.");
    const bool endsUntold = !run.summary.statusKnown && !isAtWork(run.state);
    const bool hasMessage = run.summary.statusKnown && !run.summary.status.message.empty();
    const bool endsAlike = run.state == RunState::Diverged || run.state == RunState::Interrupted ||
                           run.state == RunState::Discarded;  // whatever else is told
    if (run.steps == 0 && !run.summary.hasModel && (endsAlike || !(endsUntold || hasMessage)))
        return sentenceBeforeFirstStep(run);
    if (run.state == RunState::Diverged)
        return Words::tr("The loss was no longer a finite number after step %1.").arg(countText(run.steps));
    if (run.state == RunState::Interrupted)
        return Words::tr("Its process has ended at step %1 without a word.").arg(countText(run.steps));
    if (run.state == RunState::Discarded && run.summary.hasModel)
        return Words::tr("Stopped at step %1; only the model that an earlier stop saved was kept.")
            .arg(countText(run.steps));
    if (run.state == RunState::Discarded)
        return Words::tr("Stopped at step %1; nothing of what it had learned was kept.")
            .arg(countText(run.steps));
    if (endsUntold)
        return Words::tr("How it ended is told by its other files: its status.json is missing or damaged.");
    if (hasMessage) return QString::fromStdString(run.summary.status.message);
    return Words::tr("Step %1 of %2").arg(countText(run.steps), countText(run.summary.status.totalSteps));
}

QString stateTip(const RunEntry& run) {
    const QString sentence = stateSentence(run);
    const bool said = run.state == RunState::Finished && run.problem.empty();
    if (!run.lost || said) return sentence;
    return sentences(sentence,
                     Words::tr("Its model is no longer whole. Notes and lineage says what is missing."));
}

QString runMethodText(const RunEntry& run) {
    if (run.kind == "pretrain") return Words::tr("From random weights");
    const std::string method = run.settings ? run.settings->method : run.summary.method;
    if (method == "full") return Words::tr("All weights");
    if (method == "lora" && run.settings)
        return Words::tr("LoRA r %1", "the rank of LoRA").arg(run.settings->loraRank);
    return QString::fromStdString(method);
}

QString startedText(std::int64_t started, const QDateTime& now) {
    if (started <= 0) return QStringLiteral("–");
    const QDateTime time = QDateTime::fromSecsSinceEpoch(started);
    const QLocale locale;
    const QString clock = time.toString(QStringLiteral("HH:mm"));
    const qint64 days = time.date().daysTo(now.date());
    if (days == 0) return Words::tr("Today %1").arg(clock);
    if (days == 1) return Words::tr("Yesterday %1").arg(clock);
    if (days > 1 && days < 7)
        return Words::tr("%1 %2", "weekday and time")
            .arg(locale.dayName(time.date().dayOfWeek(), QLocale::ShortFormat), clock);
    return locale.toString(time.date(), QLocale::ShortFormat);
}

QString listed(const QStringList& parts) {
    return parts.join(Words::tr(", ", "between the parts of a list"));
}

QString obstacleText(ResumeObstacle obstacle) {
    switch (obstacle) {
        case ResumeObstacle::AtWork:
            return Words::tr("This run is at work. Stop it before it is resumed.");
        case ResumeObstacle::Finished:
            return Words::tr("This run has done all its steps. Repeat it with changes to train more.");
        case ResumeObstacle::Discarded:
            return Words::tr(
                "This run was discarded: there is nothing to go on from. Repeat it with changes.");
        case ResumeObstacle::NoCheckpoint:
            return Words::tr("This run left no checkpoint to go on from. Repeat it with changes.");
        case ResumeObstacle::NoTraining:
            return Words::tr("Only a fine-tuning whose run.json can be read can be resumed.");
        case ResumeObstacle::None:
            break;
    }
    return {};
}

QString runValueText(const RunField& field, std::size_t run) {
    const std::optional<FieldValue>& value = field.values[run];
    if (!value) return QStringLiteral("–");
    if (const auto* count = std::get_if<std::int64_t>(&*value)) {
        if (field.name == "peak_memory") return bytesText(static_cast<quint64>(*count));
        return field.isSetting ? QString::number(*count) : countText(*count);
    }
    if (const auto* real = std::get_if<double>(&*value)) return realText(*real);
    if (const auto* on = std::get_if<bool>(&*value)) return *on ? Words::tr("on") : Words::tr("off");
    const QString text = QString::fromStdString(std::get<std::string>(*value));
    return text.isEmpty() ? QStringLiteral("–") : text;
}

QString runFieldWord(const std::string& field) {
    static const std::array<std::pair<const char*, const char*>, 9> kFacts = {
        {{"base_model", QT_TRANSLATE_NOOP("Runs", "base model")},
         {"template", QT_TRANSLATE_NOOP("Runs", "template")},
         {"data_snapshot", QT_TRANSLATE_NOOP("Runs", "data snapshot")},
         {"train_rows", QT_TRANSLATE_NOOP("Runs", "train rows")},
         {"validation_rows", QT_TRANSLATE_NOOP("Runs", "validation rows")},
         {"learning_rate_changes",
          QT_TRANSLATE_NOOP("Runs", "changes of the learning rate, each with its first step")},
         {"steps", QT_TRANSLATE_NOOP("Runs", "steps made")},
         {"peak_memory", QT_TRANSLATE_NOOP("Runs", "peak memory")},
         {"computed_on", QT_TRANSLATE_NOOP("Runs", "device and precision")}}};
    for (const auto& [name, word] : kFacts)
        if (field == name) return QCoreApplication::translate("Runs", word);
    for (const Field& setting : trainFields())
        if (setting.name == field) return lowerFirst(fieldText(setting.label));
    return QString::fromStdString(field);
}

QString sameText(const RunDifference& difference) {
    QStringList same;
    for (const char* name : kNotable) {
        const RunField* field = difference.find(name);
        if (field && !field->differs()) same << withValue(*field);
    }
    const std::vector<std::string> apart = incomparable(difference);
    QStringList words;
    for (const std::string& name : apart) words << runFieldWord(name);
    QStringList sentences;
    if (!same.isEmpty()) sentences << Words::tr("Same in all: %1.").arg(listed(same));
    sentences << (apart.empty() ? Words::tr("Only then are the losses comparable.")
                                : Words::tr("Eval losses are not comparable as they stand; what differs: %1.")
                                      .arg(listed(words)));
    return sentences.join(u' ');
}

QStringList shortRunNames(const QStringList& names) {
    if (names.size() < 2) return names;
    qsizetype common = names.front().size();
    for (const QString& name : names) {
        const auto pair =
            std::mismatch(names.front().begin(), names.front().begin() + common, name.begin(), name.end());
        common = pair.first - names.front().begin();
    }
    const qsizetype cut = names.front().left(common).lastIndexOf(u'-') + 1;
    QStringList shortened;
    for (const QString& name : names) shortened << (name.size() > cut ? name.mid(cut) : name);
    return shortened;
}

}  // namespace studio::ui
