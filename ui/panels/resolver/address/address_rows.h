// An address's facts, the classes and the registries as rows of text. Thread: gui.
#pragma once

#include <QList>
#include <QStringList>

#include "core/resolve/address_report.h"
#include "ui/panels/resolver/grouped_rows_model.h"

namespace sockbench::ui {

inline constexpr int kFactValueColumn = 2;

QStringList factTitles();                            // group, fact, value, meaning
QList<TextRow> factRows(const AddressFacts& facts);  // a group's title stands in its first row

QStringList classTitles();  // the sign's column first, as in MarkedRows
QList<TextRow> classRows();

QStringList registryTitles();
QList<TextRow> registryRows();  // in the order of addressBlocks()

}  // namespace sockbench::ui
