// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_fields.h"

#include <cmath>

#include "tests/support/studio_test.h"

using namespace studio;

namespace {

class JsonFieldsTest : public QObject {
    Q_OBJECT

    const OrderedJson m_json = OrderedJson::parse(
        R"({"steps": 7, "loss": 1.5, "name": "α", "done": true, "list": [1], "far": 1e300, "huge": 18446744073709551615,
            "plan": {"total": 9, "none": null}})");

private Q_SLOTS:
    void fields_ofTheirKind_areRead() {
        QCOMPARE(integerOf(m_json, "steps"), 7);
        QCOMPARE(realOf(m_json, "steps"), 7.0);
        QCOMPARE(realOf(m_json, "loss"), 1.5);
        QCOMPARE(textOf(m_json, "name"), std::string("α"));
        QVERIFY(flagOf(m_json, "done"));
        QCOMPARE(integerOf(m_json, "/plan/total"), 9);
        QCOMPARE(integerOf(m_json, "/list/0"), 1);
        QVERIFY(jsonOf(m_json, "list") && jsonOf(m_json, "list")->is_array());
    }

    void fields_missingOrOfAnotherKind_areNone() {
        for (const char* key : {"nothing", "name", "list", "plan"}) {
            QCOMPARE(integerOf(m_json, key), 0);
            QVERIFY(std::isnan(realOf(m_json, key)));
            QVERIFY(!flagOf(m_json, key));
        }
        QVERIFY(textOf(m_json, "steps").empty());
        QVERIFY(!jsonOf(m_json, "/plan/else") && !jsonOf(m_json, "/name/0") && !jsonOf(m_json, "/list/5"));
        QVERIFY(std::isnan(realOf(m_json, "/plan/none")));
        QCOMPARE(integerOf(OrderedJson::array(), "steps"), 0);
    }

    void integers_beyondWhatADoubleHolds_areNone() {
        QCOMPARE(integerOf(m_json, "far"), 0);
        QCOMPARE(integerOf(m_json, "huge"), 0);
    }
};

STUDIO_TEST(JsonFieldsTest)

}  // namespace

#include "json_fields_test.moc"
