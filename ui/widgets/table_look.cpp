// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/table_look.h"

#include <QHeaderView>
#include <QTableView>

#include "ui/theme/theme.h"

namespace studio::ui {

void setListLook(QTableView* table, int rowHeight) {
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(lineRoom(rowHeight));
    table->horizontalHeader()->setHighlightSections(false);
}

}  // namespace studio::ui
