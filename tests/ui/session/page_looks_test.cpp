// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/page_looks.h"

#include "tests/support/assets.h"
#include "tests/support/studio_test.h"
#include "ui/session/project_session.h"

using namespace studio;
using namespace studio::ui;

class PageLooksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void storedLooks_whatCannotBeRead_isEmpty() {
        constexpr const char* kKey = "test.view";
        const test::TemporaryFolder folder;
        ProjectSession session;
        const auto text = [&] { return storedLooks(session, kKey).dump(); };
        QCOMPARE(text(), std::string("{}"));
        session.createProject(folder / "a.ftproj");
        QCOMPARE(text(), std::string("{}"));
        for (const char* unreadable : {"", "{\"sort\": ", "[1]"}) {
            session.project().setSetting(kKey, unreadable);
            QCOMPARE(text(), std::string("{}"));
        }
        session.project().setSetting(kKey, "{\"sort\": 3}");
        QCOMPARE(text(), std::string("{\"sort\":3}"));
    }

    void state_asText_comesBack() {
        const QByteArray state("\0\xff\x01 panes", 9);
        const OrderedJson looks{{"sides", stateText(state)}, {"rows", 5}};
        QCOMPARE(stateIn(looks, "sides"), state);
        QCOMPARE(stateIn(looks, "rows"), QByteArray());
        QCOMPARE(stateIn(looks, "columns"), QByteArray());
    }
};

STUDIO_TEST(PageLooksTest)
#include "page_looks_test.moc"
