// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/check_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/widgets/icon_label.h"

namespace studio::ui {

namespace {

constexpr int kTextAir = 5;

QWidget* makeIcon(Check::Kind kind, QWidget* parent) {
    switch (kind) {
        case Check::Kind::Ok:
            return new IconLabel(Icon::Check, Tone::Ok, 16, parent);
        case Check::Kind::Warning:
            return new IconLabel(Icon::Warning, Tone::Warning, 16, parent);
        case Check::Kind::Error:
            return new IconLabel(Icon::Error, Tone::Error, 16, parent);
    }
    return nullptr;
}

}  // namespace

CheckRow::CheckRow(const Check& check, QWidget* parent) : QFrame(parent) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("ruleBelow", true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    // The link is a button and higher than a line of text: icon and title stand at the height of its words.
    auto* mark = new QVBoxLayout;
    mark->setContentsMargins(0, kTextAir + 1 + lineRoom(0) / 2, 0, 0);
    mark->addWidget(makeIcon(check.kind, this));
    mark->addStretch(1);
    row->addLayout(mark);
    auto* texts = new QVBoxLayout;
    texts->setContentsMargins(0, kTextAir, 0, kTextAir);
    texts->setSpacing(1);
    auto* title = new QLabel(check.title, this);
    title->setWordWrap(true);
    setTextRole(title, check.kind == Check::Kind::Ok ? TextRole::Body : TextRole::PanelTitle);
    texts->addWidget(title);
    if (!check.detail.isEmpty()) {
        auto* detail = new QLabel(check.detail, this);
        detail->setWordWrap(true);
        setTextRole(detail, TextRole::Secondary);
        setTone(detail, Tone::Secondary);
        texts->addWidget(detail);
    }
    row->addLayout(texts, 1);
    if (!check.link.isEmpty()) {
        auto* link = new QPushButton(check.link, this);
        setButtonLook(link, ButtonLook::Link);
        link->setAccessibleName(check.link + QStringLiteral(": ") + check.title);
        connect(link, &QPushButton::clicked, this, [follow = check.follow] { follow(); });
        row->addWidget(link, 0, Qt::AlignTop);
    }
}

}  // namespace studio::ui
