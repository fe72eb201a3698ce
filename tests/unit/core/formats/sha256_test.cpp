// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/sha256.h"

#include "core/base/files.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

class Sha256Test : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sha256_knownTexts_matchTheStandard() {  // FIPS 180-4 examples
        QCOMPARE(sha256(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(sha256("abc"),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(sha256(std::string(1000000, 'a')),
                 std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    }

    void digest_sha1_matchesTheStandard() {
        Digest hash(Digest::Kind::Sha1);
        hash.update("abc");
        QCOMPARE(hash.finish(), std::string("a9993e364706816aba3e25717850c26c9cd0d89d"));
    }

    void update_inPieces_equalsWhole() {
        Sha256 hash;
        hash.update("a");
        hash.update("");
        hash.update("bc");
        QCOMPARE(hash.finish(), sha256("abc"));
    }

    void sha256File_largeFile_equalsItsBytes() {
        const test::TemporaryFolder folder;
        const std::string bytes(3 * (1 << 20) + 17, 'x');
        writeFileAtomically(folder / "large", bytes);
        QCOMPARE(sha256File(folder / "large"), sha256(bytes));
    }

    void sha256File_missingFolderAndCancel_areReported() {
        const test::TemporaryFolder folder;
        STUDIO_COMPARE_ERROR(sha256File(folder / "none"), ErrorCode::FileNotFound);
        STUDIO_COMPARE_ERROR(sha256File(folder.path()), ErrorCode::FileUnreadable);
        writeFileAtomically(folder / "file", "x");
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(sha256File(folder / "file", stop.get_token()), Cancelled);
    }
};

STUDIO_TEST(Sha256Test)
#include "sha256_test.moc"
