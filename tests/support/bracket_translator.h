// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QTranslator>

namespace studio::test {

/// Answers every sentence with itself in angle brackets while it lives, so that a text that was not set again
/// after a change of language is seen.
class BracketTranslator : public QTranslator {
public:
    BracketTranslator() { QCoreApplication::installTranslator(this); }
    ~BracketTranslator() override { QCoreApplication::removeTranslator(this); }
    QString translate(const char*, const char* source, const char*, int) const override {
        return u'‹' + QString::fromUtf8(source) + u'›';
    }
    bool isEmpty() const override { return false; }
};

}  // namespace studio::test
