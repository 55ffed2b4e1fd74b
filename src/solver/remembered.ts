/**
 * Answers from earlier runs, one small file each, named by the digest of the text they are of.
 *
 * They belong to one version of one solver and are never looked at by another. Anything but a well-formed
 * answer for exactly this digest is as good as none; `unknown` and failures are not remembered.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Decider, Decision } from '../logic/decision.ts';
import { digestOf, Unsat } from '../logic/evidence.ts';

export class Remembering implements Decider {
  readonly #decider: Decider;
  readonly #version: string;
  readonly #folder: string;

  constructor(decider: Decider, version: string, cache: string) {
    this.#decider = decider;
    this.#version = version;
    this.#folder = path.join(cache, version.replaceAll(/[^a-z0-9.]+/gi, '-'));
  }

  async decide(text: string): Promise<Decision> {
    const digest = digestOf(text);
    const file = path.join(this.#folder, `${digest}.json`);
    const known = await this.#recall(file, text, digest);
    if (known !== null) return known;
    const decision = await this.#decider.decide(text);
    if (decision.kind === 'unsat' || decision.kind === 'sat') {
      await this.#remember(file, digest, decision);
    }
    return decision;
  }

  async #recall(file: string, text: string, digest: string): Promise<Decision | null> {
    let value: unknown;
    try {
      value = JSON.parse(await readFile(file, 'utf8'));
    } catch {
      return null;
    }
    if (typeof value !== 'object' || value === null) return null;
    if (!('digest' in value) || value.digest !== digest || !('kind' in value)) return null;
    if (value.kind === 'unsat' && 'seconds' in value && typeof value.seconds === 'number') {
      const solver = `${this.#version}, remembered`;
      return { kind: 'unsat', evidence: new Unsat({ text, solver, seconds: value.seconds }) };
    }
    if (value.kind === 'sat' && 'values' in value && Array.isArray(value.values)) {
      const pairs: unknown[] = value.values;
      const values = new Map<string, string>();
      for (const pair of pairs) {
        if (!Array.isArray(pair) || pair.length !== 2) return null;
        values.set(String(pair[0]), String(pair[1]));
      }
      return { kind: 'sat', values };
    }
    return null;
  }

  async #remember(
    file: string,
    digest: string,
    decision: Extract<Decision, { kind: 'unsat' | 'sat' }>,
  ): Promise<void> {
    const content =
      decision.kind === 'unsat'
        ? { digest, kind: 'unsat', seconds: decision.evidence.seconds }
        : { digest, kind: 'sat', values: [...decision.values] };
    const temporary = `${file}.${process.pid}.tmp`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(temporary, JSON.stringify(content));
      await rename(temporary, file);
    } catch {
      // A cache that cannot be written costs time, nothing else.
    }
  }
}
