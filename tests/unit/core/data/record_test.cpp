// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/record.h"

#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

Record fullRecord() {
    Record record;
    record.id = 7;
    record.kind = RecordKind::Preference;
    record.instruction = "Name a colour.";
    record.input = std::string("a\0b", 3);
    record.output = "红 \xF0\x9F\x98\x80";
    record.system = "Be short.";
    record.messages = R"([{"role":"user"}])";
    record.chosen = "red";
    record.rejected = "loud";
    record.source = "colours.json";
    record.provenance = Provenance::Generated;
    record.status = RecordStatus::Draft;
    record.split = Split::Validation;
    record.tags = {"colour", "短"};
    record.extra = OrderedJson::parse(R"({"z": 1, "a": [1.5, null], "id": "x"})");
    record.created = 11;
    record.updated = 12;
    record.keys = {"z", "output", "a", "instruction", "id", "input"};
    return record;
}

}  // namespace

class RecordTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recordJson_roundTrip_everyField() {
        QVERIFY(recordFromJson(recordJson(fullRecord())) == fullRecord());
    }

    void recordFromJson_wrongType_badFormat() {
        STUDIO_COMPARE_ERROR(recordFromJson(OrderedJson::parse(R"({"instruction": 5})")),
                             ErrorCode::BadFormat);
    }

    void names_everyValue_readBack() {
        for (const Split split : {Split::None, Split::Train, Split::Validation, Split::Test}) {
            QVERIFY(splitFromName(name(split)) == split);
        }
        for (const RecordStatus status :
             {RecordStatus::Draft, RecordStatus::Accepted, RecordStatus::Rejected}) {
            QVERIFY(recordStatusFromName(name(status)) == status);
        }
        for (const Provenance provenance : {Provenance::Real, Provenance::Generated, Provenance::Edited}) {
            QVERIFY(provenanceFromName(name(provenance)) == provenance);
        }
        for (const RecordKind kind :
             {RecordKind::Pair, RecordKind::Conversation, RecordKind::Text, RecordKind::Preference}) {
            QVERIFY(recordKindFromName(name(kind)) == kind);
        }
        QCOMPARE(std::string(name(Split::Validation)), std::string("validation"));
    }

    void names_unknown_knownOnesListed() {
        STUDIO_COMPARE_ERROR_TEXT(splitFromName("dev"), ErrorCode::InvalidArgument,
                                  "none, train, validation, test");
    }

    void alpacaJson_usualRecord_threeFieldsThenExtra() {
        Record record;
        record.instruction = "i";
        record.output = "o";
        record.extra["id"] = 3;
        QCOMPARE(alpacaJson(record).dump(),
                 std::string(R"({"instruction":"i","input":"","output":"o","id":3})"));
    }

    void alpacaJson_ownLayout_keysInTheirOrder() {
        Record record;
        record.instruction = "i";
        record.output = "o";
        record.extra["id"] = 3;
        record.keys = {"id", "output", "instruction"};
        QCOMPARE(alpacaJson(record).dump(), std::string(R"({"id":3,"output":"o","instruction":"i"})"));
        record.input = "added later";
        QCOMPARE(alpacaJson(record).dump(),
                 std::string(R"({"id":3,"output":"o","instruction":"i","input":"added later"})"));
    }
};

STUDIO_TEST(RecordTest)
#include "record_test.moc"
