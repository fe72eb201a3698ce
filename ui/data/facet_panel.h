// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/storage/project.h"
#include "ui/widgets/panel.h"

class QLabel;

namespace studio::ui {

class FacetButton;
class ShareBar;

/// What the rows are made of: by split, by status, by source. Every count opens the rows behind it.
class FacetPanel : public Panel {
    Q_OBJECT

public:
    struct Source {
        std::string name;
        qint64 rows = 0;
    };

    explicit FacetPanel(QWidget* parent = nullptr);

    void setCounts(const RecordCounts& counts);
    void setSources(const std::vector<Source>& sources);
    /// Marks the lines whose rows a query shows.
    void showQuery(const RecordQuery& query);
    FacetButton* splitButton(Split split) const;
    void retranslate();

Q_SIGNALS:
    /// Only the filters of the query are meant.
    void rowsRequested(const studio::RecordQuery& query);

private:
    struct Line {
        FacetButton* button;
        RecordQuery query;
    };

    QLabel* addHeading(QWidget* parent, QVBoxLayout* column);
    FacetButton* addLine(const RecordQuery& query, QVBoxLayout* column);
    void advise();

    RecordCounts m_facts;
    QVBoxLayout* m_column;
    QVBoxLayout* m_sourceColumn;
    QLabel* m_splitHeading;
    QLabel* m_statusHeading;
    QLabel* m_sourceHeading;
    QLabel* m_advice;
    ShareBar* m_bar;
    std::vector<Line> m_splits;
    std::vector<Line> m_statuses;
    std::vector<Line> m_sources;
    RecordQuery m_query;
};

}  // namespace studio::ui
