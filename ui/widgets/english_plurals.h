// EnglishPlurals: the plural of the English source texts, "%n byte(s)", without a translation file: "1 byte",
// "2 bytes"; "%n address(es)", "%n entry(ies)" likewise. Thread: gui.
//
// Install it before every other translator: those installed later are asked first.
#pragma once

#include <QTranslator>

namespace sockbench::ui {

class EnglishPlurals : public QTranslator {
  Q_OBJECT
 public:
  using QTranslator::QTranslator;
  bool isEmpty() const override { return false; }
  // Empty, so that the source text stands, for whatever has no number or no plural in brackets.
  QString translate(const char* context, const char* source, const char* disambiguation,
                    int n) const override;
};

}  // namespace sockbench::ui
