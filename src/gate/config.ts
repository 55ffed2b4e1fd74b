/**
 * What a gate is told: which converters it tries, on which networks, and what they are held to.
 *
 * Written by a person in `plainproof.config.ts`, `.mjs` or `.json`, so everything but the converters has a
 * default, and nothing here is believed before `read-config.ts` has looked at it.
 */
import type { Model } from '../model/model.ts';
import type { Family } from '../networks/choice.ts';

interface Named {
  /** How reports call the converter; unique within a configuration. */
  readonly name: string;
  /** Milliseconds one conversion may take; 60,000 unless told. */
  readonly timeLimit?: number;
}

/** A program: reads the ONNX file {input} and writes {output}. */
export interface CommandConverter extends Named {
  /**
   * The program and its arguments, with the placeholders {input} and {output}. A string is split at white
   * space; quotes keep words together, and no shell sees it. A list is taken as it is.
   */
  readonly command: string | readonly string[];
  /** Set for the program beside the environment of the gate. */
  readonly env?: Readonly<Record<string, string>>;
  /** The program's working directory, relative to the configuration's folder, which it is unless told. */
  readonly cwd?: string;
}

/** A function from models to models. */
export interface ModelConverter extends Named {
  readonly convert: (model: Model) => Model | Promise<Model>;
}

/** A function that reads the ONNX file `input` and writes `output`. */
export interface FileConverter extends Named {
  readonly convertFile: (input: string, output: string) => void | Promise<void>;
}

export type Converter = CommandConverter | ModelConverter | FileConverter;

/** The largest networks to draw; what is left out is as large as the project's own tests are. */
export interface Sizes {
  /** Channels anywhere, at most; 5 unless told. */
  readonly channels?: number;
  /** Blocks of a network, at most; 3 unless told. */
  readonly blocks?: number;
  /** Rows and columns of an image, at most; 9 unless told. */
  readonly image?: number;
}

export interface GateConfig {
  readonly converters: readonly Converter[];
  /** The block families to draw networks of; all unless told, none where only `models` are given. */
  readonly families?: readonly Family[];
  readonly sizes?: Sizes;
  /** Model files to convert and prove in the same run, relative to the configuration's folder. */
  readonly models?: readonly string[];
  /** What every input value lies in; null, the default, for all finite numbers. */
  readonly inputRange?: { readonly lower: number; readonly upper: number } | null;
  /** Units in the last place up to which a coefficient counts as rounded; that of `verify` unless told. */
  readonly maxUlps?: number;
  /** Which share of the cases may be left undecided, from 0 to 1; 0 unless told. */
  readonly undecidedAllowed?: number;
  /** How many networks are drawn; 200 unless told, 0 without families. */
  readonly networks?: number;
  /** Which networks are drawn: the same seed draws the same on any machine; 1 unless told. */
  readonly seed?: number;
}

/** The configuration as it is given, with its type checked by the editor. */
export function defineConfig(config: GateConfig): GateConfig {
  return config;
}
