// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "core/hub/content_check.h"
#include "core/hub/hub_errors.h"
#include "core/hub/part_file.h"
#include "core/hub/retry_pace.h"

namespace studio {

/// What one file needs to come from a hub.
struct TransferOrder {
    HubFile file;
    std::string url;
    std::string token;
    HubQuestion question;  ///< for messages
    HubPatience patience;
    std::filesystem::path partial;  ///< where it grows
    std::string etag;               ///< of what is there of it, where that is known
};

/// One file on its way: asks for what is missing (RFC 9110: Range, If-Range), believes nothing the server
/// says about lengths and ranges, checks the content, and asks again after failures that may pass. Driven by
/// begin() and the client's wait(); what ends it for good is thrown out of either. Not thread-safe.
class FileTransfer final : public HttpReceiver {
public:
    enum class State { Waiting, Running, Done };
    using Clock = std::chrono::steady_clock;

    explicit FileTransfer(TransferOrder order);

    /// Reads what is there already, so that only the rest is asked for. Throws FileUnreadable, Cancelled.
    void adopt(const std::stop_token& stop);
    /// Starts a request, unless all is there. Not before readyAt().
    void begin(HttpClient& client);

    State state() const { return m_state; }
    Clock::time_point readyAt() const { return m_readyAt; }
    const HubFile& file() const { return m_order.file; }
    std::int64_t bytes() const { return m_bytes; }          ///< that are there
    std::int64_t received() const { return m_received; }    ///< came over the network so far
    std::int64_t resumedFrom() const { return m_adopted; }  ///< were there at the beginning and are kept
    const std::string& etag() const { return m_order.etag; }
    /// While it waits after a failure: what that was.
    const std::optional<Error>& failure() const { return m_failure; }
    const ContentCheck::Result& result() const { return m_result; }

    bool onHead(const HttpHead& head) override;
    bool onBody(std::string_view bytes) override;
    void onEnd(const HttpEnd& end) override;

private:
    void startAnew();
    bool acceptWhole(const HttpHead& head);
    bool acceptRange(const HttpHead& head);
    bool acceptEtag(const HttpHead& head);
    bool refuse(const std::string& what);
    bool refuseStatus(const HttpHead& head);
    void verify();
    void fail(const Error& error, bool mayPass);

    TransferOrder m_order;
    RetryPace m_pace;
    PartFile m_output;
    std::unique_ptr<ContentCheck> m_check;
    ContentCheck::Result m_result;
    State m_state = State::Waiting;
    Clock::time_point m_readyAt{};
    std::optional<Error> m_failure;  ///< of the last attempt
    std::optional<Error> m_refusal;  ///< why this request was ended from our side
    bool m_refusalMayPass = true;
    double m_retryAfter = -1.0;
    std::int64_t m_bytes = 0, m_received = 0, m_adopted = 0, m_farthest = 0;
    int m_mismatches = 0;
};

}  // namespace studio
