// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QSyntaxHighlighter>
#include <QTextCharFormat>
#include <functional>

namespace studio::ui {

/// A stretch of text to set off, in UTF-16 units from the beginning of the whole text.
struct CodeSpan {
    enum class Look { Field, Response, Unknown };
    int begin = 0;
    int length = 0;
    Look look = Look::Field;
    QString tooltip;
};

/// Plain text in the fixed font, with line numbers where wanted, and spans set off: fields on a soft ground,
/// a response in the colour of series 1, an unknown field underlined in red with its explanation as tooltip.
/// Read-only use shows hydrated prompts, editable use templates.
class CodeView : public QPlainTextEdit {
    Q_OBJECT

public:
    /// Finds the spans of a text; called on every change, must be fast.
    using SpanFinder = std::function<QVector<CodeSpan>(const QString& text)>;

    explicit CodeView(QWidget* parent = nullptr);

    void setLineNumbersVisible(bool visible);
    /// Fixed spans, for read-only text; replaced by the next call.
    void setSpans(const QVector<CodeSpan>& spans);
    /// Spans that follow the typing.
    void setSpanFinder(SpanFinder finder);
    const QVector<CodeSpan>& spans() const { return m_spans; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    friend class LineNumberArea;
    int numberAreaWidth() const;
    void paintNumbers(QPaintEvent* event);
    void layoutNumbers();
    void updateSpans();
    void showSpans();
    void restyle();

    QWidget* m_numbers = nullptr;
    SpanFinder m_finder;
    QVector<CodeSpan> m_spans;
    bool m_numbersVisible = false;
};

}  // namespace studio::ui
