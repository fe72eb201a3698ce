// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>

#include "core/base/line_process.h"

namespace studio {

/// What a hub knows a user by. The value stands in no message, no file and no argument of a process; only
/// core/hub/curl writes it, into a header of the request.
struct HubToken {
    std::string value;   ///< empty: none
    std::string source;  ///< where it was found, for messages: "HF_TOKEN"
};

/// The user's token: HF_TOKEN or HUGGING_FACE_HUB_TOKEN of the environment; else the file $HF_HOME/token
/// (usually ~/.cache/huggingface/token), where Hugging Face's own programs put it; else the desktop's
/// keyring, through "secret-tool lookup service finetune-studio" where that program is installed. Asks nobody
/// over the network. Throws SettingInvalid, naming the source alone, for one that is no line of printable
/// ASCII; Cancelled.
HubToken findHubToken(const Environment& environment, const std::stop_token& stop);

/// Whether a token may be sent to this address: over https, or to this machine itself.
bool mayHaveToken(const std::string& hub);

}  // namespace studio
