// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace studio {

/// From now on libtorch takes the CPU's tensors from the C library's heap by malloc() instead of
/// posix_memalign(): up to glibc 2.37 the latter cannot use the place again that a tensor of the same size
/// has left, and a training, which frees and allocates the same sizes every step, takes hundreds of MiB more
/// than it uses. To be called before anything else of libtorch is used, by one thread.
void takeTensorsFromHeap();

}  // namespace studio
