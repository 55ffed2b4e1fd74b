/**
 * Pictures of numbers as PNG files in data: addresses, so that a page needs no other file.
 *
 * PNG (ISO/IEC 15948): 8-bit RGB, one filter byte a row. Values are mapped to colours that differ in lightness
 * as well as in hue: from dark blue over white to dark orange around zero.
 */
import { crc32, deflateSync } from 'node:zlib';

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function png(rgb: Uint8Array, width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = new Uint8Array(height * (3 * width + 1));
  for (let y = 0; y < height; y++) {
    rows.set(rgb.subarray(3 * width * y, 3 * width * (y + 1)), y * (3 * width + 1) + 1);
  }
  const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 }))];
  return Buffer.concat([signature, ...parts, chunk('IEND', new Uint8Array(0))]);
}

const low = [8, 48, 107] as const;
const high = [140, 45, 4] as const;

/** −1 … 1 to a colour; zero is white, and what is no number grey. */
function colour(value: number): readonly [number, number, number] {
  if (Number.isNaN(value)) return [128, 128, 128];
  const end = value < 0 ? low : high;
  const share = Math.min(Math.abs(value), 1) ** 0.7;
  const mix = (k: 0 | 1 | 2): number => Math.round(255 + (end[k] - 255) * share);
  return [mix(0), mix(1), mix(2)];
}

/** A picture of one channel, row by row; `scale` is what the darkest colours stand for. */
export function picture(
  values: ArrayLike<number>,
  size: { readonly width: number; readonly height: number },
  scale: number,
): string {
  const pixels = size.width * size.height;
  const rgb = new Uint8Array(3 * pixels);
  for (let k = 0; k < pixels; k++) rgb.set(colour(scale === 0 ? 0 : values[k] / scale), 3 * k);
  const bytes = png(rgb, size.width, size.height);
  return `data:image/png;base64,${bytes.toString('base64')}`;
}
