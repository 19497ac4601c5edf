#include <QTest>
#include <string>

#include "core/traffic/row_notes.h"
#include "core/traffic/traffic_log.h"
#include "tests/core/traffic/log_rows.h"

using namespace sockbench;

class TstRowNotes : public QObject {
  Q_OBJECT
 private slots:
  void keepsMarksAndComments();
  void goesFromMarkToMark();
  void aNoteWithNothingInItIsNone();
  void cutsLongCommentsAtACharacter();
  void tellsEachChangeOnce();
  void countsTheTimeFromARow();
  void goesWithItsRows();
};

void TstRowNotes::keepsMarksAndComments() {
  RowNotes notes;
  notes.setMarked(7, true);
  notes.setComment(7, "why");
  notes.setComment(3, "else");
  QVERIFY(notes.isMarked(7));
  QVERIFY(!notes.isMarked(3));
  QCOMPARE(notes.note(7).comment, std::string("why"));
  QCOMPARE(notes.notes(0, 7).size(), std::size_t{1});
  const auto all = notes.notes(0, 8);
  QCOMPARE(all.size(), std::size_t{2});
  QCOMPARE(all.front().first, std::uint64_t{3});
  QVERIFY(notes.notes(8, 3).empty());
}

void TstRowNotes::goesFromMarkToMark() {
  RowNotes notes;
  for (const std::uint64_t row : {2U, 5U, 9U}) notes.setMarked(row, true);
  notes.setComment(7, "only a comment");
  QCOMPARE(notes.nextMarked(5), std::optional<std::uint64_t>(9));
  QCOMPARE(notes.nextMarked(0), std::optional<std::uint64_t>(2));
  QCOMPARE(notes.nextMarked(9), std::optional<std::uint64_t>());
  QCOMPARE(notes.previousMarked(9), std::optional<std::uint64_t>(5));
  QCOMPARE(notes.previousMarked(2), std::optional<std::uint64_t>());
  QCOMPARE(notes.previousMarked(~std::uint64_t{0}), std::optional<std::uint64_t>(9));
}

void TstRowNotes::aNoteWithNothingInItIsNone() {
  RowNotes notes;
  notes.setMarked(1, true);
  notes.setComment(2, "x");
  notes.setMarked(1, false);
  notes.setComment(2, "");
  QVERIFY(notes.notes(0, 10).empty());
}

void TstRowNotes::cutsLongCommentsAtACharacter() {
  RowNotes notes;
  std::string longer(RowNotes::kMostComment - 1, 'a');
  longer += "\u00e9";  // two bytes, of which one would fit
  notes.setComment(1, longer);
  QCOMPARE(notes.note(1).comment, std::string(RowNotes::kMostComment - 1, 'a'));
}

void TstRowNotes::tellsEachChangeOnce() {
  RowNotes notes;
  int told = 0;
  notes.setChangedHook([&told] { ++told; });
  notes.setMarked(1, true);
  notes.setMarked(1, true);
  notes.setComment(1, "a");
  notes.setComment(1, "a");
  notes.setTimeReference(4);
  notes.setTimeReference(4);
  notes.dropBelow(0);
  QCOMPARE(told, 3);
  QCOMPARE(notes.generation(), std::uint64_t{3});
}

void TstRowNotes::countsTheTimeFromARow() {
  RowNotes notes;
  QVERIFY(!notes.timeReference());
  notes.setTimeReference(4);
  QCOMPARE(notes.timeReference(), std::optional<std::uint64_t>(4));
  notes.dropBelow(5);
  QVERIFY(!notes.timeReference());
}

void TstRowNotes::goesWithItsRows() {
  const auto log = TrafficLog::create();
  const auto writer = log->makeWriter();
  for (int i = 0; i < 3; ++i) writer->append(Record{}, nullptr, asBytes("x"));
  writer->publish();
  log->notes().setMarked(1, true);
  log->clear();
  QVERIFY(log->notes().notes(0, 100).empty());
}

QTEST_GUILESS_MAIN(TstRowNotes)
#include "tst_row_notes.moc"
