// A sheet of 840 × 1188 pixels in a grey of its own: a picture of a paper has to be large enough to be read, and one
// picture proves one paper.
import { crc32, deflateSync } from "node:zlib";

export function sheet(grey = 255) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]), length = Buffer.alloc(4), crc = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(840, 0);
  header.writeUInt32BE(1188, 4);
  header[8] = 8;  // grey, 8 bits
  const rows = Buffer.alloc(1188 * 841, grey);
  for (let y = 0; y < 1188; ++y) rows[y * 841] = 0;  // each row unfiltered
  return Buffer.concat([Buffer.from([0x89, 80, 78, 71, 13, 10, 26, 10]), chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}
