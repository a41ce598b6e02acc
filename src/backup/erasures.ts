// Who was erased, kept beside the archives: an archive that is older than an erasure still holds the key, which is then not restored.
import type { FileStore } from '../files/index.ts'
import type { KeyValueStore } from '../kernel/key-value.ts'
import { erasedIn } from '../kernel/vault.ts'

const folder = 'erasures/'
// Ids are UUIDs; whatever else one may be, it is no name of a file.
const nameOf = (person: string) => `${folder}${Buffer.from(person).toString('hex')}`
const personIn = (name: string) => Buffer.from(name.slice(folder.length), 'hex').toString()

/** Remembers an erasure where no restored archive can undo it. */
export const rememberErasure = async (files: FileStore, person: string): Promise<void> => {
  await files.write(nameOf(person), [])
}

/** Everybody who was erased: as it was remembered beside the archives, and as the keys' own store has it. */
export async function erasedPersons(files: FileStore, keyValue: KeyValueStore | undefined): Promise<Set<string>> {
  const erased = new Set<string>()
  for await (const { name } of files.list(folder)) erased.add(personIn(name))
  if (keyValue) for await (const person of erasedIn(keyValue)) erased.add(person)
  return erased
}
