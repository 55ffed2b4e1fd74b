/** A configuration with its defaults filled in and its paths resolved: what a run goes by. */
import { createHash } from 'node:crypto';
import type { Model } from '../model/model.ts';
import type { Family, Sizes } from '../networks/choice.ts';
import { drawnBy } from '../networks/draw.ts';

interface Prepared {
  readonly name: string;
  /** Milliseconds. */
  readonly timeLimit: number;
}

export interface PreparedCommand extends Prepared {
  readonly kind: 'command';
  /** The program and its arguments, placeholders and all. */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** As configured, for the digest: an absolute path is another on every machine. */
  readonly cwd: string;
}

export type PreparedConverter =
  | PreparedCommand
  | (Prepared & {
      readonly kind: 'model';
      readonly convert: (model: Model) => unknown;
    })
  | (Prepared & {
      readonly kind: 'file';
      readonly convertFile: (input: string, output: string) => unknown;
    });

export interface Settings {
  /** Absolute path of the configuration. */
  readonly file: string;
  readonly converters: readonly PreparedConverter[];
  readonly families: readonly Family[];
  readonly sizes: Sizes;
  /** As configured; relative to the configuration's folder. */
  readonly models: readonly string[];
  readonly inputRange: { readonly lower: number; readonly upper: number } | null;
  /** Null for the default of `verify`. */
  readonly maxUlps: number | null;
  readonly undecidedAllowed: number;
  readonly networks: number;
  readonly seed: number;
}

function described(converter: PreparedConverter): unknown {
  const { kind, name, timeLimit } = converter;
  switch (converter.kind) {
    case 'command': {
      const { words, env, cwd } = converter;
      return { kind, name, timeLimit, words, env: Object.entries(env).sort(), cwd };
    }
    // What a function calls is not in its text: the digest tells configurations apart, not converters.
    case 'model':
      return { kind, name, timeLimit, text: String(converter.convert) };
    case 'file':
      return { kind, name, timeLimit, text: String(converter.convertFile) };
  }
}

/** SHA-256 over everything that decides which cases there are and what may come of them. */
export function settingsDigest(settings: Settings): string {
  const { converters, families, sizes, models, inputRange, maxUlps } = settings;
  const { undecidedAllowed, networks, seed } = settings;
  const text = JSON.stringify([
    converters.map(described),
    families,
    [sizes.channels, sizes.blocks, sizes.image],
    models,
    inputRange === null ? null : [inputRange.lower, inputRange.upper],
    [maxUlps, undecidedAllowed, networks, seed],
    drawnBy,
  ]);
  return createHash('sha256').update(text).digest('hex');
}

/** What a command line asks for instead of what is configured. */
export interface Overrides {
  /** Names of the converters to try. */
  readonly converters?: readonly string[];
  /** Absolute paths of models, to be tried and nothing else. */
  readonly models?: readonly string[];
  readonly networks?: number;
  readonly seed?: number;
}

/** Errors: the name of a converter that there is not. */
export function overridden(
  settings: Settings,
  { converters: names, models, networks, seed }: Overrides,
): { readonly settings: Settings } | { readonly unknown: string } {
  const known = settings.converters.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) return { unknown };
  const { converters } = settings;
  return {
    settings: {
      ...settings,
      converters: converters.filter(({ name }) => names?.includes(name) ?? true),
      models: models ?? settings.models,
      networks: models === undefined ? (networks ?? settings.networks) : 0,
      seed: seed ?? settings.seed,
    },
  };
}
