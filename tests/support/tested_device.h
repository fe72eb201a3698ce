// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

#include "core/tensor/devices.h"
#include "tests/support/pretend_device.h"

namespace studio::test {

/// What initTestCase_data() of a class calls whose tests run on every device but the CPU: on the pretend one,
/// and on each that this machine has. The autograd of libtorch 2 follows one kind of accelerator a process:
/// there a real one takes the pretend one's place.
inline void addTestedDevices() {
    QTest::addColumn<QString>("device");
    const bool pretends = TORCH_VERSION_MAJOR < 2 || !at::hasCUDA();
    for (const std::string& name : availableDevices()) {
        if (name == pretendDevice().str() && !pretends) continue;
        if (name != "cpu") QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

/// The one this test runs on.
inline at::Device testedDevice() {
    QFETCH_GLOBAL(QString, device);
    return at::Device(device.toStdString());
}

/// Only there can be seen what the host waits for, and every operator gives the very bits of the CPU.
inline bool onPretendDevice() {
    return testedDevice() == pretendDevice();
}

}  // namespace studio::test
