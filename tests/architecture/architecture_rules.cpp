// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/architecture_rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <stdexcept>

namespace studio::test {
namespace {

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) throw std::runtime_error("cannot read " + path.toStdString());
    return file.readAll();
}

QStringList strings(const QJsonValue& value) {
    QStringList list;
    for (const QJsonValue& entry : value.toArray()) list.append(entry.toString());
    return list;
}

QRegularExpression expression(const QString& pattern, QRegularExpression::PatternOptions options = {}) {
    const QRegularExpression regular(pattern, options);
    if (!regular.isValid()) throw std::runtime_error("layers.json: bad pattern " + pattern.toStdString());
    return regular;
}

bool isBelow(const QString& path, const QStringList& folders) {
    for (const QString& folder : folders) {
        if (path == folder || path.startsWith(folder + u'/')) return true;
    }
    return false;
}

/// The first two components: "core/data/import.h" lies in "core/data".
QString folderOf(const QString& path) {
    return path.section(u'/', 0, 1);
}

bool hasSpdx(const QString& source) {
    const QStringList head = source.section(u'\n', 0, 2).split(u'\n');
    return head.join(u'\n').contains(
               QStringLiteral("SPDX-FileCopyrightText: FineTune Studio contributors\n")) &&
           source.section(u'\n', 0, 2).contains(QStringLiteral("SPDX-License-Identifier: GPL-3.0-or-later"));
}

QStringList sourcesBelow(const QString& root, const QString& folder, const QStringList& names) {
    QStringList paths;
    QDirIterator iterator(root + u'/' + folder, names, QDir::Files, QDirIterator::Subdirectories);
    while (iterator.hasNext()) paths.append(QDir(root).relativeFilePath(iterator.next()));
    paths.sort();
    return paths;
}

}  // namespace

QString Violation::text() const {
    return file + (line > 0 ? u':' + QString::number(line) : QString()) + QStringLiteral(": ") + message +
           QStringLiteral(" [") + rule + u']';
}

QString codeOnly(const QString& source) {
    static const QRegularExpression noise(
        QStringLiteral(
            R"~(//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|'\\[^'\n]*')~"),
        QRegularExpression::DotMatchesEverythingOption);
    QString code;
    qsizetype from = 0;
    for (auto match = noise.globalMatch(source); match.hasNext();) {
        const QRegularExpressionMatch one = match.next();
        code += source.mid(from, one.capturedStart() - from);
        code += QString(one.captured().count(u'\n'), u'\n');
        from = one.capturedEnd();
    }
    return code + source.mid(from);
}

ArchitectureRules::ArchitectureRules(const QString& file) {
    QJsonParseError problem;
    const QJsonObject json = QJsonDocument::fromJson(bytesOf(file), &problem).object();
    if (problem.error != QJsonParseError::NoError || !json.contains(QStringLiteral("layers"))) {
        throw std::runtime_error("cannot parse " + file.toStdString() + ": " +
                                 problem.errorString().toStdString());
    }
    const QJsonObject groups = json[QStringLiteral("groups")].toObject();
    const QJsonObject layers = json[QStringLiteral("layers")].toObject();
    for (auto layer = layers.begin(); layer != layers.end(); ++layer) {
        QSet<QString>& allowed = m_allowed[layer.key()];
        for (const QString& name : strings(layer.value())) {
            for (const QString& folder : name.startsWith(u'@') ? strings(groups[name]) : QStringList{name}) {
                if (!layers.contains(folder)) {
                    throw std::runtime_error("layers.json: " + layer.key().toStdString() +
                                             " names the unlisted folder " + folder.toStdString());
                }
                allowed.insert(folder);
            }
            if (name.startsWith(u'@') && !groups.contains(name)) {
                throw std::runtime_error("layers.json: there is no group " + name.toStdString());
            }
        }
    }
    for (const QJsonValue& entry : json[QStringLiteral("libraries")].toArray()) {
        const QString headers = strings(entry[QStringLiteral("headers")]).join(u'|');
        m_libraries.append({entry[QStringLiteral("name")].toString(),
                            expression(QStringLiteral("^(") + headers + QStringLiteral(")$")),
                            strings(entry[QStringLiteral("folders")])});
    }
    for (const QJsonValue& entry : json[QStringLiteral("forbidden")].toArray()) {
        m_forbidden.append(
            {entry[QStringLiteral("what")].toString(),
             expression(entry[QStringLiteral("pattern")].toString(), QRegularExpression::MultilineOption),
             strings(entry[QStringLiteral("in")]), strings(entry[QStringLiteral("except")])});
    }
    m_maxLines = json[QStringLiteral("maxLines")].toInt();
}

