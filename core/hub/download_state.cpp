// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/download_state.h"

#include "core/base/error.h"
#include "core/formats/json.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

constexpr int kFormat = 1;

OrderedJson originJson(const DownloadOrigin& origin) {
    return {{"format", kFormat},
            {"hub", origin.hub},
            {"model", origin.model},
            {"revision", origin.revision},
            {"commit", origin.commit}};
}

DownloadOrigin originOfJson(const OrderedJson& json) {
    return {json.at("hub").get<std::string>(), json.at("model").get<std::string>(),
            json.at("revision").get<std::string>(), json.at("commit").get<std::string>()};
}

/// Reads with `take`, whose exceptions say that the file is not what this program writes.
template <typename Take>
auto taken(const fs::path& file, Take&& take) -> std::optional<decltype(take(OrderedJson()))> {
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return std::nullopt;
    const OrderedJson json = readJsonFile(file);
    try {
        if (json.at("format").get<int>() == kFormat) return take(json);
    } catch (const OrderedJson::exception&) {
        // Said below.
    }
    throw Error(ErrorCode::BadFormat, file.string() + " is not what this version writes about a download.",
                "Remove this file's folder, or download into another one.", {file.string()});
}

}  // namespace

std::optional<DownloadState> readDownloadState(const fs::path& file) {
    return taken(file, [](const OrderedJson& json) {
        DownloadState state{originOfJson(json), {}};
        for (const auto& [path, etag] : json.at("etags").items()) state.etags[path] = etag.get<std::string>();
        return state;
    });
}

std::optional<DownloadReceipt> readDownloadReceipt(const fs::path& folder) {
    return taken(folder / kReceiptFile, [](const OrderedJson& json) {
        DownloadReceipt receipt{originOfJson(json), {}};
        for (const OrderedJson& file : json.at("files"))
            receipt.files.push_back(
                {file.at("path").get<std::string>(), file.at("sha256").get<std::string>()});
        return receipt;
    });
}

void writeDownloadState(const fs::path& file, const DownloadState& state) {
    OrderedJson json = originJson(state.origin);
    json["etags"] = OrderedJson(OrderedJson::value_t::object);
    for (const auto& [path, etag] : state.etags) json["etags"][path] = etag;
    writeJsonFile(file, json);
}

void writeDownloadReceipt(const fs::path& folder, const DownloadReceipt& receipt) {
    OrderedJson json = originJson(receipt.origin);
    json["files"] = OrderedJson(OrderedJson::value_t::array);
    for (const auto& file : receipt.files)
        json["files"].push_back({{"path", file.path}, {"sha256", file.sha256}});
    writeJsonFile(folder / kReceiptFile, json);
}

}  // namespace studio
