// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_listing.h"

#include <algorithm>
#include <set>

#include "core/formats/json.h"
#include "core/formats/quoted.h"
#include "core/hub/http_library.h"
#include "core/hub/hub_address.h"
#include "core/hub/json_request.h"

namespace studio {
namespace {

constexpr std::size_t kMostFiles = 20000;
constexpr int kMostPages = 500;
constexpr std::int64_t kLargestFile = std::int64_t{1} << 44U;

[[noreturn]] void throwNotTheApi(const std::string& source, const std::string& what) {
    throw Error(ErrorCode::BadFormat,
                source + " does not answer as the API of a model hub does: " + what + ".",
                "Check the address of the hub.", {source, "not_a_hub"});
}

bool isHex(const std::string& text, std::size_t digits) {
    return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

std::string textOf(const OrderedJson& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// -1 where it is no size.
std::int64_t sizeOf(const OrderedJson& object) {
    const auto found = object.find("size");
    if (found == object.end() || !found->is_number_integer()) return -1;
    const auto size = found->get<std::int64_t>();
    return size >= 0 && size <= kLargestFile ? size : -1;
}

HubFile fileOf(const OrderedJson& entry, const std::string& source) {
    HubFile file;
    file.path = textOf(entry, "path");
    if (file.path.empty()) throwNotTheApi(source, "a file has no path");
    const auto lfs = entry.find("lfs");
    const bool isLarge = lfs != entry.end() && lfs->is_object();
    file.size = sizeOf(isLarge ? *lfs : entry);
    if (file.size < 0) throwNotTheApi(source, "the size of " + inQuotes(file.path) + " is none");
    if (isLarge) {
        std::string sum = textOf(*lfs, "oid");
        constexpr std::string_view kPrefix = "sha256:";
        if (sum.rfind(kPrefix, 0) == 0) sum.erase(0, kPrefix.size());
        // A large file is there to be checked: one with a sum that is none must not pass unchecked.
        if (!isHex(sum, 64)) throwNotTheApi(source, "the SHA-256 of " + inQuotes(file.path) + " is none");
        file.sha256 = sum;
    } else if (const std::string blob = textOf(entry, "oid"); isHex(blob, 40)) {
        file.gitBlob = blob;
    }
    return file;
}

void addPage(HubListing& listing, std::vector<HubFile> files, std::set<std::string>& seen) {
    for (HubFile& file : files) {
        if (!seen.insert(file.path).second)
            throwNotTheApi(listing.hub, inQuotes(file.path) + " is listed twice");
        listing.files.push_back(std::move(file));
        if (listing.files.size() > kMostFiles)
            throwNotTheApi(listing.hub, "the model has more than " + std::to_string(kMostFiles) + " files");
    }
}

/// A file cannot also be a folder of others; it would be on the hub's side that something is wrong.
void checkNoFileIsFolder(const HubListing& listing, const std::set<std::string>& paths) {
    for (const std::string& path : paths) {
        for (std::size_t at = path.find('/'); at != std::string::npos; at = path.find('/', at + 1)) {
            if (paths.count(path.substr(0, at)) > 0)
                throwNotTheApi(listing.hub, inQuotes(path.substr(0, at)) + " is a file and a folder");
        }
    }
}

}  // namespace

std::string commitOfModelInfo(const std::string& body, const std::string& source) {
    const OrderedJson info = parseJson(body, source);
    std::string commit = info.is_object() ? textOf(info, "sha") : "";
    if (!isHex(commit, 40)) throwNotTheApi(source, "it names no commit");
    return commit;
}

std::vector<HubFile> filesOfTree(const std::string& body, const std::string& source) {
    const OrderedJson page = parseJson(body, source);
    if (!page.is_array()) throwNotTheApi(source, "its list of files is none");
    std::vector<HubFile> files;
    for (const OrderedJson& entry : page) {
        if (!entry.is_object()) throwNotTheApi(source, "its list holds something else than files");
        if (textOf(entry, "type") == "file") files.push_back(fileOf(entry, source));
    }
    return files;
}

std::string nextPage(const std::string& linkHeader, const std::string& hub) {
    for (std::size_t at = linkHeader.find('<'); at != std::string::npos; at = linkHeader.find('<', at + 1)) {
        const std::size_t end = linkHeader.find('>', at);
        if (end == std::string::npos) return {};
        const std::string url = linkHeader.substr(at + 1, end - at - 1);
        const std::string parameters = linkHeader.substr(end + 1, linkHeader.find('<', end) - end - 1);
        at = end;
        if (parameters.find("rel=\"next\"") == std::string::npos &&
            parameters.find("rel=next") == std::string::npos)
            continue;
        const std::size_t path = url.find("/api/models/");
        const bool plain = std::all_of(url.begin(), url.end(), [](char c) { return c > 0x20 && c < 0x7f; });
        return path == std::string::npos || !plain ? "" : hub + url.substr(path);
    }
    return {};
}

HubListing listHubModel(HttpClient& client, const HubQuery& query, const std::stop_token& stop) {
    checkModelId(query.model);
    checkRevision(query.revision);
    const bool sends = !query.token.value.empty() && mayHaveToken(query.hub);
    ApiRequest request;
    request.token = sends ? query.token.value : "";
    request.question = {query.hub, query.model, query.revision, "", sends ? query.token.source : ""};
    request.patience = query.patience;
    request.url = modelInfoUrl(query.hub, query.model, query.revision);
    HubListing listing{query.hub, query.model, query.revision, "", {}};
    listing.commit = commitOfModelInfo(askApi(client, request, stop).body, query.hub);
    std::set<std::string> seen, visited;
    request.url = modelTreeUrl(query.hub, query.model, listing.commit);
    for (int pages = 0; !request.url.empty(); ++pages) {
        if (pages >= kMostPages || !visited.insert(request.url).second)
            throwNotTheApi(query.hub, "its list of files has no end");
        const ApiAnswer answer = askApi(client, request, stop);
        addPage(listing, filesOfTree(answer.body, query.hub), seen);
        request.url = nextPage(answer.head.header("link"), query.hub);
    }
    checkNoFileIsFolder(listing, seen);
    std::sort(listing.files.begin(), listing.files.end(),
              [](const HubFile& one, const HubFile& other) { return one.path < other.path; });
    return listing;
}

HubListing listHubModel(const HubQuery& query, const std::stop_token& stop) {
    const auto client = makeHttpClient();
    return listHubModel(*client, query, stop);
}

}  // namespace studio
