#include "pictures/svg_text.h"

#include "runbook/escape.h"

namespace casplan::pictures {
namespace {

bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::string attribute(std::string_view name, Tenths value) {
  return " " + std::string(name) + "=\"" + number(value) + "\"";
}

std::string of_class(std::string_view css_class) {
  return " class=\"" + std::string(css_class) + "\"";
}

}  // namespace

std::string svg_text(std::string_view outside) {
  std::string text;
  for (const char c : runbook::visible_text(outside)) {
    switch (c) {
      case '&': text += "&amp;"; break;
      case '<': text += "&lt;"; break;
      case '>': text += "&gt;"; break;
      case '"': text += "&quot;"; break;
      case '\'': text += "&#39;"; break;
      default: text += c;
    }
  }
  return text;
}

std::string svg_label(std::string_view outside, std::size_t most_characters) {
  const std::string visible = runbook::visible_text(outside);
  std::size_t characters = 0;
  for (std::size_t i = 0; i < visible.size(); ++i) {
    if (continues_character(visible[i])) continue;
    if (characters++ == most_characters) return svg_text(visible.substr(0, i)) + "…";
  }
  return svg_text(visible);
}

std::string number(Tenths tenths) {
  const std::string whole = std::to_string(tenths / 10);
  return tenths % 10 == 0 ? whole : whole + "." + std::to_string(tenths % 10);
}

std::string svg_box(const Box& box, std::string_view css_class, const std::string& title) {
  const std::string rectangle = "<rect" + attribute("x", box.left) + attribute("y", box.top) +
                                attribute("width", box.width) + attribute("height", box.height) + of_class(css_class);
  if (title.empty()) return rectangle + "/>\n";
  return rectangle + "><title>" + title + "</title></rect>\n";
}

std::string svg_words(Tenths x, Tenths y, std::string_view css_class, const std::string& words) {
  return "<text" + attribute("x", x) + attribute("y", y) + of_class(css_class) + ">" + words + "</text>\n";
}

std::string svg_line(Tenths x1, Tenths y1, Tenths x2, Tenths y2, std::string_view css_class) {
  return "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) + attribute("y2", y2) +
         of_class(css_class) + "/>\n";
}

}  // namespace casplan::pictures
