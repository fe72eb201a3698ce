// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the BLAS symbol `sgemm_` (column-major Fortran interface, as in the reference BLAS) for this
// library's scope and hands it to oneDNN. Debian's OpenBLAS keeps a thread pool of its own that fights
// libgomp's: eager float32 training is 2 to 4 times slower with it. The engine is loaded with RTLD_LOCAL, so
// the rest of the program is not affected.
#include <dnnl.h>

extern "C" __attribute__((visibility("default"))) void sgemm_(const char* transA, const char* transB,
                                                              const int* m, const int* n, const int* k,
                                                              const float* alpha, const float* a,
                                                              const int* lda, const float* b, const int* ldb,
                                                              const float* beta, float* c, const int* ldc) {
    const auto letter = [](char t) { return (t == 'n' || t == 'N') ? 'N' : 'T'; };
    // Row-major C^T = B^T A^T is the same memory as column-major C = A B.
    dnnl_sgemm(letter(*transB), letter(*transA), *n, *m, *k, *alpha, b, *ldb, a, *lda, *beta, c, *ldc);
}
