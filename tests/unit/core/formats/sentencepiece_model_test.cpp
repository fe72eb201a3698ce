// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/sentencepiece_model.h"

#include "tests/support/error_of.h"
#include "tests/support/sentencepiece_bytes.h"
#include "tests/support/studio_test.h"

using namespace studio;
using Kind = SentencePiece::Kind;

class SentencePieceModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parse_allFields_areRead() {
        test::SentencePieceBytes bytes;
        bytes.piece("<unk>", 0.0F, Kind::Unknown).piece("▁the", -2.5F).piece("<0x0A>", 0.0F, Kind::Byte);
        bytes.dummyPrefix = false;
        bytes.eosId = -1;
        const SentencePieceModel model = parseSentencePieceModel(bytes.text(), "t");
        QCOMPARE(model.pieces.size(), std::size_t{3});
        QCOMPARE(model.pieces[1].text, std::string("▁the"));
        QCOMPARE(model.pieces[1].score, -2.5F);
        QVERIFY(model.pieces[1].kind == Kind::Normal && model.pieces[2].kind == Kind::Byte);
        QVERIFY(model.algorithm == SentencePieceModel::Algorithm::BytePairs);
        QVERIFY(model.byteFallback && !model.addsDummyPrefix && !model.removesExtraSpaces && !model.rewrites);
        QVERIFY(model.escapesSpaces && !model.spaceAsSuffix);
        QCOMPARE(model.normalizer, std::string("identity"));
        QCOMPARE(model.eosId, std::int64_t{-1});
        QCOMPARE(model.bosId, std::int64_t{1});  // not said: what the format assumes
    }

    void parse_cutAnywhere_isRefused() {
        test::SentencePieceBytes bytes;
        bytes.piece("<unk>", 0.0F, Kind::Unknown).piece("▁a", -1.0F);
        const std::string whole = bytes.text();
        for (std::size_t length = 0; length < whole.size(); ++length)
            STUDIO_COMPARE_ERROR(parseSentencePieceModel(std::string_view(whole).substr(0, length), "t"),
                                 ErrorCode::TokenizerInvalid);
    }

    void parse_anyByteChanged_isReadOrRefused() {
        test::SentencePieceBytes bytes;
        bytes.piece("<unk>", 0.0F, Kind::Unknown).piece("▁a", -1.0F);
        const std::string whole = bytes.text();
        int refused = 0;
        for (std::size_t place = 0; place < whole.size(); ++place) {
            for (int byte = 0; byte < 256; byte += 5) {
                std::string changed = whole;
                changed[place] = static_cast<char>(byte);
                if (const auto error = test::errorOf([&] { parseSentencePieceModel(changed, "t"); })) {
                    QVERIFY(error->code() == ErrorCode::TokenizerInvalid);
                    ++refused;
                }
            }
        }
        QVERIFY(refused > 100);
    }

    void parse_scoreThatIsNoNumber_isRefused() {
        test::SentencePieceBytes bytes;
        bytes.piece("a", std::numeric_limits<float>::quiet_NaN());
        STUDIO_COMPARE_ERROR_TEXT(parseSentencePieceModel(bytes.text(), "t"), ErrorCode::TokenizerInvalid,
                                  "finite score");
    }
};

STUDIO_TEST(SentencePieceModelTest)
#include "sentencepiece_model_test.moc"
