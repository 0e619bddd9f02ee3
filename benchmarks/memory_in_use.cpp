#include "benchmarks/memory_in_use.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::int64_t> bytes_in_use{0};
std::atomic<std::int64_t> most_bytes_in_use{0};

void count(std::int64_t bytes) {
  const std::int64_t now = bytes_in_use += bytes;
  std::int64_t most = most_bytes_in_use;
  while (now > most && !most_bytes_in_use.compare_exchange_weak(most, now)) {
  }
}

}  // namespace

void* operator new(std::size_t size) {
  void* block = std::malloc(size);
  if (block == nullptr) throw std::bad_alloc();
  count(static_cast<std::int64_t>(malloc_usable_size(block)));
  return block;
}

void operator delete(void* block) noexcept {
  if (block != nullptr) count(-static_cast<std::int64_t>(malloc_usable_size(block)));
  std::free(block);
}

void operator delete(void* block, std::size_t) noexcept {
  operator delete(block);
}

namespace casplan::benchmarks {

PeakMemory::PeakMemory() : before_(bytes_in_use) {
  most_bytes_in_use = before_;
}

std::int64_t PeakMemory::bytes() const {
  return most_bytes_in_use - before_;
}

}  // namespace casplan::benchmarks
