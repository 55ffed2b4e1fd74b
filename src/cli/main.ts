#!/usr/bin/env node
/**
 * The command line: declares the commands, maps what goes wrong to exit codes, ends the process.
 *
 * The process is ended rather than left to drain: the solver and the kernels keep worker threads. An
 * exception is a bug of plainproof and gets a code of its own, so that it never reads as a verdict.
 */
import { Command, CommanderError } from 'commander';
import { version } from '../version.ts';
import { declareAudit } from './audit.ts';
import { declareCheck } from './check.ts';
import { declareConvert } from './convert.ts';
import { exitCode } from './exit-code.ts';
import { declareGate } from './gate.ts';
import { declareInit } from './init.ts';
import { declareInspect } from './inspect.ts';
import { declareMerge } from './merge.ts';
import { ignoreBrokenPipes } from './output.ts';
import { declareProve } from './prove.ts';
import { declarePrune } from './prune.ts';
import { declareReport } from './report.ts';
import { declareVerify } from './verify.ts';

function crash(error: unknown): never {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`plainproof: internal error, please report it: ${text}\n`);
  process.exit(exitCode.internal);
}

async function main(): Promise<number> {
  let code: number = exitCode.usage;
  const end = (result: number): void => {
    code = result;
  };
  const program = new Command('plainproof')
    .description(
      'Removes residual connections from networks and proves that the function stays the same.',
    )
    .version(version)
    .showHelpAfterError('(--help says more)')
    .exitOverride();
  declareConvert(program, end);
  declarePrune(program, end);
  declareVerify(program, end);
  declareCheck(program, end);
  declareGate(program, end);
  declareInit(program, end);
  declareAudit(program, end);
  declareInspect(program, end);
  declareReport(program, end);
  declareProve(program, end);
  declareMerge(program, end);
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version that were asked for end well; everything else that commander throws is usage.
    return error.exitCode === 0 ? 0 : exitCode.usage;
  }
  return code;
}

ignoreBrokenPipes();
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
process.exit(await main());
