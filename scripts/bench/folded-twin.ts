/** A model's twin with batch norms folded and nothing else changed: a pair of nearly equal sizes. */
import { Draft } from '../../src/convert/draft.ts';
import { foldBatchNorms } from '../../src/convert/fold.ts';
import type { Result } from '../../src/model/failure.ts';
import type { Model } from '../../src/model/model.ts';

export function foldedTwin(model: Model): Result<Model> {
  const draft = new Draft(model);
  foldBatchNorms(draft);
  return draft.finish();
}
