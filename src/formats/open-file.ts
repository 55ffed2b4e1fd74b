/**
 * A file opened for reading, without waiting: a named pipe that nobody writes to is opened at once like anything
 * else, and then found to be no file.
 */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Windows has no such flag, and no such pipes. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Throws what the file system says. */
export function openToRead(file: string): Promise<FileHandle> {
  return open(file, withoutWaiting);
}
