// Where the embedded read models lie: a file for each group of projections, since each group is written by a thread of its own.
import { projectionGroups } from '../projections/index.ts'
import type { ReadModels } from './kernel/read-models.ts'
import { groupedReadModels } from './stores/sqlite/grouped-read-models.ts'
import { openSqliteReadModels } from './stores/sqlite/read-models.ts'

/** The file of a group, beside that of the first, which is at `path`. */
export const groupPath = (path: string, group: number): string =>
  group === 0 ? path : path.replace(/(\.sqlite)?$/, `-${group + 1}$1`)

/** The group that a projection belongs to; -1 for one that is none of ours. */
export const groupOf = (name: string): number =>
  projectionGroups.findIndex((group) => group.some((projection) => projection.name === name))

/** The files of all groups. */
export const groupPaths = (path: string): readonly string[] =>
  projectionGroups.map((_, group) => groupPath(path, group))

/** Opens the read models of all projections. */
export const openEmbeddedReadModels = ({ path }: { readonly path: string }): ReadModels =>
  groupedReadModels({
    files: projectionGroups.map((_, group) => openSqliteReadModels({ path: groupPath(path, group) })),
    fileOf: groupOf,
  })
