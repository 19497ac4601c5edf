// Scripts, and what every way of running them prints.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

// Rows "script" (QByteArray) and "told" (QByteArray): what the program of the script prints, a line a call,
// with the port of each loopback address as PORT and the number of a descriptor as NUMBER.
void addTranslatedScripts();
void addTranslatedLookUps();  // those of them that look up, and what came with them

// What was printed, made comparable: see above.
QByteArray withoutPorts(const QByteArray& told);

// The output of a program that must end well within half a minute; a failure is part of the text.
QByteArray outputOf(const QString& program, const QStringList& arguments);
