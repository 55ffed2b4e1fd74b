/** The types of import-walls.js, which is JavaScript because eslint.config.js loads it on plain Node. */
import type { Rule } from 'eslint';

export interface Wall {
  readonly folders: readonly string[];
  readonly packages: readonly string[];
}

export const walls: Readonly<Record<string, Wall>>;
export function objection(file: string, specifier: string): string | null;

declare const plugin: { readonly rules: Readonly<Record<string, Rule.RuleModule>> };
export default plugin;
