// Reads our own OpenAPI document into what its page shows: references followed, schemas laid out as lists of fields.
import { z } from 'zod'
import type { ApiContent, ApiDocs, ApiField, ApiOperation } from '../../../views/pages/api-docs.ts'

interface Schema {
  readonly $ref?: string | undefined
  readonly type?: string | readonly string[] | undefined
  readonly format?: string | undefined
  readonly description?: string | undefined
  readonly enum?: readonly unknown[] | undefined
  readonly properties?: Readonly<Record<string, Schema>> | undefined
  readonly required?: readonly string[] | undefined
  readonly items?: Schema | undefined
  readonly anyOf?: readonly Schema[] | undefined
  readonly oneOf?: readonly Schema[] | undefined
  readonly allOf?: readonly Schema[] | undefined
}

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    format: z.string().optional(),
    description: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    items: schema.optional(),
    anyOf: z.array(schema).optional(),
    oneOf: z.array(schema).optional(),
    allOf: z.array(schema).optional(),
  }),
)
const contents = z.record(z.string(), z.looseObject({ schema: schema.optional() }))

const operation = z.looseObject({
  summary: z.string(),
  tags: z.array(z.string()),
  'x-permission': z.string().optional(),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        description: z.string().optional(),
        schema: schema.optional(),
      }),
    )
    .default([]),
  requestBody: z.looseObject({ content: contents }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: contents.optional() })),
})

const openApi = z.looseObject({
  info: z.looseObject({ description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), schema).default({}) }),
})

type Schemas = Readonly<Record<string, Schema>>

/** Fields within fields are shown so deep. */
const deepest = 3

const follow = (schemas: Schemas, given: Schema): Schema => {
  const named = given.$ref?.replace('#/components/schemas/', '')
  return (named && schemas[named]) || given
}

/** A schema that may be null says so in its type; the rest of it is what counts. */
function withoutNull(schemas: Schemas, given: Schema): { readonly of: Schema; readonly nullable: boolean } {
  const followed = follow(schemas, given)
  const parts = followed.anyOf ?? followed.oneOf
  if (!parts) return { of: followed, nullable: Array.isArray(followed.type) && followed.type.includes('null') }
  const real = parts.filter(({ type }) => type !== 'null')
  const [only] = real
  return { of: real.length === 1 && only ? follow(schemas, only) : followed, nullable: real.length < parts.length }
}

function typeOf(schemas: Schemas, given: Schema): string {
  const { of, nullable } = withoutNull(schemas, given)
  const orNull = nullable ? ' or null' : ''
  if (of.enum)
    return (
      of.enum
        .filter((value) => value !== null)
        .map(String)
        .join(' | ') + orNull
    )
  if (of.items) return `list of ${typeOf(schemas, of.items)}${orNull}`
  const parts = of.anyOf ?? of.oneOf
  if (parts) return parts.map((part) => typeOf(schemas, part)).join(' or ')
  const types = typeof of.type === 'string' ? [of.type] : (of.type ?? ['object'])
  const named = types.filter((type) => type !== 'null').join(' or ')
  return (of.format ? `${named} (${of.format})` : named) + orNull
}

/** Fields of an object, or of the objects in a list. */
function fieldsOf(schemas: Schemas, given: Schema, depth = 0): ApiField[] {
  const { of } = withoutNull(schemas, given)
  if (of.items) return fieldsOf(schemas, of.items, depth)
  const parts = [of, ...(of.allOf ?? []).map((part) => follow(schemas, part))]
  return parts.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).flatMap(([name, field]) => [
      {
        name,
        type: typeOf(schemas, field),
        required: required.includes(name),
        description: field.description ?? '',
        depth,
      },
      ...(depth + 1 < deepest ? fieldsOf(schemas, field, depth + 1) : []),
    ]),
  )
}

function contentOf(schemas: Schemas, content: z.infer<typeof contents> | undefined): ApiContent {
  const types = Object.entries(content ?? {})
  const [, first] = types[0] ?? []
  return { media: types.map(([type]) => type).join(', '), fields: first?.schema ? fieldsOf(schemas, first.schema) : [] }
}

/** What the page shows of a document that `getOpenAPI31Document` gave. */
export function readOpenApi(document: unknown): ApiDocs {
  const { info, paths, components } = openApi.parse(JSON.parse(JSON.stringify(document)))
  const { schemas } = components
  const areas = new Map<string, ApiOperation[]>()
  for (const [path, methods] of Object.entries(paths))
    for (const [method, told] of Object.entries(methods)) {
      const [area = ''] = told.tags
      const [status = '', response] = Object.entries(told.responses)[0] ?? []
      const read: ApiOperation = {
        id: `${method}${path.replaceAll(/[^a-z]+/gi, '-')}`,
        method: method.toUpperCase(),
        path,
        summary: told.summary,
        permission: told['x-permission'],
        parameters: told.parameters.map(({ name, required = false, description = '', schema = {} }) => ({
          name,
          type: typeOf(schemas, schema),
          required,
          description: description || (schema.description ?? ''),
          depth: 0,
        })),
        body: told.requestBody && contentOf(schemas, told.requestBody.content),
        answer: { status, ...contentOf(schemas, response?.content) },
      }
      areas.set(area, [...(areas.get(area) ?? []), read])
    }
  return { about: info.description, areas: [...areas].map(([name, operations]) => ({ name, operations })) }
}
