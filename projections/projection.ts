// How a read model is declared here: a projection over the business's own events.
import type { DomainEvents } from '../src/domain/events.ts'
import { defineProjection, type Projection, type ProjectionDefinition } from '../src/kernel/projection.ts'

/** A read model named `name` whose documents are `Doc`. */
export const projection = <Doc extends object>(
  name: string,
  definition: ProjectionDefinition<Doc, DomainEvents>,
): Projection<Doc> => defineProjection<Doc, DomainEvents>(name, definition)

/** How an event that begins a document applies to it: `initial` has said everything. */
export const asItBegan = <Doc>(document: Doc): Doc => document
