// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QStringList>
#include <filesystem>

/// Drives the built program `finetune` the way a script does.
namespace studio::test {

/// What one call of the program left behind.
struct FinetuneRun {
    int exitCode = -1;
    bool crashed = false;
    QByteArray out, error;

    /// The lines of standard output, each of which must be a JSON object (else an empty list).
    QList<QJsonObject> lines() const {
        QList<QJsonObject> objects;
        for (const QByteArray& line : out.split('\n')) {
            if (line.isEmpty()) continue;
            const QJsonDocument document = QJsonDocument::fromJson(line);
            if (!document.isObject()) return {};
            objects.append(document.object());
        }
        return objects;
    }
    QJsonObject object() const {
        const QList<QJsonObject> all = lines();
        return all.size() == 1 ? all.front() : QJsonObject();
    }
    /// Exactly one line on standard error that begins with "error: ".
    bool hasOneErrorLine() const {
        return error.startsWith("error: ") && error.endsWith('\n') && error.count('\n') == 1 &&
               !error.contains('\r');
    }
    /// For the failure message of a test.
    QByteArray report() const {
        return "exit " + QByteArray::number(exitCode) + (crashed ? " (crashed)" : "") +
               "\nout: " + out.left(2000) + "\nerr: " + error.left(2000);
    }
};

/// The value at "runs/0/name": keys and, in arrays, positions. Undefined where there is none.
inline QJsonValue valueAt(QJsonValue value, const QString& path) {
    for (const QString& part : path.split(u'/')) {
        value = value.isArray() ? value.toArray().at(part.toInt()) : value.toObject().value(part);
    }
    return value;
}

inline QString text(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// A new file of a test; returns its path.
inline QString writtenFile(const std::filesystem::path& folder, const QString& name,
                           const QByteArray& bytes) {
    const QString path = text(folder) + u'/' + name;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write a test file");
    return path;
}

/// A call that is still running.
inline void startFinetune(QProcess& process, const QStringList& arguments) {
    process.start(QStringLiteral(STUDIO_BIN_DIR "/finetune"), arguments);
}

inline FinetuneRun finished(QProcess& process, int milliseconds = 600000) {
    FinetuneRun run;
    if (!process.waitForFinished(milliseconds)) process.kill();
    run.exitCode = process.exitCode();
    run.crashed = process.exitStatus() != QProcess::NormalExit;
    run.out = process.readAllStandardOutput();
    run.error = process.readAllStandardError();
    return run;
}

inline FinetuneRun finetune(const QStringList& arguments, int milliseconds = 600000) {
    QProcess process;
    startFinetune(process, arguments);
    return finished(process, milliseconds);
}

}  // namespace studio::test

/// Calls the program and stops the test unless it exits with `code`.
#define STUDIO_RUN(variable, code, ...)                                             \
    const studio::test::FinetuneRun variable = studio::test::finetune(__VA_ARGS__); \
    QVERIFY2((variable).exitCode == (code) && !(variable).crashed, (variable).report().constData())
