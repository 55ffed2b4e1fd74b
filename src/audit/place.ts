/** The line of a block's file that a call was made from: what a mistake in a block points at. */

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A frame of a stack: a path or a file URL, a line and a column, in parentheses or not. */
const frame = /\(?((?:file:\/\/)?(?:\/|[A-Za-z]:)[^()]*?):(\d+):(\d+)\)?$/;

/**
 * The nearest caller outside the folder of this module; null where there is none. Where source maps are enabled
 * and the file was transpiled, the line is that of the original.
 */
export function callerPlace(): Place | null {
  const own = import.meta.url.slice(0, import.meta.url.lastIndexOf('/') + 1);
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  for (const line of lines) {
    const match = frame.exec(line.trim());
    if (match === null) continue;
    const [, at, row, column] = match;
    const url = at.startsWith('file://') ? at : `file://${at}`;
    if (url.startsWith(own)) continue;
    const file = decodeURIComponent(url.slice('file://'.length)).replace(/\?.*$/, '');
    return { file, line: Number(row), column: Number(column) };
  }
  return null;
}
