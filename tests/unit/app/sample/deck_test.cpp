// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample/deck.h"

#include <algorithm>

#include "tests/support/studio_test.h"

class DeckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void draw_wholeRounds_giveEveryItemOnceARound() {
        studio::Deck<int> deck({1, 2, 3, 4, 5});
        studio::Random random(7);
        for (int round = 0; round < 4; ++round) {
            std::vector<int> drawn;
            for (int i = 0; i < 5; ++i) drawn.push_back(deck.draw(random));
            std::sort(drawn.begin(), drawn.end());
            QVERIFY(drawn == (std::vector<int>{1, 2, 3, 4, 5}));
        }
    }

    void draw_sameSeed_givesSameOrder() {
        studio::Deck<int> one({1, 2, 3, 4, 5, 6, 7, 8});
        studio::Deck<int> two({1, 2, 3, 4, 5, 6, 7, 8});
        studio::Random first(3);
        studio::Random second(3);
        for (int i = 0; i < 30; ++i) QCOMPARE(one.draw(first), two.draw(second));
    }
};

STUDIO_TEST(DeckTest)
#include "deck_test.moc"
