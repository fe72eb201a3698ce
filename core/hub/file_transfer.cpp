// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/file_transfer.h"

#include <charconv>
#include <cinttypes>
#include <cstdio>

#include "core/formats/quoted.h"
#include "core/hub/web_origin.h"

namespace fs = std::filesystem;

namespace studio {
namespace {

/// So often is a file whose content was wrong fetched once more.
constexpr int kMostMismatches = 1;

std::optional<std::int64_t> numberOf(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

/// Content-Range: bytes FIRST-LAST/TOTAL (RFC 9110, 14.4).
struct ContentRange {
    std::int64_t first = 0, last = 0, total = -1;  ///< total < 0: "*"
};

std::optional<ContentRange> rangeOf(const std::string& header) {
    constexpr std::string_view kUnit = "bytes ";
    if (header.compare(0, kUnit.size(), kUnit) != 0) return std::nullopt;
    const std::size_t dash = header.find('-'), slash = header.find('/');
    if (dash == std::string::npos || slash == std::string::npos || slash < dash) return std::nullopt;
    const auto first = numberOf(header.substr(kUnit.size(), dash - kUnit.size()));
    const auto last = numberOf(header.substr(dash + 1, slash - dash - 1));
    const std::string total = header.substr(slash + 1);
    const auto whole = total == "*" ? std::optional<std::int64_t>(-1) : numberOf(total);
    if (!first || !last || !whole || *last < *first) return std::nullopt;
    return ContentRange{*first, *last, *whole};
}

/// Only a strong one says that bytes are the same (RFC 9110, 8.8.1).
bool isStrong(const std::string& etag) {
    return etag.size() >= 2 && etag.size() <= 512 && etag.front() == '"' && etag.back() == '"';
}

}  // namespace

FileTransfer::FileTransfer(TransferOrder order)
    : m_order(std::move(order)),
      m_pace(m_order.patience),
      m_check(std::make_unique<ContentCheck>(m_order.file)) {
    m_order.question.file = m_order.file.path;
}

void FileTransfer::adopt(const std::stop_token& stop) {
    std::error_code absent;
    if (!fs::is_regular_file(fs::symlink_status(m_order.partial, absent))) return;
    const auto size = static_cast<std::int64_t>(fs::file_size(m_order.partial, absent));
    // Without a sum at its end or an ETag now, nothing says that the rest belongs to this beginning.
    const bool isKnown = m_order.file.isHashed() || isStrong(m_order.etag);
    if (absent || size > m_order.file.size || !isKnown) return;
    m_check->updateFromFile(m_order.partial, stop);
    m_bytes = m_adopted = m_farthest = size;
}

void FileTransfer::startAnew() {
    m_output.clear();
    m_check = std::make_unique<ContentCheck>(m_order.file);
    m_order.etag.clear();
    m_bytes = m_adopted = 0;
}

void FileTransfer::begin(HttpClient& client) {
    m_output.open(m_order.partial, m_bytes);
    m_failure.reset();
    m_refusal.reset();
    m_refusalMayPass = true;
    m_retryAfter = -1.0;
    m_state = State::Running;
    if (m_bytes == m_order.file.size) {
        verify();
        return;
    }
    HttpRequest request{
        m_order.url, m_order.token, {}, m_order.patience.connectSeconds, m_order.patience.stallSeconds};
    if (m_bytes > 0) {
        request.headers.emplace_back("Range", "bytes=" + std::to_string(m_bytes) + "-");
        if (isStrong(m_order.etag)) request.headers.emplace_back("If-Range", m_order.etag);
    }
    client.start(std::move(request), *this);
}

bool FileTransfer::refuse(const std::string& what) {
    const auto origin = originOf(m_order.question.hub);
    const std::string host = origin ? origin->text() : m_order.question.hub;
    m_refusal.emplace(ErrorCode::NetworkFailed,
                      host + " sends " + inQuotes(m_order.file.path) + " of the model " +
                          m_order.question.model + " otherwise than it lists it: " + what + ".",
                      "Try again; if it stays so, use another mirror.", std::vector<std::string>{host});
    return false;
}

bool FileTransfer::refuseStatus(const HttpHead& head) {
    // An address of a store to which the hub redirects expires; the hub gives a fresh one.
    const bool isElsewhere = originOf(head.url) != originOf(m_order.question.hub);
    m_refusalMayPass = isPassing(head.status) || isElsewhere;
    m_retryAfter = head.retryAfterSeconds;
    if (!isElsewhere || isPassing(head.status)) {
        m_refusal.emplace(statusError(m_order.question, head));
        return false;
    }
    const auto origin = originOf(head.url);
    return refuse((origin ? origin->text() : std::string("the store")) +
                  ", to which it redirects, answers HTTP " + std::to_string(head.status));
}

bool FileTransfer::acceptEtag(const HttpHead& head) {
    const std::string etag = head.header("etag");
    if (!isStrong(etag)) return true;
    if (m_bytes > 0 && isStrong(m_order.etag) && etag != m_order.etag) {
        startAnew();
        return refuse("the file has changed since its beginning came (ETag)");
    }
    m_order.etag = etag;
    return true;
}

bool FileTransfer::acceptWhole(const HttpHead& head) {
    // The server has no ranges, or the file has changed: from the beginning then.
    if (m_bytes > 0) startAnew();
    return acceptEtag(head);
}

bool FileTransfer::acceptRange(const HttpHead& head) {
    const std::string header = head.header("content-range");
    const auto range = rangeOf(header);
    const bool fits = range && m_bytes > 0 && range->first == m_bytes && range->last < m_order.file.size &&
                      (range->total < 0 || range->total == m_order.file.size);
    if (fits) return acceptEtag(head);
    const std::int64_t asked = m_bytes;
    startAnew();
    return refuse("asked for what follows byte " + std::to_string(asked) + ", it gives " +
                  (header.empty() ? "a part without saying which" : inQuotes(header)));
}

bool FileTransfer::onHead(const HttpHead& head) {
    if (head.status == 416 && m_bytes > 0) {
        startAnew();
        return refuse("it has nothing behind what came (HTTP 416)");
    }
    if (head.status != 200 && head.status != 206) return refuseStatus(head);
    const std::string encoding = head.header("content-encoding");
    if (!encoding.empty() && encoding != "identity") return refuse("compressed, as " + inQuotes(encoding));
    if (!(head.status == 206 ? acceptRange(head) : acceptWhole(head))) return false;
    const auto announced = numberOf(head.header("content-length"));
    const std::int64_t missing = m_order.file.size - m_bytes;
    // A part may be shorter than what was asked for, the rest is asked for then.
    const bool tooMuch = announced && *announced > missing;
    const bool tooLittle = announced && head.status == 200 && *announced < missing;
    if (tooMuch || tooLittle) {
        return refuse("it announces " + std::to_string(*announced) + " bytes instead of " +
                      std::to_string(missing));
    }
    return true;
}

bool FileTransfer::onBody(std::string_view bytes) {
    const auto count = static_cast<std::int64_t>(bytes.size());
    if (count > m_order.file.size - m_bytes) {
        startAnew();
        return refuse("it sends more than " + std::to_string(m_order.file.size) + " bytes");
    }
    m_output.append(bytes);
    m_check->update(bytes);
    m_bytes += count;
    m_received += count;
    // Bytes that come a second time are no progress: a server that always breaks off at the same place, and
    // has no ranges, would be asked for ever.
    if (m_bytes > m_farthest) {
        m_pace.received(m_bytes - m_farthest);
        m_farthest = m_bytes;
    }
    return true;
}

void FileTransfer::onEnd(const HttpEnd& end) {
    using Kind = HttpEnd::Kind;
    m_state = State::Waiting;
    if (m_refusal) {
        fail(*m_refusal, m_refusalMayPass);
    } else if (m_bytes == m_order.file.size) {
        verify();
    } else if (end.kind == Kind::Complete) {
        refuse("it ends after " + std::to_string(m_bytes) + " of " + std::to_string(m_order.file.size) +
               " bytes");
        fail(*m_refusal, true);
    } else {
        fail(connectionError(m_order.question, end),
             end.kind != Kind::NotTrusted && end.kind != Kind::RedirectRefused);
    }
}

void FileTransfer::verify() {
    m_result = m_check->finish();
    if (m_result.right) {
        m_output.finish();
        m_state = State::Done;
        return;
    }
    startAnew();
    m_state = State::Waiting;
    const char* sum = m_result.by == Verified::Sha256 ? "SHA-256 " : "git blob ";
    refuse(std::string("its content is not the listed one (") + sum + m_result.found + " instead of " +
           m_result.expected + ")");
    fail(*m_refusal, ++m_mismatches <= kMostMismatches);
}

void FileTransfer::fail(const Error& error, bool mayPass) {
    m_output.close();
    const auto pause = mayPass ? m_pace.afterFailure(m_retryAfter) : std::optional<double>();
    if (!pause) throw error;
    m_failure = error;
    m_readyAt =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*pause));
}

}  // namespace studio
