// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/json_request.h"

#include <optional>

#include "core/base/byte_text.h"
#include "core/base/progress.h"

namespace studio {
namespace {

using Clock = std::chrono::steady_clock;

/// How soon a stop is noticed.
constexpr std::chrono::milliseconds kPoll{50};
/// Where nothing has come yet, it is likely that there is no network, and somebody waits to be told.
constexpr int kCallsWithoutConnection = 3;

class BodyReceiver final : public HttpReceiver {
public:
    explicit BodyReceiver(std::size_t mostBytes) : m_mostBytes(mostBytes) {}

    bool onHead(const HttpHead& head) override {
        answer.head = head;
        return head.status == 200;
    }
    bool onBody(std::string_view bytes) override {
        tooLong = answer.body.size() + bytes.size() > m_mostBytes;
        if (!tooLong) answer.body.append(bytes);
        return !tooLong;
    }
    void onEnd(const HttpEnd& how) override { end = how; }

    ApiAnswer answer;
    bool tooLong = false;
    std::optional<HttpEnd> end;

private:
    std::size_t m_mostBytes;
};

void waitFor(HttpClient& client, double seconds, const std::stop_token& stop) {
    const auto until = Clock::now() + std::chrono::duration<double>(seconds);
    while (Clock::now() < until) {
        throwIfStopped(stop);
        client.wait(kPoll);
    }
}

/// Whether another attempt may go better.
bool mayPass(const BodyReceiver& receiver) {
    using Kind = HttpEnd::Kind;
    if (receiver.end->kind == Kind::Refused)
        return !receiver.tooLong && isPassing(receiver.answer.head.status);
    return receiver.end->kind != Kind::NotTrusted && receiver.end->kind != Kind::RedirectRefused;
}

Error errorOf(const ApiRequest& request, const BodyReceiver& receiver) {
    if (receiver.tooLong) {
        return {ErrorCode::NetworkFailed,
                "The hub's list for the model " + request.question.model + " is longer than " +
                    byteText(request.mostBytes) + ".",
                "Check the address of the hub.",
                {request.question.hub}};
    }
    if (receiver.end->kind == HttpEnd::Kind::Refused)
        return statusError(request.question, receiver.answer.head);
    return connectionError(request.question, *receiver.end);
}

}  // namespace

ApiAnswer askApi(HttpClient& client, const ApiRequest& request, const std::stop_token& stop) {
    RetryPace pace(request.patience);
    for (int calls = 1;; ++calls) {
        throwIfStopped(stop);
        BodyReceiver receiver(request.mostBytes);
        const struct Canceller {
            HttpClient& client;
            BodyReceiver& receiver;
            ~Canceller() { client.cancel(receiver); }
        } canceller{client, receiver};
        client.start({request.url,
                      request.token,
                      {{"Accept", "application/json"}},
                      request.patience.connectSeconds,
                      request.patience.stallSeconds,
                      request.patience.answerSeconds},
                     receiver);
        while (!receiver.end) {
            throwIfStopped(stop);
            client.wait(kPoll);
        }
        if (receiver.end->kind == HttpEnd::Kind::Complete) return receiver.answer;
        const bool isDeaf = receiver.end->kind == HttpEnd::Kind::NoConnection;
        const bool again = mayPass(receiver) && !(isDeaf && calls >= kCallsWithoutConnection);
        const auto pause =
            again ? pace.afterFailure(receiver.answer.head.retryAfterSeconds) : std::optional<double>();
        if (!pause) throw errorOf(request, receiver);
        waitFor(client, *pause, stop);
    }
}

}  // namespace studio
