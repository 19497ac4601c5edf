// Tour: plays the main job in a real window, through its own widgets: resolve, serve, connect, exchange,
// `exit`. A step has succeeded when what it is for really happened (the engine and the timeline are asked),
// and the tour ends at the first step that does not succeed within its time. Thread: gui.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>
#include <chrono>
#include <functional>
#include <vector>

namespace sockbench::ui {

class CaptionBar;

struct TourStep {
  QString caption;                 // what is going on, for the one who watches
  std::function<void()> act;       // as a person would: types, picks, presses
  std::function<bool()> happened;  // asked again and again until it is true
};

class Tour : public QObject {
  Q_OBJECT
 public:
  // `pause`: how long each caption stands before and after its step; 0 plays as fast as things happen.
  Tour(std::vector<TourStep> steps, CaptionBar* captions, std::chrono::milliseconds pause,
       QObject* parent = nullptr);
  ~Tour() override;

  void start();
  QString failure() const { return failure_; }  // which step did not happen; empty: all did, so far

  static constexpr std::chrono::milliseconds kPatience{15000};  // for each step
  static constexpr std::chrono::milliseconds kLookAgain{15};

 signals:
  void stepHappened(int number, const QString& caption);  // from 1
  void finished(bool everyStepHappened);

 private:
  void begin();
  void look();
  void end();

  std::vector<TourStep> steps_;
  CaptionBar* captions_;
  std::chrono::milliseconds pause_;
  std::size_t current_ = 0;
  QElapsedTimer waited_;
  QTimer looks_;
  QString failure_;
};

}  // namespace sockbench::ui
