// What a command of the command line is.
import type { ParseArgsOptionsConfig } from 'node:util'
import type { System } from '../system.ts'

type Values = Readonly<Record<string, string | boolean | undefined | (string | boolean)[]>>

export interface Command<Input = unknown> {
  /** One or two words. */
  readonly name: string
  readonly summary: string
  readonly usage: string
  readonly help: string
  readonly options: ParseArgsOptionsConfig
  /** @throws UsageError */
  parse(values: Values, positionals: readonly string[]): Input
  /** The exit code. */
  run(system: System, input: Input): Promise<number>
}

/** The command line was not understood; the message says what to write. */
export class UsageError extends Error {
  readonly code = 'usage'
}

/** Declares a command; its input stays between its own `parse` and `run`. */
export const command = <Input>(declared: Command<Input>): Command => declared as Command
