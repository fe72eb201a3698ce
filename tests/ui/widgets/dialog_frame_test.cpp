// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dialog_frame.h"

#include <QLabel>

#include "tests/support/studio_test.h"

using namespace studio::ui;

namespace {

class OneSentence final : public DialogFrame {
public:
    OneSentence() : DialogFrame(nullptr), m_help(addHelp(QStringLiteral("Short."), 300)) {}
    QLabel* help() const { return m_help; }

private:
    QLabel* m_help;
};

}  // namespace

class DialogFrameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sentence_thatGrowsWhileOpen_getsItsRoom() {
        OneSentence dialog;
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        const int before = dialog.height();
        dialog.help()->setText(QStringLiteral("A sentence of many words. ").repeated(20));
        QTRY_VERIFY(dialog.height() > before);
        QVERIFY(dialog.help()->height() >= dialog.help()->heightForWidth(dialog.help()->width()));
    }
};

STUDIO_TEST(DialogFrameTest)
#include "dialog_frame_test.moc"
