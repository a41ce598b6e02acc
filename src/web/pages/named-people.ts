// People by name, for pages that tell who did something or who can be given it.
import { type Person, people } from '../../../projections/people.ts'
import type { Reader } from '../../../views/reader.ts'
import type { Assignee } from '../../domain/tasks/events.ts'
import type { AppContext } from '../environment.ts'

/** How people are called: those who were erased have no name any more; undefined for whoever is no person. */
export async function namesOf(c: AppContext, { t }: Reader, ids: readonly (string | null)[]) {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  const found = await c.get('system').models.getMany(people, wanted)
  const names = new Map(found.map(({ id, document }) => [id, document.name ?? t('common.erased-person')]))
  return (id: string | null): string | undefined => (id === null ? undefined : names.get(id))
}

/** Everybody who can sign in, by name. */
export async function activePeople(c: AppContext): Promise<readonly Person[]> {
  const found = await c
    .get('system')
    .models.find(people, { where: { active: true }, sort: { by: 'nameKey' }, limit: 1_000 })
  return found.items.map(({ document }) => document)
}

/** How the one who has a task is called. */
export async function assigneeNames(c: AppContext, reader: Reader, assignees: readonly Assignee[]) {
  const ids = assignees.flatMap(({ kind, id }) => (kind === 'person' ? [id] : []))
  const nameOf = await namesOf(c, reader, ids)
  return ({ kind, id }: Assignee): string =>
    kind === 'department' ? reader.t('tasks.department', { name: id }) : (nameOf(id) ?? reader.t('people.somebody'))
}