QList<Violation> ArchitectureRules::check(const QString& root) const {
    QList<Violation> found;
    for (const char* top : {"core", "ui", "app"}) {
        const QStringList names{QStringLiteral("*.h"), QStringLiteral("*.cpp")};
        for (const QString& path : sourcesBelow(root, QString::fromLatin1(top), names)) {
            checkFile(path, QString::fromUtf8(bytesOf(root + u'/' + path)), found);
        }
    }
    const QStringList names{QStringLiteral("*.h"), QStringLiteral("*.cpp"), QStringLiteral("CMakeLists.txt")};
    for (const QString& path : sourcesBelow(root, QStringLiteral("tests"), names)) {
        if (path.startsWith(QStringLiteral("tests/data/")))
            continue;  // made-up trees that break the rules on purpose
        if (!hasSpdx(QString::fromUtf8(bytesOf(root + u'/' + path)))) {
            found.append(
                {path, 1, QStringLiteral("spdx"), QStringLiteral("does not begin with the two SPDX lines")});
        }
    }
    return found;
}

void ArchitectureRules::checkFile(const QString& path, const QString& source, QList<Violation>& found) const {
    const QString folder = folderOf(path);
    if (!m_allowed.contains(folder)) {
        found.append(
            {path, 0, QStringLiteral("unlisted"), folder + QStringLiteral(" is not in layers.json")});
    }
    if (!hasSpdx(source)) {
        found.append(
            {path, 1, QStringLiteral("spdx"), QStringLiteral("does not begin with the two SPDX lines")});
    }
    const auto lines = source.count(u'\n');
    if (lines > m_maxLines) {
        found.append({path, 0, QStringLiteral("long"),
                      QString::number(lines) + QStringLiteral(" lines; a file has at most ") +
                          QString::number(m_maxLines)});
    }
    static const QRegularExpression include(
        QStringLiteral(R"(^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"])"),
        QRegularExpression::MultilineOption);
    for (auto match = include.globalMatch(source); match.hasNext();) {
        const QRegularExpressionMatch one = match.next();
        const int line = static_cast<int>(source.left(one.capturedStart()).count(u'\n')) + 1;
        checkInclude({path, line, {}, {}}, folder, one.captured(2), one.captured(1) == u"\"", found);
    }
    const QString code = codeOnly(source);
    for (const Forbidden& forbidden : m_forbidden) {
        if (!isBelow(path, forbidden.in) || isBelow(path, forbidden.except)) continue;
        for (auto match = forbidden.pattern.globalMatch(code); match.hasNext();) {
            const QRegularExpressionMatch one = match.next();
            const int line = static_cast<int>(code.left(one.capturedStart()).count(u'\n')) + 1;
            found.append({path, line, QStringLiteral("forbidden"),
                          forbidden.what + QStringLiteral(": ") + one.captured().trimmed()});
        }
    }
}

void ArchitectureRules::checkInclude(const Violation& place, const QString& folder, const QString& header,
                                     bool quoted, QList<Violation>& found) const {
    const auto add = [&](const char* rule, const QString& message) {
        found.append({place.file, place.line, QString::fromLatin1(rule), message});
    };
    if (header.split(u'/').contains(QStringLiteral(".."))) {
        add("parent", header + QStringLiteral(" leads upwards; includes are rooted in the tree"));
        return;
    }
    static const QRegularExpression ours(QStringLiteral("^(core|ui|app)/"));
    if (ours.match(header).hasMatch()) {
        const QString target = folderOf(header);
        if (target != folder && m_allowed.contains(folder) && !m_allowed[folder].contains(target)) {
            add("layer", folder + QStringLiteral(" must not include ") + header);
        }
        return;
    }
    for (const Library& library : m_libraries) {
        if (!library.headers.match(header).hasMatch()) continue;
        if (!isBelow(place.file, library.folders)) {
            add("library", library.name + QStringLiteral(" (") + header + QStringLiteral(") belongs to ") +
                               library.folders.join(QStringLiteral(", ")));
        }
        return;
    }
    if (quoted && !header.endsWith(QStringLiteral(".moc"))) {
        add("rooted", QStringLiteral("\"") + header + QStringLiteral("\" is not rooted in the tree"));
    }
}

QStringList ArchitectureRules::foldersOnCircle() const {
    // Takes away, again and again, every folder that includes none of those left: what remains stands on a
    // circle or above one.
    QHash<QString, QSet<QString>> left = m_allowed;
    for (bool changed = true; changed;) {
        changed = false;
        for (const QString& folder : left.keys()) {
            QSet<QString> needed = left[folder];
            for (const QString& other : left[folder]) {
                if (!left.contains(other)) needed.remove(other);
            }
            if (needed.isEmpty()) {
                left.remove(folder);
                changed = true;
            }
        }
    }
    QStringList names = left.keys();
    names.sort();
    return names;
}

}  // namespace studio::test
