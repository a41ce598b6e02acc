// How an API route is declared: method, path, what it takes and answers, and who may call it. The OpenAPI document comes from the same lines.
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Permission } from '../../auth/permissions.ts'
import type { Outcome } from '../../commands/handling.ts'
import { authorise } from '../authenticate.ts'
import { tellDone } from '../consistency.ts'
import type { AppContext, Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'

const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})

const commonAnswers = {
  400: problemAnswer('The request cannot be read'),
  401: problemAnswer('Not signed in'),
  403: problemAnswer('Not permitted'),
  404: problemAnswer('Not found'),
  409: problemAnswer('The rules of the business do not allow it now'),
  422: problemAnswer('A field is not valid'),
  429: problemAnswer('Too many requests'),
  503: problemAnswer('Try again shortly'),
}

interface RouteOptions<Answer extends z.ZodType | undefined, Status extends 200 | 201 | 202> {
  readonly summary: string
  readonly tag: string
  /** Undefined: any caller who has signed in; 'public': anybody. */
  readonly permission?: Permission | 'public'
  /** 200 unless told otherwise. */
  readonly status?: Status
  /** The schema of the JSON answer; without it the handler answers with a response of its own making. */
  readonly answer?: Answer
  /** The media type of an answer that is not JSON, such as text/csv. */
  readonly media?: string
  /** The media types of a body that is not JSON: the handler reads it. */
  readonly accepts?: readonly string[]
}

/**
 * The schema, judging by compiled code from the first body on. The validator asks for a promise, which zod's compiled code does not give; none
 * of our bodies needs to wait for anything.
 */
function compiled(schema: z.ZodType): z.ZodType {
  let judge: z.ZodType | undefined
  return Object.assign(schema, {
    safeParseAsync: async (body: unknown) => {
      judge ??= z.compile(schema)
      return judge.safeParse(body)
    },
  })
}

/** The parts of a request, for `createRoute`. */
interface RequestParts {
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
}

const position = z.string().describe('Position in the log: pass it as minPosition to read your own write')

/** The answer to a command: what it says, and the position of what it recorded. */
export const commandAnswer = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ ...shape, position })

/** Query parameters of every list. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(2000).optional().describe('The `next` of the page before'),
}

/** A page of a list: its items, and the cursor of the next page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item).readonly(), next: z.string().nullable() })

export const idParam = z.object({ id: z.string().min(1).max(100) })

const text = { type: 'string' } as const
const repeatable = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: text,
  description: 'Repeated with the same key, the request is done once and answered alike',
} as const
const consistent = {
  name: 'minPosition',
  in: 'query',
  schema: text,
  description: 'Waits up to 2 s until the read models have reached this position; also taken as a header',
} as const
const parametersOf = { post: [repeatable], get: [consistent], patch: [], put: [], delete: [] }

type Or<Given, Bound, Otherwise> = Given extends Bound ? Given : Otherwise
type Nothing = z.ZodObject<Record<never, never>>

/** The declared parts, as createRoute's types want them: present even where they are empty. */
interface Request<Parts extends RequestParts> {
  params: Or<Parts['params'], z.ZodObject, Nothing>
  query: Or<Parts['query'], z.ZodObject, Nothing>
  body: { required: true; content: { 'application/json': { schema: Or<Parts['body'], z.ZodType, z.ZodUnknown> } } }
}

/** What a handler must answer when all goes well; problems are thrown. */
type Answers<Answer extends z.ZodType | undefined, Status extends 200 | 201 | 202> = {
  [S in Status]: Answer extends z.ZodType
    ? { description: string; content: { 'application/json': { schema: Answer } } }
    : { description: string }
}

const ofMedia = (types: readonly string[]) =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))

/** Declares a route for `api.openapi(route(...), handler)`. */
export function route<
  const Method extends 'get' | 'post' | 'patch' | 'put' | 'delete',
  const Path extends string,
  Parts extends RequestParts,
  Answer extends z.ZodType | undefined = undefined,
  const Status extends 200 | 201 | 202 = 200,
>(method: Method, path: Path, parts: Parts, options: RouteOptions<Answer, Status>) {
  const { summary, tag, permission, answer, media, accepts, status = 200 } = options
  const content = answer
    ? { 'application/json': { schema: answer } }
    : media
      ? { [media]: { schema: z.string() } }
      : undefined
  const request = {
    ...(parts.params && { params: parts.params }),
    ...(parts.query && { query: parts.query }),
    ...(parts.body && { body: { required: true, content: { 'application/json': { schema: compiled(parts.body) } } } }),
    ...(accepts && { body: { required: true, content: ofMedia(accepts) } }),
  }
  const responses = { [status]: { description: summary, ...(content && { content }) }, ...commonAnswers }
  return createRoute({
    method,
    path,
    summary,
    tags: [tag],
    security: permission === 'public' ? [] : [{ bearer: [] }],
    ...(permission === 'public' ? {} : { middleware: authorise(permission) }),
    parameters: [...parametersOf[method]],
    ...(permission && { 'x-permission': permission }),
    request: request as unknown as Request<Parts>,
    responses: responses as unknown as Answers<Answer, Status>,
  })
}

/** What is wrong with which field; a field that is not known is named itself. */
const fieldsOf = (issue: z.core.$ZodIssue) =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ field: [...issue.path, key].join('.'), message: 'This field is not known here' }))
    : [{ field: issue.path.join('.'), message: issue.message }]

/** An empty API whose invalid input is answered with every field that is wrong. */
export const apiRoutes = (): OpenAPIHono<Environment> =>
  new OpenAPIHono<Environment>({
    defaultHook: (result) => {
      if (result.success) return
      throw new ProblemError('invalid-input', { errors: result.error.issues.flatMap(fieldsOf) })
    },
  })

/** The answer of a command with its position; a rejection becomes a problem. */
export function done<Answer extends object>(c: AppContext, outcome: Outcome<Answer>): Answer & { position: string } {
  tellDone(c, outcome)
  return { ...outcome.value, position: String(outcome.position) }
}
