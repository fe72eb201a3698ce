// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "core/formats/json.h"

namespace studio {

/// What the two streams of the program are connected to.
struct OutputSettings {
    bool json = false;  ///< --json: machine output only on standard output
    bool outIsTerminal = false;
    bool errorIsTerminal = false;  ///< a progress bar is drawn only then
    int columns = 80;              ///< width of the terminal
};

/// How far a piece of work has come, for the bar.
struct ProgressLine {
    std::string label;
    std::int64_t done = 0;
    std::int64_t total = 0;     ///< 0 = unknown
    std::string detail;         ///< "loss 1.23"
    double secondsLeft = -1.0;  ///< < 0: reckoned from the pace since the label began
    std::string amount{};       ///< said instead of "done/total": "1.2 GB of 4.4 GB"
};

/// The only way in which verbs write: results on standard output (a table for people or JSON lines), notes,
/// errors and the progress bar on standard error. Owned by main; used from its thread only.
class Output {
public:
    Output(std::ostream& out, std::ostream& error, OutputSettings settings);
    ~Output();
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    bool json() const { return m_settings.json; }
    void setJson(bool json) { m_settings.json = json; }
    int columns() const { return m_settings.columns; }

    /// One JSON object on a line of its own. Bytes that are not UTF-8 become U+FFFD.
    void jsonLine(const OrderedJson& value);
    /// One line (or several) for people; control characters are made harmless on a terminal.
    void line(const std::string& text);
    /// Bytes exactly as they are, flushed: hydrated prompts and streamed answers.
    void bytes(const std::string& text);
    /// A table for people; the last column gives way when the terminal is too narrow.
    void table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows);
    /// "name: value" lines with the values lined up.
    void pairs(const std::vector<std::pair<std::string, std::string>>& values);

    /// "note: …" on standard error.
    void note(const std::string& text);
    /// "error: …" on standard error, one line.
    void error(const std::string& text);

    /// Draws the bar, at most ten times a second. Does nothing where standard error is no terminal.
    void progress(const ProgressLine& line);
    void clearProgress();

    /// Flushes; false when something could not be written.
    bool finish();

private:
    std::string printable(const std::string& text) const;

    std::ostream& m_out;
    std::ostream& m_error;
    OutputSettings m_settings;
    bool m_barShown = false;
    std::string m_barLabel;
    std::chrono::steady_clock::time_point m_barBegun;
    std::chrono::steady_clock::time_point m_barDrawn;
};

/// "1:05:09" or "2:07".
std::string durationText(double seconds);
/// "1 row", "2 rows".
std::string counted(std::int64_t count, const std::string& noun);
/// One decimal and a percent sign: "97.0 %".
std::string percentText(double percent);
/// Fixed decimals; "–" for NaN.
std::string numberText(double value, int decimals);

}  // namespace studio
