// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <utility>

#include "app/cli/terminal_text.h"

namespace studio {
namespace {

constexpr std::chrono::milliseconds kBarInterval{100};

std::string onOneLine(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

}  // namespace

Output::Output(std::ostream& out, std::ostream& error, OutputSettings settings)
    : m_out(out), m_error(error), m_settings(settings) {}

Output::~Output() {
    clearProgress();
}

std::string Output::printable(const std::string& text) const {
    return m_settings.outIsTerminal ? withoutControls(text) : text;
}

void Output::jsonLine(const OrderedJson& value) {
    clearProgress();
    m_out << value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace) << '\n' << std::flush;
}

void Output::line(const std::string& text) {
    clearProgress();
    m_out << printable(text) << '\n' << std::flush;
}

void Output::bytes(const std::string& text) {
    clearProgress();
    m_out << printable(text) << std::flush;
}

void Output::table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows) {
    constexpr int kGap = 2, kWidest = 36;
    std::vector<int> widths;
    for (const std::string& title : head) widths.push_back(displayWidth(title));
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < widths.size() && i < row.size(); ++i) {
            widths[i] = std::max(widths[i], displayWidth(row[i]));
        }
    }
    int before = 0;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) widths[i] = std::min(widths[i], kWidest);
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) before += widths[i] + kGap;
    if (!widths.empty()) widths.back() = std::max(8, std::min(widths.back(), m_settings.columns - before));
    const auto rowText = [&](const std::vector<std::string>& cells) {
        std::string text;
        for (std::size_t i = 0; i < widths.size() && i < cells.size(); ++i) {
            text += fitted(cells[i], widths[i]) + (i + 1 < widths.size() ? std::string(kGap, ' ') : "");
        }
        while (!text.empty() && text.back() == ' ') text.pop_back();
        return text;
    };
    line(rowText(head));
    for (const auto& row : rows) line(rowText(row));
}

void Output::pairs(const std::vector<std::pair<std::string, std::string>>& values) {
    int width = 0;
    for (const auto& [name, value] : values) width = std::max(width, displayWidth(name));
    for (const auto& [name, value] : values) line(fitted(name, width + 2) + value);
}

void Output::note(const std::string& text) {
    clearProgress();
    m_out.flush();
    m_error << "note: " << withoutControls(onOneLine(text)) << '\n' << std::flush;
}

void Output::error(const std::string& text) {
    clearProgress();
    m_out.flush();
    m_error << "error: " << withoutControls(onOneLine(text)) << '\n' << std::flush;
}

void Output::progress(const ProgressLine& line) {
    if (!m_settings.errorIsTerminal) return;
    const auto now = std::chrono::steady_clock::now();
    if (line.label != m_barLabel) {
        m_barLabel = line.label;
        m_barBegun = now;
    } else if (now - m_barDrawn < kBarInterval && line.done != line.total) {
        return;
    }
    m_barDrawn = now;
    std::string text = line.label;
    if (line.total > 0) {
        constexpr int kCells = 24;
        const double share =
            std::clamp(static_cast<double>(line.done) / static_cast<double>(line.total), 0.0, 1.0);
        const int filled = static_cast<int>(std::lround(share * kCells));
        text += " [" + std::string(static_cast<std::size_t>(filled), '#') +
                std::string(static_cast<std::size_t>(kCells - filled), '.') + "] " +
                (line.amount.empty() ? std::to_string(line.done) + "/" + std::to_string(line.total)
                                     : line.amount);
        const double elapsed = std::chrono::duration<double>(now - m_barBegun).count();
        const double left = line.secondsLeft >= 0.0 ? line.secondsLeft
                            : line.done > 0         ? elapsed / static_cast<double>(line.done) *
                                                  static_cast<double>(line.total - line.done)
                                            : -1.0;
        if (left >= 0.0 && std::isfinite(left)) text += " · " + durationText(left) + " left";
    } else if (line.done > 0) {
        text += " " + std::to_string(line.done);
    }
    if (!line.detail.empty()) text += " · " + line.detail;
    m_error << "\r\x1b[K" << fitted(withoutControls(text), std::max(10, m_settings.columns - 1))
            << std::flush;
    m_barShown = true;
}

void Output::clearProgress() {
    if (!m_barShown) return;
    m_error << "\r\x1b[K" << std::flush;
    m_barShown = false;
    m_barDrawn = {};
}

bool Output::finish() {
    clearProgress();
    m_out.flush();
    m_error.flush();
    return m_out.good();
}

std::string durationText(double seconds) {
    const auto whole = static_cast<std::int64_t>(std::max(0.0, std::ceil(seconds)));
    char text[48];
    if (whole >= 3600) {
        std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", static_cast<long long>(whole / 3600),
                      static_cast<long long>(whole / 60 % 60), static_cast<long long>(whole % 60));
    } else {
        std::snprintf(text, sizeof text, "%lld:%02lld", static_cast<long long>(whole / 60),
                      static_cast<long long>(whole % 60));
    }
    return text;
}

std::string counted(std::int64_t count, const std::string& noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string percentText(double percent) {
    return numberText(percent, 1) + " %";
}

std::string numberText(double value, int decimals) {
    if (std::isnan(value)) return "–";
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

}  // namespace studio
