// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/theme/theme.h"

class QHBoxLayout;
class QLabel;

namespace studio::ui {

/// A strip of figures: label above, value large, caption below; separated by lines. In compact form label and
/// value stand in one line ("Step 254 / 411"); where that is too narrow, the figures move together, and then
/// the captions are left out.
class KeyFigures : public QWidget {
    Q_OBJECT

public:
    enum class Form { Boxes, Compact };

    explicit KeyFigures(Form form, QWidget* parent = nullptr);

    /// Returns the index of the new figure.
    int addFigure(const QString& label);
    void setLabel(int index, const QString& label);
    /// Of boxes: how wide this one is beside the others, which have 1.
    void setShare(int index, double share);
    /// `caption` is the small line below (Boxes) or the quiet text behind the value (Compact: "/ 411").
    void setValue(int index, const QString& value, const QString& caption = {});
    void setCaptionTone(int index, Tone tone);
    QString value(int index) const;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Figure {
        QWidget* box;
        QLabel* label;
        QLabel* value;
        QLabel* caption;
    };

    int lineWidth(int air, bool captions) const;
    void fitLine();

    Form m_form;
    QHBoxLayout* m_layout;
    std::vector<Figure> m_figures;
};

}  // namespace studio::ui
