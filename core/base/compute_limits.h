// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// Numbers that the engine computes by and that the torch-free forecasts count with: said once, so that no
/// forecast speaks of another engine.
namespace studio {

/// Logits of so many values at once: enough rows for the products' speed (each slice adds to the whole
/// gradient of the head), little enough to stay in a large cache.
inline constexpr std::int64_t kLogitsAtOnce = 26'000'000;
/// But of so many rows at least. `sparing`: the head is put in order for each slice anew, which pays only
/// for more of them.
inline constexpr std::int64_t leastLogitRows(bool sparing) {
    return sparing ? 512 : 256;
}
/// A large right factor of narrow products is put in order where it is multiplied with so many rows: it must
/// be read and written for that, and gathered from many places where it lies transposed.
inline constexpr std::int64_t kPackedRows = 256, kPackedRowsTransposed = 512;

/// The same on other devices, where a part costs more than its values.
inline constexpr std::int64_t kDeviceLogitsAtOnce = 128'000'000;

/// Below this hidden size the conversions to bfloat16 cost more than its products save (measured on the
/// embedded model on a CPU, and with a width of 288 on an H200).
inline constexpr std::int64_t kBfloat16MinHidden = 256;

/// Answers that are under way at the same time, and the bytes of keys and values that all but the first may
/// take together.
inline constexpr std::int64_t kAnswersAtOnce = 64, kCachedBytesAtOnce = 1LL << 30;

/// The longest answer to one of the fixed prompts of a run, in tokens.
inline constexpr std::int64_t kSampleTokens = 64;

}  // namespace studio
