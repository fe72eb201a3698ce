// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <stop_token>
#include <utility>

namespace studio::jinja {

/// What one rendering may cost. Templates come from the internet: none may hang the program or take its
/// memory.
struct Limits {
    std::size_t steps = 20'000'000;                 ///< nodes visited and, in units, bytes and items handled
    std::size_t textBytes = std::size_t{16} << 20;  ///< of the result, and of any one text on the way
    std::size_t memoryBytes = std::size_t{256} << 20;  ///< of all values that live at one time
    std::size_t depth = 900;  ///< nodes within each other, calls of macros counted in
};

constexpr std::size_t kMostSourceBytes = std::size_t{512} << 10;  ///< of a template
constexpr std::size_t kMostNodeDepth = 200;                       ///< of a template's tree
constexpr std::size_t kMostRangeItems = 100'000;                  ///< as Jinja's sandbox has it
constexpr std::size_t kMostValueDepth = 400;                      ///< lists within lists

/// Counts what a rendering costs and ends it with a Problem at the limits, or with Cancelled when it was
/// asked to stop. Outlives every value that is made under it. Not thread-safe: one a rendering.
class Budget {
public:
    explicit Budget(const Limits& limits = {}, std::stop_token stop = {})
        : m_limits(limits), m_stop(std::move(stop)) {}
    Budget(const Budget&) = delete;
    Budget& operator=(const Budget&) = delete;

    const Limits& limits() const { return m_limits; }

    /// One unit a node or an item.
    void spend(std::size_t steps) {
        m_spent += steps;
        if (m_spent >= m_nextCheck) check();
    }
    /// A pass over `bytes` of text.
    void pass(std::size_t bytes) { spend(1 + bytes / kBytesAStep); }
    /// A search for `part` bytes in `whole` bytes, which compares at every place at worst.
    void search(std::size_t whole, std::size_t part) {
        if (part <= whole) spend(1 + whole / kBytesAStep + (whole - part + 1) * part / kComparedAStep);
    }
    /// A text of this size is about to be made.
    void checkText(std::size_t bytes) {
        checkLength(bytes);
        pass(bytes);
    }
    /// The same for a text that grows piece by piece: its pieces were passed already.
    void checkLength(std::size_t bytes) const {
        if (bytes > m_limits.textBytes) textTooLong();
    }

    void take(std::size_t bytes) {
        m_held += bytes;
        if (m_held > m_limits.memoryBytes) {
            m_held -= bytes;
            memoryExceeded();
        }
    }
    void give(std::size_t bytes) noexcept { m_held -= bytes; }
    std::size_t held() const { return m_held; }

    /// One level of nodes within nodes for as long as it lives.
    class Level {
    public:
        explicit Level(Budget& budget) : m_budget(budget) {
            if (m_budget.m_depth >= m_budget.m_limits.depth) m_budget.depthExceeded();
            ++m_budget.m_depth;
        }
        ~Level() { --m_budget.m_depth; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        Budget& m_budget;
    };

private:
    static constexpr std::size_t kBytesAStep = 64;
    static constexpr std::size_t kComparedAStep = 4096;
    static constexpr std::size_t kStepsACheck = 4096;

    void check();
    [[noreturn]] void textTooLong() const;
    [[noreturn]] void memoryExceeded() const;
    [[noreturn]] void depthExceeded() const;

    Limits m_limits;
    std::stop_token m_stop;
    std::size_t m_spent = 0;
    std::size_t m_nextCheck = 0;
    std::size_t m_held = 0;
    std::size_t m_depth = 0;
};

}  // namespace studio::jinja
