/** Numbers as people read them: grouped counts, scaled magnitudes, a few significant digits. */

/** 11689512 → "11,689,512". */
export function count(n: number): string {
  return n.toLocaleString('en-US');
}

/** 1819041792 → "1.82 G"; below a thousand the number itself. */
export function scaled(n: number): string {
  const units = ['', ' k', ' M', ' G', ' T'];
  let value = n;
  let unit = 0;
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? String(n) : `${value.toPrecision(3)}${units[unit]}`;
}

/** Bytes in binary units: 25690112 → "24.5 MiB". */
export function bytes(n: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = n;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${n} B` : `${value.toFixed(1)} ${units[unit]}`;
}

/** 0.8512 → "0.85 s". */
export function seconds(s: number): string {
  return `${s.toFixed(2)} s`;
}

function rounded(x: number, digits: number): string {
  if (x === 0 || !Number.isFinite(x)) return String(x);
  const size = Math.abs(x);
  if (size >= 1e6 || size < 1e-3) {
    return x.toExponential(digits - 1).replace(/\.?0+e/, 'e');
  }
  return String(Number(x.toPrecision(digits)));
}

/** A measurement to four significant digits: 0.00012345 → "1.235e-4", 3.14159 → "3.142", 8 → "8". */
export function significant(x: number): string {
  return rounded(x, 4);
}

/** To two: how large an error is, and no more. */
export function magnitude(x: number): string {
  return rounded(x, 2);
}

/** A rounding in units in the last place for a table, where what is far below one unit says no more than that. */
export function ulpsBriefly(k: number): string {
  return k === 0 ? 'exact' : k < 0.001 ? '< 0.001' : ulps(k);
}

/** A rounding in units in the last place, rounded *up*: a bound may not be understated. */
export function ulps(k: number): string {
  if (k === 0 || !Number.isFinite(k)) return String(k);
  const nearest = Number(k.toPrecision(3));
  const step = 10 ** (Math.floor(Math.log10(k)) - 2);
  return String(nearest >= k ? nearest : Number((nearest + step).toPrecision(3)));
}
