// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QRegularExpression>
#include <QSet>
#include <QString>
#include <QStringList>

namespace studio::test {

/// One place where the house rules are broken.
struct Violation {
    QString file;  ///< relative to the tree
    int line = 0;  ///< 0: the file as a whole
    QString rule;  ///< "layer", "unlisted", "library", "parent", "rooted", "forbidden", "spdx", "long"
    QString message;

    QString text() const;
};

/// The rules of tests/architecture/layers.json: which folder may include which, where a library may be named,
/// and what may be written nowhere. A value; reading it throws std::runtime_error for a file that contradicts
/// itself.
class ArchitectureRules {
public:
    explicit ArchitectureRules(const QString& file);

    /// All violations in the sources below root/{app,core,ui}, and missing SPDX lines also below root/tests.
    QList<Violation> check(const QString& root) const;
    /// Folders that stand on a circle of allowed edges; empty when the layers are layers.
    QStringList foldersOnCircle() const;
    QStringList folders() const { return m_allowed.keys(); }

private:
    struct Library {
        QString name;
        QRegularExpression headers;
        QStringList folders;
    };
    struct Forbidden {
        QString what;
        QRegularExpression pattern;
        QStringList in, except;
    };

    void checkFile(const QString& path, const QString& bytes, QList<Violation>& found) const;
    void checkInclude(const Violation& place, const QString& folder, const QString& header, bool quoted,
                      QList<Violation>& found) const;

    QHash<QString, QSet<QString>> m_allowed;
    QList<Library> m_libraries;
    QList<Forbidden> m_forbidden;
    int m_maxLines = 0;
};

/// The source without comments and without the insides of string literals, line breaks kept.
QString codeOnly(const QString& source);

}  // namespace studio::test
