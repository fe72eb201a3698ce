// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>

#include "core/hub/content_check.h"
#include "core/hub/download_folder.h"
#include "core/hub/file_choice.h"

namespace studio {

/// The files of a plan that are whole and right already, by path.
using PresentFiles = std::map<std::string, ContentCheck::Result>;

/// Hears how many bytes have been read of how many.
using BytesFunction = std::function<void(std::int64_t done, std::int64_t total)>;

/// Reads every file of the plan that stands below `folder` and says which are right. Where `removesWrong`,
/// the others, which are half-done or of another commit, are removed. Throws FileUnreadable, Cancelled.
PresentFiles presentFiles(const std::filesystem::path& folder, const DownloadPlan& plan, bool removesWrong,
                          const BytesFunction& progress, const std::stop_token& stop);

/// Files of the receipt that are of another commit than the plan's and that the plan does not replace.
std::vector<std::string> staleFiles(const DownloadReceipt& receipt, const DownloadPlan& plan);

}  // namespace studio
