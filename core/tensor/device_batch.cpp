// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/device_batch.h"

#include <algorithm>
#include <numeric>

#include "core/tensor/index_upload.h"

namespace studio {

namespace {

/// Rows in groups of similar length, longest first: a new group begins where padding would exceed a quarter.
std::vector<std::vector<std::size_t>> groupByLength(const std::vector<std::int64_t>& lengths) {
    std::vector<std::size_t> order(lengths.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return lengths[a] > lengths[b]; });
    std::vector<std::vector<std::size_t>> groups;
    std::int64_t longest = 0;
    for (const std::size_t row : order) {
        if (groups.empty() || lengths[row] * 4 < longest * 3) {
            groups.emplace_back();
            longest = lengths[row];
        }
        groups.back().push_back(row);
    }
    return groups;
}

/// Where the tokens of one group lie; `packedPlace` gets the place in the batch of each of its real tokens.
struct GroupIndices {
    std::vector<std::int64_t> gather, valid;
    GroupIndices(const PackedBatch& batch, const std::vector<std::size_t>& rows, std::int64_t longest,
                 std::vector<std::int64_t>& packedPlace) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::int64_t begin = batch.boundaries[rows[i]];
            const std::int64_t length = batch.boundaries[rows[i] + 1] - begin;
            for (std::int64_t t = 0; t < longest; ++t) {
                gather.push_back(begin + (t < length ? t : 0));
                if (t >= length) continue;
                valid.push_back(static_cast<std::int64_t>(i) * longest + t);
                packedPlace.push_back(begin + t);
            }
        }
    }
};

/// How the ATen composition goes through the rows: group by group, or all at once where all are as long.
void groupRows(const PackedBatch& batch, IndexUpload& upload, DeviceBatch& result) {
    std::vector<std::int64_t> lengths;
    for (std::size_t row = 0; row + 1 < batch.boundaries.size(); ++row) {
        lengths.push_back(batch.boundaries[row + 1] - batch.boundaries[row]);
    }
    const bool uniform =
        std::all_of(lengths.begin(), lengths.end(), [&](std::int64_t n) { return n == lengths.front(); });
    if (uniform && !lengths.empty()) {
        result.groups.push_back({static_cast<std::int64_t>(lengths.size()), lengths.front(), {}, {}, true});
        return;
    }

    std::vector<std::int64_t> packedPlace;  // of each output token, in group order
    const auto groups = groupByLength(lengths);
    result.groups.resize(groups.size());  // before the upload remembers where their tensors are
    for (std::size_t i = 0; i < groups.size(); ++i) {
        DeviceBatch::Group& group = result.groups[i];
        group.rows = static_cast<std::int64_t>(groups[i].size());
        group.longest = lengths[groups[i].front()];
        const GroupIndices indices(batch, groups[i], group.longest, packedPlace);
        if (indices.valid.size() != indices.gather.size()) upload.add(indices.valid, group.valid);
        upload.add(indices.gather, group.gather);
    }
    std::vector<std::int64_t> scatter(packedPlace.size());
    for (std::size_t i = 0; i < packedPlace.size(); ++i)
        scatter[static_cast<std::size_t>(packedPlace[i])] = static_cast<std::int64_t>(i);
    upload.add(scatter, result.scatter);
}

/// Row counts of the fused kernels' products are multiples of this.
constexpr std::size_t kRowUnit = 64;

std::size_t roundedUp(std::size_t count) {
    return (count + kRowUnit - 1) / kRowUnit * kRowUnit;
}

}  // namespace

DeviceBatch toDevice(const PackedBatch& batch, const Compute& compute) {
    DeviceBatch result;
    result.tokenCount = static_cast<std::int64_t>(batch.ids.size());
    result.boundaries = batch.boundaries;
    std::vector<std::int64_t> ids = batch.ids, positions = batch.positions, labelRows, labels;
    for (std::size_t i = 0; i < batch.labels.size(); ++i) {
        if (batch.labels[i] == PackedBatch::kIgnored) continue;
        labelRows.push_back(static_cast<std::int64_t>(i));
        labels.push_back(batch.labels[i]);
    }
    result.labelCount = static_cast<std::int64_t>(labels.size());
    IndexUpload upload;
    if (compute.fused) {
        ids.resize(roundedUp(ids.size()), 0);
        positions.resize(ids.size(), 0);
        labelRows.resize(roundedUp(labelRows.size()), 0);
    } else {
        groupRows(batch, upload, result);
    }
    upload.add(ids, result.ids);
    upload.add(positions, result.positions);
    upload.add(labelRows, result.labelRows);
    upload.add(labels, result.labels);
    upload.send(compute.device);
    return result;
}

}  // namespace studio
