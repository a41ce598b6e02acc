// What a command of the command line is.
import type { ParseArgsOptionsConfig } from 'node:util'
import type { System } from '../system.ts'

type Values = Readonly<Record<string, string | boolean | undefined | (string | boolean)[]>>

interface Described<Input> {
  /** One or two words. */
  readonly name: string
  readonly summary: string
  readonly usage: string
  readonly help: string
  readonly options: ParseArgsOptionsConfig
  /** @throws UsageError */
  parse(values: Values, positionals: readonly string[]): Input
}

/** A command over the opened stores of the environment. */
export interface SystemCommand<Input = unknown> extends Described<Input> {
  /** The exit code. */
  run(system: System, input: Input): Promise<number>
}

/** A command that needs no store and no settings: what it works on is given to it. */
export interface OfflineCommand<Input = unknown> extends Described<Input> {
  /** The exit code. */
  runOffline(input: Input): Promise<number>
}

export type Command = SystemCommand | OfflineCommand

/** The command line was not understood; the message says what to write. */
export class UsageError extends Error {
  readonly code = 'usage'
}

/** Declares a command; its input stays between its own `parse` and `run`. */
export const command = <Input>(declared: SystemCommand<Input>): Command => declared as SystemCommand

/** Declares a command that needs no store. */
export const offlineCommand = <Input>(declared: OfflineCommand<Input>): Command => declared as OfflineCommand
