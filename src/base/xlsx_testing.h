// Workbooks for tests, written as spreadsheets write them.
#pragma once
#include <zip.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"

namespace danchu {

struct ZipPart {
  std::string name, bytes;
};
// A ZIP file of these parts.
inline std::string zip_of(const std::vector<ZipPart>& parts) {
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
  if (!archive) throw std::runtime_error("no archive");
  zip_source_keep(target);
  for (const ZipPart& part : parts)
    zip_file_add(archive, part.name.c_str(),
                 zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), 0), ZIP_FL_ENC_UTF_8);
  zip_close(archive);
  zip_stat_t status;
  zip_source_stat(target, &status);
  zip_source_open(target);
  std::string bytes(status.size, '\0');
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

// The workbook around a sheet's XML as given.
inline std::string xlsx_around(
    const std::string& sheet, const std::string& shared_texts = "",
    const std::string& sheets = R"(<sheet name="Sheet1" sheetId="1" r:id="rId1"/>)") {
  const std::string head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
  std::vector<ZipPart> parts = {
      {"[Content_Types].xml", head + "<Types/>"},
      {"xl/workbook.xml", head + "<workbook xmlns:r=\"r\"><sheets>" + sheets + "</sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       head +
           R"(<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>)"
           R"(<Relationship Id="rId2" Type="t/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>)"},
      {"xl/worksheets/sheet1.xml", head + sheet}};
  if (!shared_texts.empty()) parts.push_back({"xl/sharedStrings.xml", head + shared_texts});
  return zip_of(parts);
}

// A workbook of one sheet with these rows, texts inline; `more` stands after the rows (merged cells).
inline std::string xlsx_of(const std::vector<std::vector<std::string>>& rows, const std::string& more = "") {
  std::string sheet = "<worksheet><sheetData>";
  for (std::size_t r = 0; r < rows.size(); ++r) {
    sheet += "<row r=\"" + std::to_string(r + 1) + "\">";
    for (std::size_t c = 0; c < rows[r].size(); ++c)
      if (!rows[r][c].empty())
        sheet += "<c r=\"" + std::string(1, static_cast<char>('A' + c)) + std::to_string(r + 1) +
                 "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + html_escape(rows[r][c]) +
                 "</t></is></c>";
    sheet += "</row>";
  }
  return xlsx_around(sheet + "</sheetData>" + more + "</worksheet>");
}

}  // namespace danchu
