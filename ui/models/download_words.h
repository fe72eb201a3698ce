// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/hub/model_download.h"
#include "ui/models/hub_task.h"

namespace studio::ui {

/// Where the access token came from and whether it was sent; never the token.
QString tokenText(const HubListed& found);
/// "1.2 of 3.4 GB · 23.0 MB/s · about 2 min 05 s left · 3 of 8 files", or what else it does.
QString downloadProgressText(const DownloadProgress& progress);
/// What a download came to: what was fetched, and where it is.
QString downloadResultText(const std::string& model, const DownloadResult& result);
/// What of it is worth a warning, as whole sentences: files without a checksum, files of an earlier commit.
/// Empty: nothing.
QString downloadWarning(const DownloadResult& result);

}  // namespace studio::ui
