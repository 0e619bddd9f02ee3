#pragma once

#include <string>
#include <string_view>

#include "pictures/time_axis.h"

/// Pieces of SVG. Internal to this room.
namespace casplan::pictures {

/// Text for an SVG document: characters that are not seen are written out, and none is markup.
[[nodiscard]] std::string svg_text(std::string_view outside);

/// The same, cut after so many characters.
[[nodiscard]] std::string svg_label(std::string_view outside, std::size_t most_characters);

/// `12.5`.
[[nodiscard]] std::string number(Tenths tenths);

struct Box {
  Tenths left;
  Tenths top;
  Tenths width;
  Tenths height;
};

/// A rectangle of a class; `title` is text already, and what a pointer shows.
[[nodiscard]] std::string svg_box(const Box& box, std::string_view css_class, const std::string& title);

/// Text at a place; `words` is text already.
[[nodiscard]] std::string svg_words(Tenths x, Tenths y, std::string_view css_class, const std::string& words);

[[nodiscard]] std::string svg_line(Tenths x1, Tenths y1, Tenths x2, Tenths y2, std::string_view css_class);

}  // namespace casplan::pictures
