// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/merge_symbols.h"

#include <algorithm>
#include <array>
#include <functional>
#include <queue>

namespace studio {

namespace {

constexpr std::size_t kShort = 64;
constexpr std::size_t kLong = 8192;
constexpr std::uint32_t kNone = ~std::uint32_t{0};

/// The smallest rank is searched among all neighbours each time.
void mergeShort(const MergeTable& merges, std::vector<WordToken>& symbols) {
    std::array<MergeTable::Merge, kShort> pairs;  // of each symbol with the next
    std::size_t count = symbols.size();
    for (std::size_t i = 0; i + 1 < count; ++i) pairs[i] = merges.find(symbols[i].id, symbols[i + 1].id);
    while (count > 1) {
        std::size_t best = 0;
        for (std::size_t i = 1; i + 1 < count; ++i) {
            if (pairs[i].rank < pairs[best].rank) best = i;
        }
        if (pairs[best].rank == MergeTable::kNoRank) break;
        symbols[best] = {pairs[best].result, symbols[best + 1].end};
        --count;
        for (std::size_t i = best + 1; i < count; ++i) symbols[i] = symbols[i + 1];
        for (std::size_t i = best + 1; i + 1 < count; ++i) pairs[i] = pairs[i + 1];
        if (best + 1 < count) pairs[best] = merges.find(symbols[best].id, symbols[best + 1].id);
        if (best > 0) pairs[best - 1] = merges.find(symbols[best - 1].id, symbols[best].id);
    }
    symbols.resize(count);
}

struct Candidate {
    std::uint32_t rank;
    std::uint32_t place;
    bool operator>(const Candidate& other) const {
        return rank != other.rank ? rank > other.rank : place > other.place;
    }
};

using HeapQueue = std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>>;

/// The same order as HeapQueue, made for millions of candidates with few ranks: one list of places a rank,
/// and a heap of the ranks that have any. Going through a list in order walks through memory in order.
class RankQueue {
public:
    void push(Candidate candidate) {
        if (candidate.rank >= m_lists.size()) m_lists.resize(candidate.rank + std::size_t{1});
        List& list = m_lists[candidate.rank];
        if (!list.isActive) {
            list.isActive = true;
            m_ranks.push(candidate.rank);
        }
        if (!list.isHeap && list.isBegun) {
            // A place that comes while the list is under way: what is left of it becomes a heap.
            list.places.erase(list.places.begin(), list.places.begin() + list.next);
            list.next = 0;
            std::make_heap(list.places.begin(), list.places.end(), std::greater<>());
            list.isHeap = true;
        }
        list.isSorted = list.isSorted && (list.places.empty() || list.places.back() <= candidate.place);
        list.places.push_back(candidate.place);
        if (list.isHeap) std::push_heap(list.places.begin(), list.places.end(), std::greater<>());
    }

    bool empty() const { return m_ranks.empty(); }

    Candidate top() {
        List& list = m_lists[m_ranks.top()];
        if (!list.isBegun) {
            list.isBegun = true;
            if (!list.isSorted) std::sort(list.places.begin(), list.places.end());
        }
        return {m_ranks.top(), list.isHeap ? list.places.front() : list.places[list.next]};
    }

    /// Takes away what top() gave; nothing was pushed since.
    void pop() {
        List& list = m_lists[m_ranks.top()];
        if (list.isHeap) {
            std::pop_heap(list.places.begin(), list.places.end(), std::greater<>());
            list.places.pop_back();
        } else {
            ++list.next;
        }
        if (list.next < static_cast<std::ptrdiff_t>(list.places.size())) return;
        list = List();
        m_ranks.pop();
    }

private:
    struct List {
        std::vector<std::uint32_t> places;
        std::ptrdiff_t next = 0;
        bool isActive = false;
        bool isBegun = false;
        bool isSorted = true;
        bool isHeap = false;
    };
    std::vector<List> m_lists;
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> m_ranks;
};

struct Link {
    std::uint32_t previous = kNone;
    std::uint32_t next = kNone;
    MergeTable::Merge merge;  ///< with the next symbol; out of date where a symbol was merged into another
};

template <typename Queue>
void mergeQueued(const MergeTable& merges, std::vector<WordToken>& symbols) {
    const auto count = static_cast<std::uint32_t>(symbols.size());
    std::vector<Link> links(count);
    Queue queue;
    const auto look = [&](std::uint32_t at) {
        Link& link = links[at];
        link.merge =
            link.next == kNone ? MergeTable::Merge() : merges.find(symbols[at].id, symbols[link.next].id);
        if (link.merge.rank != MergeTable::kNoRank) queue.push({link.merge.rank, at});
    };
    for (std::uint32_t at = 0; at < count; ++at) {
        links[at].previous = at == 0 ? kNone : at - 1;
        links[at].next = at + 1 == count ? kNone : at + 1;
        look(at);
    }
    while (!queue.empty()) {
        const Candidate candidate = queue.top();
        queue.pop();
        Link& link = links[candidate.place];
        if (link.merge.rank != candidate.rank) continue;  // a neighbour was merged since
        Link& gone = links[link.next];
        symbols[candidate.place] = {link.merge.result, symbols[link.next].end};
        gone.merge = {};
        link.next = gone.next;
        if (link.next != kNone) links[link.next].previous = candidate.place;
        look(candidate.place);
        if (link.previous != kNone) look(link.previous);
    }
    std::uint32_t kept = 0;
    for (std::uint32_t at = 0; at != kNone; at = links[at].next) symbols[kept++] = symbols[at];
    symbols.resize(kept);
}

}  // namespace

void mergeSymbols(const MergeTable& merges, std::vector<WordToken>& symbols) {
    if (symbols.size() < 2) return;
    if (symbols.size() <= kShort) {
        mergeShort(merges, symbols);
    } else if (symbols.size() <= kLong) {
        mergeQueued<HeapQueue>(merges, symbols);
    } else {
        mergeQueued<RankQueue>(merges, symbols);
    }
}

}  // namespace studio
