// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest/QtTest>

/// Leaves a test out of programs with a sanitizer. There no library can be loaded with its own symbols in
/// front (RTLD_DEEPBIND), so that sentencepiece meets libtorch's protobuf, of another version, and gives up.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define STUDIO_NEEDS_SENTENCEPIECE_BESIDE_TORCH() \
    QSKIP("A sanitizer mixes sentencepiece's protobuf with libtorch's.")
#else
#define STUDIO_NEEDS_SENTENCEPIECE_BESIDE_TORCH() static_cast<void>(0)
#endif
