// HelpLibrary: the pages of Help: those of resources/help, one for each call of the registry, and those that
// are made from core's tables (errors, options). Rich text of our own; whatever comes from a table is
// escaped. Thread: gui.
#pragma once

#include <QHash>
#include <QList>
#include <QString>

namespace sockbench::ui {

struct HelpPage {
  QString id;  // "tcp-states", "call-recv"
  QString title;
  QString chapter;
};

// A page in which all words of a search were found.
struct HelpHit {
  QString page;
  QString title;
  QString excerpt;  // plain text around the first of the words
};

class HelpLibrary {
 public:
  HelpLibrary();

  const QList<HelpPage>& pages() const { return pages_; }  // in reading order, chapter by chapter
  const HelpPage* find(const QString& id) const;           // nullptr: no such page
  QString html(const QString& id) const;                   // its body; empty for an unknown one

  // Pages that hold every word of `words`, whatever its case and whatever stands around it: those with all
  // words in the title first. Nothing for no words.
  QList<HelpHit> search(const QString& words) const;

 private:
  void add(const QString& id, const QString& chapter, const QString& title = {});
  void addCalls();
  const QString& plainText(const QString& id) const;

  QList<HelpPage> pages_;
  QHash<QString, qsizetype> places_;
  mutable QHash<QString, QString> texts_;  // of pages that were searched, without their marks
};

}  // namespace sockbench::ui
