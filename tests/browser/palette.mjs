// A picture of a screen as a PNG of few colours, which is a fraction of one of many.

import { deflateSync, inflateSync } from 'node:zlib';

// Of 256, which a byte can tell apart, nobody sees the others: they shade the edges of letters. They are a fifth of the bytes.
const MOST_COLOURS = 64;

/** Source: https://www.w3.org/TR/png/#D-CRCAppendix */
const CRC = Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum >>> 0;
});

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * Keeps the colours that most pixels have; of a screen, that is all but some shades at the edges of letters.
 *
 * @param {Buffer} png of three or four bytes a pixel, as browsers make it
 * @returns {Buffer}
 */
export function fewColours(png) {
  const { width, height, pixels } = pixelsOf(png);
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const palette = [...counts].sort(([a, many], [b, more]) => more - many || a - b).slice(0, MOST_COLOURS).map(([colour]) => colour);
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(colour, palette)]));
  const rows = Buffer.alloc((width + 1) * height);
  pixels.forEach((colour, at) => { rows[at + Math.floor(at / width) + 1] = places.get(colour) ?? 0; });
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  // Eight bits a pixel, each the number of a colour.
  size.set([8, 3], 8);
  return Buffer.concat([
    SIGNATURE, chunk('IHDR', size), chunk('PLTE', Buffer.from(palette.flatMap(bytesOf))), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param {number} colour */
function bytesOf(colour) {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

/**
 * @param {number} colour
 * @param {number[]} palette
 * @returns {number} the place in it of what is most like the colour
 */
function nearest(colour, palette) {
  const distance = (/** @type {number} */ other) => {
    const bytes = bytesOf(other);
    return bytesOf(colour).reduce((sum, byte, at) => sum + (byte - Number(bytes[at])) ** 2, 0);
  };
  const distances = palette.map(distance);
  return distances.indexOf(Math.min(...distances));
}

/** @param {Buffer} png */
function pixelsOf(png) {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const depth = png[25] === 6 ? 4 : 3;
  const packed = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const bytes = unfiltered(inflateSync(Buffer.concat(packed)), width * depth, height, depth);
  const pixels = Array.from({ length: width * height }, (_, at) => bytes.readUIntBE(at * depth, 3));
  return { width, height, pixels };
}

/**
 * Each row says by its first byte from which neighbours its bytes are foretold: https://www.w3.org/TR/png/#9Filters
 *
 * @param {Buffer} rows
 * @param {number} length of a row
 * @param {number} height
 * @param {number} depth bytes a pixel
 */
function unfiltered(rows, length, height, depth) {
  const bytes = Buffer.alloc(length * height);
  for (let row = 0; row < height; row += 1) {
    const start = row * (length + 1);
    for (let column = 0; column < length; column += 1) {
      const at = row * length + column;
      const left = column < depth ? 0 : Number(bytes[at - depth]);
      const up = row ? Number(bytes[at - length]) : 0;
      const corner = row && column >= depth ? Number(bytes[at - length - depth]) : 0;
      const foretold = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][Number(rows[start])] ?? 0;
      bytes[at] = Number(rows[start + 1 + column]) + foretold;
    }
  }
  return bytes;
}

/**
 * @param {number} left
 * @param {number} up
 * @param {number} corner
 */
function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((byte) => Math.abs(guess - byte));
  if (Number(toLeft) <= Number(toUp) && Number(toLeft) <= Number(toCorner)) return left;
  return Number(toUp) <= Number(toCorner) ? up : corner;
}

/**
 * @param {string} name
 * @param {Buffer} data
 */
function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const made = Buffer.alloc(body.length + 8);
  made.writeUInt32BE(data.length, 0);
  body.copy(made, 4);
  const sum = body.reduce((crc, byte) => (CRC[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8), 0xffffffff);
  made.writeUInt32BE((sum ^ 0xffffffff) >>> 0, body.length + 4);
  return made;
}
