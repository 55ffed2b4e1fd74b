/**
 * The house's rules, as far as a machine can hold them: imports point one way, unions are switched over
 * exhaustively, types are not asserted, only the command line prints, files stay short.
 */
import tseslint from 'typescript-eslint';
import importWalls from './scripts/lint/import-walls.js';

export default tseslint.config(
  // The configuration in TypeScript imports the package, as a user's does: there is none before it is built.
  {
    ignores: [
      ...['dist', 'reports', 'fixtures', 'node_modules', '.cache', 'examples/**/*.ts'],
      ...['fuzz/corpus', 'fuzz/regressions', 'fuzz/findings'],
    ],
  },
  ...tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'prefer-const': 'error',
      'max-lines': ['error', 300],
      'no-param-reassign': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        // A default that stands for "every other kind" is a decision; a missing case is an oversight.
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { walls: importWalls },
    rules: { 'walls/imports': 'error' },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        ...['exit', 'exitCode', 'stdout', 'stderr', 'argv'].map((property) => ({
          object: 'process',
          property,
          message: 'Only src/cli/ prints, exits and reads the command line.',
        })),
      ],
    },
  },
  {
    // Readers meet data whose shape a decoder promises and TypeScript cannot know.
    files: ['src/formats/**/*.ts', 'test/formats/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
    },
  },
);
