// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

/// A text on its way through normalizer and pre-tokenizer, which remembers for every place between two bytes
/// which place of the caller's text it came from. What replaced a run of bytes comes from the run's
/// beginning, and its end from the run's end; so the ranges of tokens that lie side by side do so in the
/// caller's text, too. Bytes that were taken away belong to what stands before them, or, at the beginning, to
/// what follows.
class AlignedText {
public:
    /// `text`, which must outlive this, begins at `begin` in the caller's text. Without `tracked` origin() is
    /// not to be asked.
    AlignedText(std::string_view text, std::size_t begin, bool tracked)
        : m_text(text), m_begin(begin), m_tracked(tracked) {}
    /// A part of another one, which must outlive this unchanged.
    AlignedText(const AlignedText& whole, std::size_t begin, std::size_t end);
    AlignedText(const AlignedText&) = delete;
    AlignedText& operator=(const AlignedText&) = delete;

    std::string_view text() const { return m_text; }
    bool isTracked() const { return m_tracked; }
    /// The place in the caller's text.
    std::size_t origin(std::size_t place) const {
        return m_begin + (m_origins.empty() ? place : m_origins[place]);
    }

    /// Writes the text anew, from its beginning to its end: every byte is either kept or replaced.
    class Rewrite {
    public:
        explicit Rewrite(AlignedText& text) : m_target(text) { m_text.reserve(text.m_text.size() + 16); }
        std::string_view source() const { return m_target.m_text; }
        /// Where the new text's next byte will be.
        std::size_t place() const { return m_text.size(); }
        /// Keeps the bytes up to `end`.
        void keep(std::size_t end);
        /// Puts `replacement` in the place of the bytes up to `end` (of none, to insert it).
        void replace(std::size_t end, std::string_view replacement);
        /// Keeps what is left and makes this the text.
        void finish();

    private:
        AlignedText& m_target;
        std::size_t m_done = 0;  ///< of the old text
        std::string m_text;
        std::vector<std::uint32_t> m_origins;  ///< in the old text
    };

private:
    std::string_view m_text;
    std::string m_own;
    std::size_t m_begin;
    bool m_tracked;
    std::vector<std::uint32_t> m_origins;  ///< of each place, from m_begin on; empty while nothing is changed
};

}  // namespace studio
