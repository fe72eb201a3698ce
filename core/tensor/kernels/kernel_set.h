// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Fills a table with the kernels of the instruction set that the including unit is compiled for.
#pragma once

#include "core/tensor/kernels/kernel_sets.h"
// The order matters: outOfMemory() is declared before the templates that use it.
#include "core/tensor/kernels/activation_kernels.h"
#include "core/tensor/kernels/attention_backward.h"
#include "core/tensor/kernels/attention_forward.h"
#include "core/tensor/kernels/decode_kernels.h"
#include "core/tensor/kernels/norm_kernels.h"
#include "core/tensor/kernels/optimizer_kernels.h"
#include "core/tensor/kernels/pack_kernels.h"
#include "core/tensor/kernels/row_kernels.h"

namespace studio {
namespace {

template <typename E>
ActivationKernels<E> activationKernels() {
    ActivationKernels<E> k;
    k.addNorm = addNormForward<E>;
    k.addNormGradient = addNormBackward<E>;
    k.attention = attentionForward<E>;
    k.attentionGradient = attentionBackward<E>;
    k.swiglu = swigluForward<E>;
    k.swigluGradient = swigluBackward<E>;
    k.gelu = geluForward<E>;
    k.geluGradient = geluBackward<E>;
    k.exactGelu = exactGeluForward<E>;
    k.exactGeluGradient = exactGeluBackward<E>;
    k.crossEntropy = crossEntropyRows<E>;
    k.addColumnSums = columnSums<E>;
    k.fromFloat = convertFromFloat<E>;
    return k;
}

void fillKernels(CpuKernels& kernels) {
    kernels.float32 = activationKernels<float>();
#if defined(__AVX512BF16__)
    kernels.bfloat16 = activationKernels<Bfloat16>();
    kernels.hasBfloat16 = true;
#endif
    kernels.factors = {packFactorRows, packFactorColumns, transposeFactor};
    kernels.gatherRows = takeRows;
    kernels.addToRows = addRows;
    kernels.sumOfSquares = squareSum;
    kernels.adamW = adamWStep;
    kernels.adamW8 = adamW8Step;
    kernels.sgd = sgdStep;
    kernels.decode = decodeKernels();
}

}  // namespace
}  // namespace studio
