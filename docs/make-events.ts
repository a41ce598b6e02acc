// Writes docs/events.md from the schemas and their comments: every fact that the log can hold. `npm run docs`
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { catalogues } from '../src/domain/events.ts'
import * as values from '../src/domain/values.ts'
import type { EventCatalogue, EventSchema } from '../src/kernel/event.ts'

const domain = join(import.meta.dirname, '../src/domain')
const page = join(import.meta.dirname, 'events.md')

const introduction = `# Events

Every fact that the log can hold, made from the schemas in \`src/domain\` by \`npm run docs\`; do not edit it. An event's stream is named by its
category and the id of what it happened to, such as \`sale-0195a3c0-…\`. Fields marked *personal* are encrypted with the key of the person whom the
event names, and read as \`null\` once that key is destroyed.`

/** The comments above declarations, by the name that is declared. */
function commentsIn(source: string): ReadonlyMap<string, string> {
  const comments = new Map<string, string>()
  for (const [, comment = '', name = ''] of source.matchAll(/\/\*\*([\s\S]*?)\*\/\s*(?:export const )?(\w+)/g))
    comments.set(name, comment.replace(/\s*\n\s*\*?\s*/g, ' ').trim())
  return comments
}

/** The names of the values that facts are made of. */
const valueNames = new Map<unknown, string>(Object.entries(values).map(([name, schema]) => [schema, name]))

function valuesTable(): string {
  const comments = commentsIn(readFileSync(join(domain, 'values.ts'), 'utf8'))
  const rows = [...valueNames].flatMap(([schema, name]) => {
    if (!(schema instanceof z.ZodType)) return []
    const options = schema instanceof z.ZodEnum ? ` One of ${optionsOf(schema)}.` : ''
    return [`| ${name} | ${comments.get(name) ?? ''}${options} |`]
  })
  return ['## Values', '', '| value | meaning |', '| --- | --- |', ...rows].join('\n')
}

const optionsOf = (schema: z.ZodEnum): string => schema.options.map((option) => `\`${option}\``).join(', ')

const integer = (schema: z.ZodType): string => {
  const { minimum, maximum } = z.toJSONSchema(schema)
  const bounds = [
    minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && `at least ${minimum}`,
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && `at most ${maximum}`,
  ]
  return ['integer', ...bounds.filter(Boolean)].join(', ')
}

/** What a field holds, in words. */
function kindOf(schema: unknown): string {
  const name = valueNames.get(schema)
  if (name) return name
  if (schema instanceof z.ZodNullable) return `${kindOf(schema.unwrap())} or null`
  if (schema instanceof z.ZodEnum) return optionsOf(schema)
  if (schema instanceof z.ZodArray)
    return schema.element instanceof z.ZodObject ? 'list' : `list of ${kindOf(schema.element)}`
  if (schema instanceof z.ZodNumber) return integer(schema)
  if (schema instanceof z.ZodString) return 'string'
  if (schema instanceof z.ZodBoolean) return 'true or false'
  return 'object'
}

/** The object that a field is, or is a list of. */
function objectIn(schema: unknown): { readonly object: z.ZodObject; readonly suffix: string } | undefined {
  if (schema instanceof z.ZodObject) return { object: schema, suffix: '' }
  if (schema instanceof z.ZodNullable) return objectIn(schema.unwrap())
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject)
    return { object: schema.element, suffix: '[]' }
  return undefined
}

const rowsOf = (object: z.ZodObject, path: string, personal: readonly string[]): string[] =>
  Object.entries(object.shape).flatMap(([field, schema]) => {
    const mark = personal.includes(field) ? ', *personal*' : ''
    const inner = objectIn(schema)
    return [
      `| ${path}${field} | ${kindOf(schema)}${mark} |`,
      ...(inner ? rowsOf(inner.object, `${path}${field}${inner.suffix}.`, []) : []),
    ]
  })

function eventSection(
  type: string,
  { schema, version, personalFields, person, erases }: EventSchema,
  comment?: string,
): string {
  const rows = schema instanceof z.ZodObject ? rowsOf(schema, '', personalFields) : []
  const about = [
    ...(comment ? [comment] : []),
    ...(erases ? [`Destroys the key of the person in ${person}.`] : []),
    ...(personalFields.length > 0 ? [`The personal fields are those of the person in ${person}.`] : []),
  ]
  const title = `### ${type}, version ${version}`
  return [
    title,
    '',
    ...(about.length > 0 ? [about.join(' '), ''] : []),
    '| field | value |',
    '| --- | --- |',
    ...rows,
  ].join('\n')
}

/** The source that declares a category. */
function sourceOf(category: string): string {
  for (const folder of readdirSync(domain, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue
    const source = readFileSync(join(domain, folder.name, 'events.ts'), 'utf8')
    if (source.includes(`events('${category}'`)) return source
  }
  throw new Error(`no source declares the events of ${category}`)
}

function catalogueSection({ category, types }: EventCatalogue): string {
  const source = sourceOf(category)
  const comments = commentsIn(source)
  const purpose = source.slice(0, source.indexOf('\n')).replace('// ', '')
  const sections = Object.entries(types).map(([type, schema]) => eventSection(type, schema, comments.get(type)))
  return [`## ${category}`, purpose, ...sections].join('\n\n')
}

/** The whole page. */
export const eventsPage = (): string =>
  `${[introduction, valuesTable(), ...catalogues.map(catalogueSection)].join('\n\n')}\n`

if (process.argv[1] === import.meta.filename) writeFileSync(page, eventsPage())
