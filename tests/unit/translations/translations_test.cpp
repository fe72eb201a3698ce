// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QXmlStreamReader>
#include <algorithm>

#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

/// The .ts files say everything the program says: no entry is unfinished, none is missing, and what stands
/// for a figure, a name or a key in the English text stands in the translation too.
class TranslationsTest : public QObject {
    Q_OBJECT

private:
    struct Entry {
        QString context, source, comment, state;  // state: the "type" of the translation element
        bool plural = false;
        QStringList texts;

        QString key() const { return context + u'|' + source + u'|' + comment; }
        QString place() const { return context + QStringLiteral(": “") + source + QStringLiteral("”"); }
    };

    static QString folder() { return QStringLiteral(STUDIO_SOURCE_DIR "/translations"); }
    static QString fileName(const QString& language) { return QStringLiteral("studio_%1.ts").arg(language); }

    static void readTranslation(QXmlStreamReader& xml, Entry& entry) {
        entry.state = xml.attributes().value(QLatin1String("type")).toString();
        QString text;
        while (!xml.atEnd()) {
            xml.readNext();
            if (xml.isStartElement() && xml.name() == QLatin1String("numerusform"))
                entry.texts.append(xml.readElementText());
            else if (xml.isCharacters())
                text += xml.text();
            else if (xml.isEndElement() && xml.name() == QLatin1String("translation"))
                break;
        }
        if (!entry.plural) entry.texts = {text};
    }

    static QList<Entry> read(const QString& path) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) return {};
        QXmlStreamReader xml(&file);
        QList<Entry> entries;
        QString context;
        Entry entry;
        while (!xml.atEnd()) {
            xml.readNext();
            if (xml.isEndElement() && xml.name() == QLatin1String("message")) entries.append(entry);
            if (!xml.isStartElement()) continue;
            if (xml.name() == QLatin1String("name")) context = xml.readElementText();
            if (xml.name() == QLatin1String("message")) {
                entry = Entry();
                entry.context = context;
                entry.plural = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
            }
            if (xml.name() == QLatin1String("source")) entry.source = xml.readElementText();
            if (xml.name() == QLatin1String("comment")) entry.comment = xml.readElementText();
            if (xml.name() == QLatin1String("translation")) readTranslation(xml, entry);
        }
        return xml.hasError() ? QList<Entry>() : entries;
    }

    // "%1", "%n", "%L2" and fields in braces, sorted.
    static QStringList marks(const QString& text) {
        static const QRegularExpression mark(QStringLiteral("%L?[1-9n]|\\{[a-z_]+\\}"));
        QStringList found;
        for (auto it = mark.globalMatch(text); it.hasNext();) found.append(it.next().captured());
        found.sort();
        found.removeDuplicates();
        return found;
    }

    // Whether the text has a letter to press with Alt.
    static bool hasMnemonic(const QString& text) {
        static const QRegularExpression mnemonic(QStringLiteral("(?<!&)&(?![& ])"));
        return text.contains(mnemonic);
    }

    static void check(const QString& wrong, int count) {
        QVERIFY2(count == 0, qPrintable(QStringLiteral("%1 entries:\n").arg(count) + wrong));
    }

    static void languages() {
        QTest::addColumn<QString>("language");
        for (const char* language : {"en", "zh_TW", "zh_CN"}) QTest::newRow(language) << QString(language);
    }

private Q_SLOTS:
    void file_everyEntry_isTranslated_data() { languages(); }
    void file_everyEntry_isTranslated() {
        QFETCH(QString, language);
        const QList<Entry> entries = read(QDir(folder()).filePath(fileName(language)));
        QVERIFY2(!entries.isEmpty(), "the file is missing, empty or no XML");
        QString wrong;
        int count = 0;
        for (const Entry& entry : entries) {
            const bool empty = entry.texts.isEmpty() ||
                               std::any_of(entry.texts.begin(), entry.texts.end(),
                                           [](const QString& text) { return text.trimmed().isEmpty(); });
            if (!entry.state.isEmpty() || empty) ++count, wrong += entry.place() + u'\n';
        }
        check(wrong, count);
    }

    void file_pluralForms_areAsManyAsTheLanguageHas_data() { languages(); }
    void file_pluralForms_areAsManyAsTheLanguageHas() {
        QFETCH(QString, language);
        const int forms = language == QLatin1String("en") ? 2 : 1;
        QString wrong;
        int count = 0;
        for (const Entry& entry : read(QDir(folder()).filePath(fileName(language))))
            if (entry.plural && entry.texts.size() != forms) ++count, wrong += entry.place() + u'\n';
        check(wrong, count);
    }

    void file_marksAndMnemonics_areThoseOfTheSource_data() { languages(); }
    void file_marksAndMnemonics_areThoseOfTheSource() {
        QFETCH(QString, language);
        QString wrong;
        int count = 0;
        for (const Entry& entry : read(QDir(folder()).filePath(fileName(language)))) {
            for (const QString& text : entry.texts) {
                if (text.isEmpty()) continue;
                if (marks(text) != marks(entry.source) || hasMnemonic(text) != hasMnemonic(entry.source))
                    ++count, wrong += entry.place() + QStringLiteral(" → “") + text + QStringLiteral("”\n");
            }
        }
        check(wrong, count);
    }

    // What lupdate finds in the sources is what stands in the files: nothing is missing, nothing is left
    // over.
    void sources_everyText_isInTheFiles_data() { languages(); }
    void sources_everyText_isInTheFiles() {
        QFETCH(QString, language);
        const studio::test::TemporaryFolder temporary;
        const QString fresh =
            QDir(QString::fromStdString(temporary.path().string())).filePath(fileName(language));
        QVERIFY(QFile::copy(QDir(folder()).filePath(fileName(language)), fresh));
        QStringList arguments{"-silent", "-no-obsolete", "-locations", "none", "-I", STUDIO_SOURCE_DIR};
        if (language == QLatin1String("en")) arguments << "-pluralonly";
        arguments << STUDIO_SOURCE_DIR "/ui" << STUDIO_SOURCE_DIR "/app/gui"
                  << "-ts" << fresh;
        QProcess lupdate;
        lupdate.start(QStringLiteral(STUDIO_LUPDATE), arguments);
        QVERIFY(lupdate.waitForFinished(120'000));
        QCOMPARE(lupdate.exitCode(), 0);

        const auto keys = [](const QList<Entry>& entries) {
            QSet<QString> found;
            for (const Entry& entry : entries) found.insert(entry.key() + (entry.plural ? u'n' : u'1'));
            return found;
        };
        const QSet<QString> before = keys(read(QDir(folder()).filePath(fileName(language))));
        const QSet<QString> after = keys(read(fresh));
        QVERIFY(!after.isEmpty());
        const QStringList added = (QSet<QString>(after) - before).values();
        const QStringList gone = (QSet<QString>(before) - after).values();
        check(added.join(u'\n'), static_cast<int>(added.size()));
        check(gone.join(u'\n'), static_cast<int>(gone.size()));
    }
};

STUDIO_TEST(TranslationsTest)
#include "translations_test.moc"
