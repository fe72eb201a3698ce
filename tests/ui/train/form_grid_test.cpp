// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/form_grid.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>

#include "tests/support/studio_test.h"

using namespace studio::ui;

class FormGridTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void narrow_helpStandsBelowItsControl() {
        const QString help = QStringLiteral("Size of one step at its peak; too high shows as spikes.");
        QScrollArea window;
        auto* grid = new FormGrid;
        auto* control = new QLineEdit;
        grid->setTexts(grid->addRow(control), QStringLiteral("Learning rate"), help);
        window.setWidget(grid);
        window.setWidgetResizable(true);
        QLabel* sentence = nullptr;
        for (QLabel* label : grid->findChildren<QLabel*>())
            if (label->text() == help) sentence = label;
        QVERIFY(sentence);
        const auto place = [&] { return QRect(sentence->mapTo(grid, QPoint()), sentence->size()); };
        window.resize(800, 300);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        for (int i = 0; i < 2; ++i) {
            window.resize(800, 300);
            QTRY_VERIFY(place().left() > control->geometry().right());
            QVERIFY(!grid->isHelpBelow());
            for (const int width : {430, 360}) {  // the form follows, whatever it held before
                window.resize(width, 300);
                QTRY_VERIFY(place().top() >= control->geometry().bottom());
                QVERIFY(grid->isHelpBelow());
                const int room = window.viewport()->width();
                QTRY_VERIFY2(place().right() < room && control->geometry().right() < room,
                             qPrintable(QString::number(place().right())));
            }
        }
    }
};

STUDIO_TEST(FormGridTest)
#include "form_grid_test.moc"
