#include "paper/qr.h"

#include <qrencode.h>

#include <stdexcept>

#include "paper/canvas.h"
#include "paper/paper.h"

namespace danchu::paper {

QrCode qr_code(const std::string& text) {
  struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
  };
  std::unique_ptr<QRcode, Free> code(QRcode_encodeData(
      static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (!code) throw std::length_error("this text fits in no QR code");
  QrCode qr{code->width, {}};
  for (int i = 0; i < code->width * code->width; ++i) qr.dark.push_back(code->data[i] & 1);
  return qr;
}

std::string qr_svg(const std::string& text, int px) {
  const QrCode qr = qr_code(text);
  const std::string side = std::to_string(qr.size + 2 * quiet_zone);
  std::string path;
  for (int y = 0; y < qr.size; ++y) {
    for (int x = 0; x < qr.size; ++x) {
      if (!qr.at(x, y)) continue;
      int end = x;
      while (end < qr.size && qr.at(end, y)) ++end;
      const std::string run = std::to_string(end - x);
      path += "M" + std::to_string(x + quiet_zone) + " " + std::to_string(y + quiet_zone) + "h" + run +
              "v1h-" + run + "z";
      x = end;
    }
  }
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + std::to_string(px) + "\" height=\"" +
         std::to_string(px) + "\" viewBox=\"0 0 " + side + " " + side +
         "\" role=\"img\" aria-label=\"QR\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" +
         side + "v" + side + "h-" + side + "z\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
}

std::string qr_png(const std::string& text, int module_px) {
  const QrCode qr = qr_code(text);
  const int side = (qr.size + 2 * quiet_zone) * module_px;
  auto canvas = Canvas::picture(side, side, {1, 1, 1});
  for (int y = 0; y < qr.size; ++y)
    for (int x = 0; x < qr.size; ++x)
      if (qr.at(x, y))
        canvas->fill((x + quiet_zone) * module_px, (y + quiet_zone) * module_px, module_px, module_px, {});
  return canvas->finish();
}

}  // namespace danchu::paper
