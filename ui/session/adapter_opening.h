// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>

class QWidget;

namespace studio {
class Error;
}

namespace studio::ui {

class Dialogs;
class TaskRunner;

/// What comes of opening an adapter; one of the two is called, on the GUI thread, or none where the user
/// cancels.
struct AdapterOpening {
    /// Both folders resolved; the adapter fits the base.
    std::function<void(const std::filesystem::path& adapter, const std::filesystem::path& base)> opened;
    std::function<void(const Error&)> failed;
};

/// The adapter that a chosen folder holds: the folder itself, or the adapter/ of a LoRA run's. Empty where it
/// holds none, or a model.
std::filesystem::path adapterIn(const std::filesystem::path& chosen);

/// Opens the adapter in `chosen` beside its base: `knownBase` where a model lies there (one that was chosen
/// before may have gone), else the one that the adapter names, and where that is not on this machine the user
/// is asked for its folder. GUI thread; configurations and headers are read by `runner`, so that a later
/// opening with it replaces this one, and its cancel() ends it: then neither of the two is called. Runner and
/// dialogs outlive the parent's dialogs.
void openAdapter(QWidget* parent, Dialogs& dialogs, TaskRunner& runner, const std::filesystem::path& chosen,
                 const std::filesystem::path& knownBase, const AdapterOpening& opening);

}  // namespace studio::ui
