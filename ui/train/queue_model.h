// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/storage/run_queue.h"

namespace studio::ui {

/// The runs of a project that wait for their turn, in their order. Every change is in the project's file
/// before it is seen; where it cannot be written, Error is thrown and nothing has changed. GUI thread.
class QueueModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { ProblemRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;

    /// Reads the queue of a project; an empty folder stands for no project. Throws BadFormat: then it is
    /// empty.
    void open(const std::filesystem::path& runsFolder);
    const std::vector<QueuedRun>& runs() const { return m_runs; }
    /// The run that was taken out and has not begun yet.
    const std::optional<QueuedRun>& taken() const { return m_taken; }
    /// Whether a run that waits, or was taken out, has the name.
    bool contains(const std::string& name) const;
    /// "run-3": neither on the disk nor in the queue.
    std::string freeName(const std::string& stem) const;
    /// Throws InvalidArgument where it is no name of a run, RunExists where a run or another one that waits
    /// has it. `row`: whose name it may be.
    void checkName(const std::string& name, int row = -1) const;

    void add(const QueuedRun& run);
    void remove(int row);
    /// One place up (-1) or down (+1).
    void move(int row, int by);
    /// The run may be tried again under its new name. Throws as checkName() does, too.
    void rename(int row, const std::string& name);
    /// Takes out the first that has no problem; until it is put back or forgotten it is taken(), and put back
    /// before another one is.
    std::optional<QueuedRun> takeNext();
    /// Puts the one that was taken out back at the top, with why it could not start. Where the file cannot be
    /// written it stays taken().
    void putBack(const std::string& problem);
    /// The one that was taken out has begun.
    void forgetTaken() { m_taken.reset(); }
    /// All may be tried again.
    void clearProblems();
    /// How many have no problem.
    int ready() const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void store(const std::vector<QueuedRun>& runs) const;

    std::filesystem::path m_runsFolder;
    std::vector<QueuedRun> m_runs;
    std::optional<QueuedRun> m_taken;
};

}  // namespace studio::ui
