#include "paper/photograph.h"

#include <gtest/gtest.h>

#include "paper/photograph_testing.h"
#include "paper/picture.h"

namespace danchu::paper {
namespace {

using namespace std::string_literals;

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

TEST(Photograph, IsJudgedByItsContent) {
  EXPECT_EQ(judge(small_jpeg()), Scan::jpeg);
  EXPECT_EQ(judge(share_picture_png("a", "b", "c")), Scan::png);
  EXPECT_EQ(judge("RIFF\x10\0\0\0WEBPVP8 "s), Scan::webp);
  EXPECT_EQ(judge("%PDF-1.7\n"), Scan::pdf);
  for (const char* other : {"", "GIF89a", "<html>", "MZ", "PK\x03\x04", "RIFF1234WAVE", " %PDF-1.7"})
    EXPECT_FALSE(judge(other)) << other;
  EXPECT_TRUE(
      is_heic("\0\0\0\x18"
              "ftypheic"s));
  EXPECT_FALSE(is_heic(small_jpeg()));
}

TEST(Photograph, AJpegLosesPlaceDeviceCommentAndWhatFollows) {
  const std::string taken = small_jpeg(exif_with_place(6)) + "a video with a voice";
  ASSERT_TRUE(has(taken, "GPS 21.3N 103.9E"));
  const std::string bare = without_private_data(Scan::jpeg, taken).value();
  for (const char* secret : {"GPS", "Phone of Thoa", "comment", "voice", "http://ns.adobe.com/xap"})
    EXPECT_FALSE(has(bare, secret)) << secret;
  EXPECT_TRUE(has(bare, scan_data));
  EXPECT_TRUE(bare.ends_with("\xFF\xD9"));
  EXPECT_EQ(without_private_data(Scan::jpeg, bare), bare) << "twice is once";
}

TEST(Photograph, KeepsHowItWasHeld) {
  for (int held = 1; held <= 8; ++held) {
    for (bool little_endian : {true, false}) {
      const std::string taken = small_jpeg(exif_with_place(held, little_endian));
      EXPECT_EQ(jpeg_orientation(taken), held);
      const std::string bare = without_private_data(Scan::jpeg, taken).value();
      EXPECT_EQ(jpeg_orientation(bare), held);
      EXPECT_EQ(has(bare, "Exif"), held != 1) << "an upright picture needs no EXIF";
    }
  }
  EXPECT_EQ(jpeg_orientation(small_jpeg(exif_with_place(9))), 1) << "no such orientation";
}

TEST(Photograph, ThatWasCutOffIsRefused) {
  const std::string taken = small_jpeg(exif_with_place(3));
  for (std::size_t i = 0; i < taken.size(); ++i)
    EXPECT_FALSE(without_private_data(Scan::jpeg, taken.substr(0, i))) << i;
  const std::string png = share_picture_png("a", "b", "c");
  for (std::size_t i = 0; i < png.size(); i += 97)
    EXPECT_FALSE(without_private_data(Scan::png, png.substr(0, i))) << i;
  EXPECT_FALSE(without_private_data(Scan::pdf, "%PDF-1.7\n1 0 obj"));
  EXPECT_FALSE(without_private_data(Scan::jpeg, png)) << "another kind";
}

TEST(Photograph, APngLosesItsTextChunks) {
  const std::string png = share_picture_png("a", "b", "c");
  const std::size_t after_header = 8 + 25;
  const std::string taken = png.substr(0, after_header) +
                            "\0\0\0\x0B"
                            "tEXtAuthor\0Thoa\0\0\0\0"s +
                            png.substr(after_header);
  const std::string bare = without_private_data(Scan::png, taken).value();
  EXPECT_FALSE(has(bare, "Author"));
  EXPECT_EQ(bare, without_private_data(Scan::png, png));
}

TEST(Photograph, AWebpLosesItsExif) {
  const std::string shown = "VP8X\x0A\0\0\0\x0C\0\0\0\x01\0\0\x01\0\0VP8L\x04\0\0\0abcd"s;
  const std::string chunks = shown + "EXIF\x03\0\0\0GPS\0XMP \x02\0\0\0xy"s;
  const std::string taken =
      "RIFF"s + static_cast<char>(chunks.size() + 4) + "\0\0\0WEBP"s + chunks + "what follows";
  const std::string bare = without_private_data(Scan::webp, taken).value();
  EXPECT_FALSE(has(bare, "GPS"));
  EXPECT_FALSE(has(bare, "XMP"));
  EXPECT_FALSE(has(bare, "follows"));
  EXPECT_TRUE(has(bare, "VP8L\x04\0\0\0abcd"s));
  EXPECT_EQ(bare[8 + 4 + 8], 0) << "the header no longer announces EXIF and XMP";
  EXPECT_EQ(static_cast<std::size_t>(static_cast<unsigned char>(bare[4])), bare.size() - 8);
}

TEST(Photograph, APdfStaysAsItIs) {
  const std::string pdf = "%PDF-1.7\nsigned by a commune\n%%EOF\n";
  EXPECT_EQ(without_private_data(Scan::pdf, pdf), pdf);
}

}  // namespace
}  // namespace danchu::paper
