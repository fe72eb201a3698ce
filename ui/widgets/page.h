// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

class QVBoxLayout;

namespace studio::ui {

class PageHead;
class NextStepBar;

/// The pages, in the order of the sidebar and of the keys Ctrl+1, Ctrl+2, ….
enum class PageId { Data, Prompts, Models, Train, Runs, Compare };
inline constexpr int kPageCount = 6;

/// The rooms of the loop, in its order. The other pages stand beside one of them.
inline constexpr std::array kLoop = {PageId::Data, PageId::Prompts, PageId::Models, PageId::Train,
                                     PageId::Compare};
/// The room of the loop that a page is, or stands beside.
PageId roomOf(PageId page);

/// The translated name of a page, as in sidebar, title and breadcrumb.
QString pageTitle(PageId page);

/// What the bar at the bottom of a page says and where its button leads.
struct NextStep {
    QString hint;        ///< "46 of 2,181 rows lose their end"
    QString buttonText;  ///< "Next: train"; empty hides the button
    PageId target = PageId::Data;
    bool enabled = true;
    bool warning = false;  ///< the hint gets the warning icon and colour
};

/// One screen of the program: head, body, next-step bar. Owned by the main window's stack; GUI thread.
/// A subclass fills bodyLayout() in its constructor, sets all of its texts in retranslate(), and calls
/// retranslate() once at the end of its constructor; later calls come from changes of language.
class Page : public QWidget {
    Q_OBJECT

public:
    explicit Page(PageId id, QWidget* parent = nullptr);

    PageId id() const { return m_id; }
    PageHead& head() { return *m_head; }
    NextStepBar& nextStepBar() { return *m_nextStepBar; }
    /// The body: margins 16 at left, right and bottom, spacing 12.
    QVBoxLayout* bodyLayout() { return m_body; }
    void setNextStep(const NextStep& step);

    /// The page has become the visible one. The base does nothing.
    virtual void activated() {}
    /// The pane of details that F9 hides and shows; null where the page has none at the moment.
    virtual QWidget* sidePane() const { return nullptr; }
    /// Short text at the right of the sidebar entry, for example the number of rows.
    virtual QString sidebarNote() const { return {}; }

Q_SIGNALS:
    void goTo(studio::ui::PageId page);
    void sidebarNoteChanged();
    /// sidePane() may be another.
    void sidePaneChanged();
    /// For the left end of the status bar, ten seconds long.
    void statusMessage(const QString& text);

protected:
    /// Sets every text of the page again. Overrides call the base first.
    virtual void retranslate();
    void changeEvent(QEvent* event) override;
    /// A page that stands alone; otherwise the main window moves the focus, in the same order.
    bool focusNextPrevChild(bool next) override;

private:
    PageId m_id;
    PageHead* m_head;
    QWidget* m_bodyWidget;
    QVBoxLayout* m_body;
    NextStepBar* m_nextStepBar;
};

}  // namespace studio::ui
