// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/torch.h"

namespace studio {

/// Asks the system for pages of 2 MiB under a tensor's memory, whatever it held before, and returns the
/// tensor: reading weights once a token is half bound by looking up pages of 4 KiB
/// (docs/decisions/0008-decoding.md). Where the kernel has none, on another device, or for less than such a
/// page nothing happens. Made for pieces of many of them that are written as a whole, since a page takes its
/// memory at the first write: what lies before the first border and behind the last stays as it is. The wish
/// stays with the addresses, also when the heap gives them to others.
Tensor onHugePages(Tensor memory);
/// Zeros of the shape, type and device of `like`.
Tensor zerosOnHugePages(const Tensor& like);

}  // namespace studio
