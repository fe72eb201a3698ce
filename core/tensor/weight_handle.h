// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/tensor/torch.h"

namespace studio {

/// How an autograd function remembers a layer until its backward pass: by address. The layer must live as
/// long.
template <typename T>
std::int64_t handle(const T& object) {
    return static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(&object));
}
template <typename T>
const T& fromHandle(const c10::IValue& value) {
    return *reinterpret_cast<const T*>(static_cast<std::intptr_t>(value.toInt()));
}

}  // namespace studio
