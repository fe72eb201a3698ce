// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_errors.h"

#include <algorithm>

#include "core/formats/quoted.h"
#include "core/hub/hub_address.h"
#include "core/hub/web_origin.h"

namespace studio {
namespace {

/// "https://huggingface.co" without what is below it.
std::string hostText(const std::string& url) {
    const auto origin = originOf(url);
    return origin ? origin->text() : inQuotes(url);
}

std::string subject(const HubQuestion& question) {
    return question.file.empty() ? "the model " + question.model
                                 : inQuotes(question.file) + " of the model " + question.model;
}

std::string statusText(int status) {
    return "HTTP " + std::to_string(status);
}

std::string howToSetToken(const HubQuestion& question) {
    return "make an access token at " + question.hub +
           "/settings/tokens and put it into HF_TOKEN in the environment, or into the keyring with "
           "\"secret-tool store --label=FineTune service finetune-studio\".";
}

Error accessError(const HubQuestion& question, const HttpHead& head) {
    const std::string page = modelPage(question.hub, question.model);
    const bool sent = !question.tokenSource.empty();
    const std::string tokenText =
        sent ? "the token from " + question.tokenSource + " was sent" : "no token was sent";
    const std::string code = head.header("x-error-code");
    const std::vector<std::string> args{question.model};
    if (code == "GatedRepo") {
        return {ErrorCode::AccessDenied,
                "The model " + question.model + " is gated: its owner wants its terms accepted first (" +
                    statusText(head.status) + ", " + tokenText + ").",
                "Accept them at " + page +
                    (sent ? " with the account of this token, and try again."
                          : "; then " + howToSetToken(question)),
                {question.model, "gated_model", page}};
    }
    if (sent) {
        return {ErrorCode::AccessDenied,
                hostText(question.hub) + " refuses " + subject(question) + " (" + statusText(head.status) +
                    "); " + tokenText + ".",
                "Check the model's name; if " + page +
                    " has terms, accept them; if the token has expired or may not read this model, " +
                    howToSetToken(question),
                args};
    }
    return {ErrorCode::AccessDenied,
            hostText(question.hub) + " refuses " + subject(question) + " (" + statusText(head.status) +
                "); no token was sent. There is no such model, or it is private or gated.",
            "Check the name; if " + page + " has terms, accept them; then " + howToSetToken(question), args};
}

Error absentError(const HubQuestion& question, const HttpHead& head) {
    const std::string code = head.header("x-error-code");
    const std::string at = " at " + hostText(question.hub) + " (" + statusText(head.status) + ")";
    if (!question.file.empty()) {
        return {ErrorCode::FileNotFound,
                "There is no file " + inQuotes(question.file) + " in the model " + question.model +
                    " at the revision " + inQuotes(question.revision) + ", though it is listed," + at + ".",
                "Try again; if it stays so, the hub, or the mirror, is not whole.",
                {question.file, "listed_file_absent", question.model}};
    }
    if (code == "RevisionNotFound") {
        return {ErrorCode::FileNotFound,
                "The model " + question.model + " has no revision " + inQuotes(question.revision) + at + ".",
                "Give a branch, a tag or a commit of " + modelPage(question.hub, question.model) + ".",
                {question.revision, "no_such_revision", question.model}};
    }
    const std::string revision =
        code == "RepoNotFound" ? "" : " with a revision " + inQuotes(question.revision);
    return {ErrorCode::FileNotFound,
            "There is no model " + question.model + revision + at + ".",
            "Check the name and the revision; a private model needs a token.",
            {question.model, "no_such_model"}};
}

}  // namespace

bool isPassing(int status) {
    return status == 408 || status == 425 || status == 429 || (status >= 500 && status < 600);
}

Error statusError(const HubQuestion& question, const HttpHead& head) {
    if (head.status == 401 || head.status == 403) return accessError(question, head);
    if (head.status == 404 || head.status == 410) return absentError(question, head);
    const std::string host = hostText(head.url.empty() ? question.hub : head.url);
    if (head.status == 429) {
        std::string wait = head.retryAfterSeconds >= 0.0
                               ? " and asks to wait " +
                                     std::to_string(static_cast<long long>(head.retryAfterSeconds)) +
                                     " seconds"
                               : "";
        return {ErrorCode::NetworkFailed,
                host + " has had too many requests for " + subject(question) + " (HTTP 429)" + wait + ".",
                question.tokenSource.empty() ? "Try again later; with a token a hub allows more requests."
                                             : "Try again later; what has arrived is kept.",
                {host, "too_many_requests"}};
    }
    return {
        ErrorCode::NetworkFailed,
        host + " answered the request for " + subject(question) + " with " + statusText(head.status) +
            (head.status >= 500 ? ", a fault of its own." : "."),
        head.status >= 500 ? "Try again later; what has arrived is kept." : "Check the address of the hub.",
        {host}};
}

Error connectionError(const HubQuestion& question, const HttpEnd& end) {
    using Kind = HttpEnd::Kind;
    const std::string host = hostText(question.hub);
    const std::string reason = end.reason.empty() ? "." : ": " + end.reason + ".";
    switch (end.kind) {
        case Kind::NoConnection:
            return {ErrorCode::NetworkFailed,
                    host + " cannot be reached" + reason,
                    "Check the network, the proxy settings and the address of the hub.",
                    {host, "hub_not_reached"}};
        case Kind::NotTrusted:
            return {ErrorCode::NetworkFailed,
                    "The certificate of " + host + ", or of where it leads, does not hold" + reason,
                    "Check the clock of this machine and its package ca-certificates; on a network that "
                    "reads along, its certificate must be installed.",
                    {host, "not_trusted"}};
        case Kind::RedirectRefused:
            return {ErrorCode::NetworkFailed,
                    "A redirect of " + host + " for " + subject(question) + " was not followed" + reason,
                    "Check the address of the hub; use another mirror.",
                    {host}};
        case Kind::Stalled:
            return {ErrorCode::NetworkFailed,
                    host + " sends " + subject(question) + " no further" + reason,
                    "Try again: what has arrived is kept.",
                    {host}};
        case Kind::Dropped:
            return {ErrorCode::NetworkFailed,
                    "The connection to " + host + " broke while it sent " + subject(question) + reason,
                    "Try again: what has arrived is kept.",
                    {host}};
        default:
            return {ErrorCode::NetworkFailed,
                    host + " does not answer the request for " + subject(question) + " as it should" + reason,
                    "Try again; use another mirror if it stays so.",
                    {host}};
    }
}

}  // namespace studio
