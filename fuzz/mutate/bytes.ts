/** Damage to bytes whose meaning nobody looks at: bits, numbers at an edge, stretches moved, cut, repeated. */
import type { Draw } from '../draw.ts';
import { real } from './dictionary.ts';

function withNumber(bytes: Uint8Array, draw: Draw): Uint8Array {
  const result = Uint8Array.from(bytes);
  const width = draw.pick([1, 2, 4, 8]);
  if (result.length < width) return result;
  const view = new DataView(result.buffer);
  const at = draw.chance(0.7)
    ? width * draw.below(Math.floor(result.length / width))
    : draw.below(result.length - width + 1);
  if (width === 1) view.setUint8(at, draw.below(256));
  else if (width === 2) view.setUint16(at, draw.pick([0, 1, 0x7c00, 0x7e00, 0xffff]), true);
  else if (width === 4) view.setFloat32(at, draw.pick(real), true);
  else view.setFloat64(at, draw.pick(real), true);
  return result;
}

/** One damage; never longer than twice the bytes and some. */
export function mutateBytes(bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = draw.below(bytes.length + 1);
  const length = draw.amount(Math.max(1, bytes.length - at));
  const before = bytes.subarray(0, at);
  const stretch = bytes.subarray(at, at + length);
  const after = bytes.subarray(at + length);
  switch (draw.below(7)) {
    case 0: {
      const result = Uint8Array.from(bytes);
      if (result.length > 0) result[draw.below(result.length)] ^= 1 << draw.below(8);
      return result;
    }
    case 1:
      return withNumber(bytes, draw);
    case 2:
      return Buffer.concat([before, after]);
    case 3:
      return Buffer.concat([before, stretch, stretch, after]);
    case 4:
      return Buffer.concat([before, Uint8Array.from(stretch, () => draw.below(256)), after]);
    case 5:
      return before;
    default: {
      const elsewhere = draw.below(bytes.length + 1);
      return Buffer.concat([before, bytes.subarray(elsewhere, elsewhere + draw.amount(64)), after]);
    }
  }
}
