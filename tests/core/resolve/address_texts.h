// Addresses and networks to compare two readers with: the edges of every block with every prefix, random and
// structured ones in every writing, and text that is almost one. The same texts at every run.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace sockbench::test {

std::vector<std::string> edgeTexts();  // about 20,000
std::vector<std::string> ipv4Texts(std::size_t count);
std::vector<std::string> ipv6Texts(std::size_t count);
std::vector<std::string> brokenTexts(std::size_t count);  // one or two characters beside a good one

// Bytes of any kind, and of those that addresses are made of.
std::vector<std::string> garbageTexts(std::size_t count);

}  // namespace sockbench::test
