/** A kernel that is missing fails here, where it would otherwise only make other tests skip it. */
import { expect, test } from 'vitest';
import { availableKernels, openKernel } from '../../src/kernels/open.ts';
import { requiredKernels } from './opened.ts';

test.each(requiredKernels())('kernel %s opens', async (name) => {
  const opened = await openKernel(name);
  expect(opened).toMatchObject({ ok: true, value: { name } });
});

test('the kernels that are available are the ones that open', async () => {
  expect(await availableKernels()).toEqual(expect.arrayContaining([...requiredKernels()]));
});
