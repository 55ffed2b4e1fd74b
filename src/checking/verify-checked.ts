/** Verifies two files with the checker looking on. */
import type { Certified } from '../certificate/author.ts';
import type { Source } from '../formats/source.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { verify, type VerifyOptions } from '../verify.ts';
import { Checking } from './checking.ts';
import { confirmed } from './confirm.ts';

/** As `verify` does; what is proved is what the checker accepts, or says that it could not be asked. */
export async function verifyChecked(
  original: Source,
  converted: Source,
  options: Omit<VerifyOptions, 'judge' | 'onCertified'> = {},
): Promise<Verdict> {
  const checking = new Checking([original.path, converted.path]);
  try {
    let certified: Certified | null = null;
    const verdict = await verify(original.model, converted.model, {
      ...options,
      judge: checking,
      onCertified: (found) => {
        certified = found;
      },
    });
    const digests = [original.sha256, converted.sha256];
    const told = await confirmed(verdict, checking, { certified, digests, isNeeded: false });
    return told.verdict;
  } finally {
    checking.close();
  }
}
