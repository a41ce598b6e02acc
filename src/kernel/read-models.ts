// The read-model port: collections of documents that projections save and everybody else queries.
// No transactions are asked of an adapter: each document carries the position it stands at, and a save never takes it backwards.
// test/contract/read-models.ts is the contract.

/** How documents are found: by their top-level fields in this order, ties broken by id. */
export interface Index {
  readonly fields: readonly string[]
  /** Fields that stand in the index besides, so that documents can be filtered by them without being looked at. */
  readonly beside?: readonly string[]
}

/** What a projection's documents are called and how they can be found. The type parameter is the document. */
export interface Collection<Doc extends object = object> {
  readonly name: string
  /** Raised whenever the documents of the same events change. */
  readonly version: number
  /** By which documents are found and sorted; a field or a list of them is an index of just these. */
  readonly indexes: readonly (string | readonly string[] | Index)[]
  /** Top-level text fields whose words can be searched by prefix. */
  readonly search?: readonly string[]
  /** Carries the document's type; never set. */
  readonly document?: Doc
}

const isList = (index: string | readonly string[] | Index): index is readonly string[] => Array.isArray(index)

/** The indexes that a collection declares. */
export const indexesOf = ({ indexes }: Pick<Collection, 'indexes'>): readonly Required<Index>[] =>
  indexes.map((index) => {
    if (typeof index === 'string') return { fields: [index], beside: [] }
    return isList(index) ? { fields: index, beside: [] } : { beside: [], ...index }
  })

/** Every field by which documents of the collection can be found, once. */
export const indexedFields = (collection: Pick<Collection, 'indexes'>): readonly string[] => [
  ...new Set(indexesOf(collection).flatMap(({ fields, beside }) => [...fields, ...beside])),
]

export interface Stored<Doc = object> {
  readonly id: string
  /** Position of the last event folded into the document. */
  readonly position: bigint
  readonly document: Doc
}

/** A document to save; null leaves a tombstone, so that an older save cannot bring the document back. */
export interface Save {
  readonly id: string
  readonly position: bigint
  readonly document: object | null
  /** That nothing was saved under this id before, as far as whoever saves it knows: a hint for speed, no promise. */
  readonly isNew?: boolean
}

export type Scalar = string | number | boolean | null

/** A condition on one indexed field. All given bounds hold together. */
export type Condition =
  | Scalar
  | { readonly in: readonly Scalar[] }
  | { readonly prefix: string }
  | {
      readonly gte?: string | number
      readonly gt?: string | number
      readonly lte?: string | number
      readonly lt?: string | number
    }

export type Where<Doc> = { readonly [K in keyof Doc]?: Condition }

export interface Query<Doc> {
  readonly where?: Where<Doc>
  /** Words of which each must begin a word of the searched fields; case and accents do not matter. */
  readonly text?: string
  /** An indexed field; ties are broken by id. Without it: by id. */
  readonly sort?: { readonly by: keyof Doc & string; readonly direction?: 'ascending' | 'descending' }
  /** 1 to 1,000; default 50. */
  readonly limit?: number
  /** The `next` of the page before, asked with the same sort. */
  readonly after?: string
}

export interface Page<Doc> {
  readonly items: readonly Stored<Doc>[]
  /** Cursor of the next page; undefined when this is the last. */
  readonly next?: string
}

/**
 * One building of a collection's documents. A new version of a projection, or a rebuild of the same version, is a new generation: it is built
 * beside the live one and takes over when it has caught up.
 */
export interface Generation {
  readonly collection: Collection
  /** From 1, per name of a collection. */
  readonly number: number
}

export interface Checkpoint {
  readonly name: string
  readonly version: number
  readonly generation: number
  /** All events up to this position are folded in. */
  readonly position: bigint
  /** Whether this generation answers the queries. */
  readonly live: boolean
  /** Why the projection stopped, when it did. */
  readonly failure?: string
}

export interface Batch {
  readonly saves: readonly { readonly generation: Generation; readonly documents: readonly Save[] }[]
  /** Written after the documents, never before. A checkpoint never goes backwards. */
  readonly checkpoints: readonly { readonly generation: Generation; readonly position: bigint }[]
}

export interface ReadModels {
  /** The live generation's document. */
  get<Doc extends object>(collection: Collection<Doc>, id: string): Promise<Stored<Doc> | undefined>
  /** Those that exist, in no particular order. */
  getMany<Doc extends object>(collection: Collection<Doc>, ids: readonly string[]): Promise<Stored<Doc>[]>
  /** @throws InvalidQueryError for a field without an index or a cursor that is not one. */
  find<Doc extends object>(collection: Collection<Doc>, query?: Query<Doc>): Promise<Page<Doc>>
  count<Doc extends object>(collection: Collection<Doc>, query?: Pick<Query<Doc>, 'where' | 'text'>): Promise<number>

  /** For the projection runner: the documents of exactly this generation, tombstones included (document null). */
  load(generation: Generation, ids: readonly string[]): Promise<Save[]>
  /** @throws UnavailableError when a generation is not there (any more): another process has activated a later one. */
  save(batch: Batch): Promise<void>

  /** Makes room for a generation; the first of a name is live at once, later ones when activated. Repeating it changes nothing. */
  prepare(generation: Generation): Promise<void>
  /**
   * Builds what was put off for speed while catching up (secondary indexes), makes this generation live and drops the earlier ones of its name;
   * a later one may be under way in another process. Called once for each generation that has caught up, the first included, and again at later
   * starts; repeating it changes nothing. @throws UnavailableError when the generation is not there (any more).
   */
  activate(generation: Generation): Promise<void>
  /**
   * Whether the documents that a generation holds can be found by all that its collection declares now; false where fields were indexed after
   * it was prepared and the store cannot make up for it. True for one that is not there.
   */
  fits(generation: Generation): Promise<boolean>
  /** Records that the projection stopped and why; null when it goes on. */
  fail(generation: Generation, failure: string | null): Promise<void>
  checkpoints(): Promise<Checkpoint[]>
  close(): Promise<void>
}
