// The names of all spans and of their own attributes. Names of semantic conventions stand where they are used in that form.

export const spans = {
  /** A command: decided, perhaps several times, and appended. */
  command: 'command',
  /** One run of the rules over the states at hand. */
  decide: 'decide',
  /** One atomic append to the log. Its context is kept in the events' metadata. */
  append: 'append',
  /** A batch of events folded into read models. Linked to the appends of its events. */
  project: 'project',
  /** A reaction to one event. Linked to its append. */
  react: 'react',
  /** An event told to everybody who listens. Linked to its append. */
  push: 'push',
  /** One mail delivered, or tried. Linked to what queued it. */
  mail: 'mail',
} as const

export const attributes = {
  outcome: 'caminho.command.outcome',
  /** How often the rules were run: anew for each stream that had to be read, and after each conflict. */
  runs: 'caminho.command.runs',
  events: 'caminho.events',
  eventTypes: 'caminho.event.types',
  position: 'caminho.position',
  projections: 'caminho.projections',
  reactor: 'caminho.reactor',
  attempt: 'caminho.attempt',
  /** What became of a mail. */
  verdict: 'caminho.mail.verdict',
} as const
