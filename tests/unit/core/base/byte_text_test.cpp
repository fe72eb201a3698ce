// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/byte_text.h"

#include "tests/support/studio_test.h"

using namespace studio;

class ByteTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byteText_everyUnit_isShort() {
        QCOMPARE(byteText(0), std::string("0 bytes"));
        QCOMPARE(byteText(1), std::string("1 byte"));
        QCOMPARE(byteText(999), std::string("999 bytes"));
        QCOMPARE(byteText(1000), std::string("1.0 kB"));
        QCOMPARE(byteText(9'940), std::string("9.9 kB"));
        QCOMPARE(byteText(9'960), std::string("10 kB"));
        QCOMPARE(byteText(999'900), std::string("1.0 MB"));
        QCOMPARE(byteText(3'140'000'000), std::string("3.1 GB"));
        QCOMPARE(byteText(25'000'000'000'000), std::string("25 TB"));
        QCOMPARE(byteText(~std::uint64_t{0}), std::string("18447 PB"));
    }
};

STUDIO_TEST(ByteTextTest)
#include "byte_text_test.moc"
