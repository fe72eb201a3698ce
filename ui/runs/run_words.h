// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QStringList>

#include "core/storage/run_catalogue.h"
#include "core/storage/run_difference.h"
#include "ui/widgets/badge.h"

/// Runs in the user's words.
namespace studio::ui {

QString stateWord(RunState state);
BadgeContent stateBadge(RunState state);
/// The same as of its state, but for a run whose model is no longer whole: "Model lost", as a warning where
/// its state is no error.
QString stateWord(const RunEntry& run);
BadgeContent stateBadge(const RunEntry& run);
/// What is to be said of a run's state: why it ended, or how far it has come.
QString stateSentence(const RunEntry& run);
/// The same, and of a run whose model is no longer whole also that, and where more is said of it.
QString stateTip(const RunEntry& run);
/// "All weights", "LoRA r 16", "From random weights".
QString runMethodText(const RunEntry& run);
/// "Today 12:58", "Tue 16:02" within the last week, else the short date; `now` for tests.
QString startedText(std::int64_t started, const QDateTime& now = QDateTime::currentDateTime());
/// "a, b, c" with the separator of the language.
QString listed(const QStringList& parts);
/// Why a run cannot go on: one sentence; empty where it can.
QString obstacleText(ResumeObstacle obstacle);

/// A value of the settings table: settings as on the command line, facts in the locale's digits, "–" for
/// nothing.
QString runValueText(const RunField& field, std::size_t run);
/// A field in a sentence: "learning rate", "base model".
QString runFieldWord(const std::string& field);
/// "Same in all: base model, template, seed 42. Only then are the losses comparable." or what keeps them
/// from being compared. For two runs or more.
QString sameText(const RunDifference& difference);

/// The names without the part that all of them begin with, up to a hyphen: "3-full" of "round-3-full".
QStringList shortRunNames(const QStringList& names);

}  // namespace studio::ui
