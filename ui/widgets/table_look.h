// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace studio::ui {

/// Makes a table a list of rows: a row of one line is chosen as a whole, there is no grid and no head of
/// rows, and Tab leaves it. `rowHeight` is that of the design, with the desktop's usual font.
void setListLook(QTableView* table, int rowHeight);

}  // namespace studio::ui
