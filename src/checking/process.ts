/**
 * The process that judges a certificate while it is written: it reads both files anew, and loads the readers and the
 * checker and nothing of the prover.
 *
 * Ends with whoever started it. An interruption from the keyboard reaches it as well; it leaves what to do then to the
 * process it works for.
 */
import { Hearing } from '../checker/hearing.ts';
import { scopeOf, statementOf } from '../certificate/certificate-json.ts';
import { openModel, type OpenModel } from '../formats/read-model.ts';
import { describeFailure, type Result } from '../model/failure.ts';
import { isRequest, type Answer, type Request } from './messages.ts';

let files: readonly string[] = [];
let opening: Promise<readonly Result<OpenModel>[]> = Promise.resolve([]);
let hearing: Hearing | null = null;

function refusal(reason: string): Answer {
  return { ok: false, reason, channels: [] };
}

async function begin(text: string): Promise<Answer> {
  const scope = scopeOf(JSON.parse(text));
  if (!scope.ok) return refusal(describeFailure('what is to be certified', scope.failure));
  const opened = await opening;
  if (opened.length !== 2) return refusal('two models are needed');
  const [original, converted] = opened;
  if (!original.ok) return refusal(describeFailure(files[0], original.failure));
  if (!converted.ok) return refusal(describeFailure(files[1], converted.failure));
  hearing = new Hearing(original.value.model, converted.value.model, scope.value);
  return { ok: true, ulps: 0 };
}

function hear(text: string): Answer {
  const statement = statementOf(JSON.parse(text));
  if (!statement.ok) return refusal(describeFailure('a statement', statement.failure));
  return hearing?.hear(statement.value) ?? refusal('nothing has begun');
}

async function end(): Promise<Answer> {
  const digests: string[] = [];
  for (const [i, open] of (await opening).entries()) {
    if (!open.ok) return refusal(describeFailure(files[i], open.failure));
    const source = await open.value.finish();
    if (!source.ok) return refusal(describeFailure(files[i], source.failure));
    digests.push(source.value.sha256);
  }
  const objection = hearing === null ? 'nothing has begun' : hearing.objection;
  return objection === null ? { ok: true, ulps: hearing?.ulps ?? 0, digests } : refusal(objection);
}

async function answer(request: Request): Promise<Answer | null> {
  switch (request.kind) {
    case 'open':
      ({ files } = request);
      opening = Promise.all(files.map((file) => openModel(file)));
      // Said when it is asked for.
      opening.catch(() => null);
      return null;
    case 'begin':
      return begin(request.text);
    case 'hear':
      return hear(request.text);
    case 'end':
      return end();
  }
}

process.on('SIGINT', () => {});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message: unknown) => {
  if (!isRequest(message)) return;
  void (async () => {
    const said = await answer(message);
    if (said !== null) process.send?.(said);
  })();
});
