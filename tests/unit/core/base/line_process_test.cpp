// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/line_process.h"

#include <signal.h>

#include "core/base/error.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio;

class LineProcessTest : public QObject {
    Q_OBJECT

    static LineProcess shell(const std::string& script) {
        return LineProcess({"sh", "-c", script}, initialEnvironment());
    }

private Q_SLOTS:
    void say_programThatAnswers_isHeardLineByLine() {
        LineProcess process({"cat"}, initialEnvironment());
        QVERIFY(process.say("one", 10.0, {}));
        QVERIFY(process.say("two", 10.0, {}));
        QCOMPARE(process.hear(10.0, {}).value_or(""), std::string("one"));
        QCOMPARE(process.hear(10.0, {}).value_or(""), std::string("two"));
        const std::string large(1 << 20, 'x');  // more than a socket holds, while the other side reads
        LineProcess reading = shell("read line; echo ${#line}");
        QVERIFY(reading.say(large, 30.0, {}));
        QCOMPARE(reading.hear(30.0, {}).value_or(""), std::to_string(large.size()));
    }

    void hear_programThatEnds_givesNothing() {
        LineProcess process = shell("echo last; exit 3");
        QCOMPARE(process.hear(10.0, {}).value_or(""), std::string("last"));
        QVERIFY(!process.hear(10.0, {}).has_value());
        QVERIFY(!process.say("anyone", 10.0, {}));
    }

    void rest_afterTheEnd_isWhatHadNoLineBreak() {
        LineProcess process = shell("printf 'one\\ntwo'");
        QCOMPARE(process.hear(10.0, {}).value_or(""), std::string("one"));
        QVERIFY(!process.hear(10.0, {}).has_value());
        QCOMPARE(process.rest(), std::string("two"));
    }

    void hear_programThatIsSilent_isEndedInTime() {
        LineProcess process = shell("exec sleep 60");
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!process.hear(0.2, {}).has_value());
        QVERIFY(timer.elapsed() < 10000);
        QVERIFY(!process.say("anyone", 1.0, {}));
    }

    void hear_stopped_throwsCancelled() {
        LineProcess process = shell("exec sleep 60");
        std::stop_source source;
        source.request_stop();
        QVERIFY_EXCEPTION_THROWN(process.hear(60.0, source.get_token()), Cancelled);
    }

    void start_noSuchProgram_saysNothing() {
        LineProcess process({"/nowhere/at/all"}, {});
        QVERIFY(!process.hear(10.0, {}).has_value());
    }

    void destructor_runningProgram_isEnded() {
        pid_t child = 0;
        {
            LineProcess process = shell("echo $$; exec sleep 60");
            child = static_cast<pid_t>(std::stol(process.hear(10.0, {}).value_or("0")));
            QVERIFY(child > 0);
            QCOMPARE(::kill(child, 0), 0);
        }
        QVERIFY(::kill(child, 0) != 0);
    }

    void environment_given_isTheProgramsOwn() {
        LineProcess process({"/bin/sh", "-c", "echo $STUDIO_TEST_WORD"}, {{"STUDIO_TEST_WORD", "here"}});
        QCOMPARE(process.hear(10.0, {}).value_or(""), std::string("here"));
        QVERIFY(initialEnvironment().contains("PATH"));
        qputenv("STUDIO_TEST_LATER", "1");
        QVERIFY(!initialEnvironment().contains("STUDIO_TEST_LATER"));
        qunsetenv("STUDIO_TEST_LATER");
    }
};

STUDIO_TEST(LineProcessTest)
}  // namespace
#include "line_process_test.moc"
