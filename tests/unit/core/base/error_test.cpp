// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <set>

#include "tests/support/studio_test.h"

using namespace studio;

class ErrorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_isOneLineOfCauseAndNextStep() {
        const Error error(ErrorCode::BadFormat, "The file\nis broken.", "Get it\r\nagain.", {"file"});
        QCOMPARE(std::string(error.what()), std::string("The file is broken. Get it  again."));
        QCOMPARE(error.args(), (std::vector<std::string>{"file"}));
        QCOMPARE(std::string(Error(ErrorCode::Internal, "Only a cause.", "").what()),
                 std::string("Only a cause."));
    }

    void errorCodeName_everyCode_hasItsOwn() {
        std::set<std::string> names;
        const int last = static_cast<int>(ErrorCode::Internal);
        for (int code = 0; code <= last; ++code) names.insert(errorCodeName(static_cast<ErrorCode>(code)));
        QCOMPARE(static_cast<int>(names.size()), last + 1);
        QCOMPARE(std::string(errorCodeName(ErrorCode::NoLabels)), std::string("no_labels"));
    }
};

STUDIO_TEST(ErrorTest)
#include "error_test.moc"
