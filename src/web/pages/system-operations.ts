// Projections, parked events and the log, as pages show them and administrators see to them.
import { Hono } from 'hono'
import { projections } from '../../../projections/index.ts'
import { layout } from '../../../views/layout.ts'
import { type LogLevel, logLevels, logsContent } from '../../../views/pages/system-logs.ts'
import { projectionsContent } from '../../../views/pages/system-projections.ts'
import { holdsIn } from '../../subscribers/holds.ts'
import { parkedEvents } from '../../subscribers/parked-events.ts'
import { holdProjection, settleParked } from '../api/operations.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { type AppContext, callerMay, type Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { frameOf } from './frame.ts'
import { leadTo } from './redirect.ts'
import { tell } from './toasts.ts'

const read = authorise('system.read')
const operate = authorise('system.operate')
const linesShown = 200

/** How fast each generation has moved between two askings, whoever asked: positions a second. */
function rates() {
  let before = new Map<string, bigint>()
  let at = 0
  let known = new Map<string, number>()
  return (positions: ReadonlyMap<string, bigint>, now: number): ReadonlyMap<string, number> => {
    const seconds = (now - at) / 1_000
    if (seconds < 1) return known
    known = new Map(
      [...positions].flatMap(([key, position]) => {
        const last = before.get(key)
        return last === undefined ? [] : [[key, Number(position - last) / seconds] as const]
      }),
    )
    before = new Map(positions)
    at = now
    return known
  }
}

export function systemOperationsPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const rateOf = rates()

  pages.get('/system/projections', read, async (c) => {
    const { monitoring, keyValue, now, reactors } = c.get('system')
    const [frame, { head, projections: all }, held, parked] = await Promise.all([
      frameOf(c, assets),
      monitoring.lag(),
      holdsIn(keyValue).all(),
      parkedEvents(keyValue).all(),
    ])
    const keyOf = ({ name, generation }: (typeof all)[number]) => `${name} ${generation}`
    const rate = rateOf(new Map(all.map((one) => [keyOf(one), one.position])), now().getTime())
    const main = projectionsContent(frame.reader, {
      head,
      projections: all
        .map((one) => ({ ...one, held: held.has(one.name), rate: rate.get(keyOf(one)) }))
        .sort((a, b) => a.name.localeCompare(b.name)),
      reactors: reactors()
        .positions()
        .map(({ name, position }) => ({
          name,
          position,
          parked: parked.filter(({ reactor }) => reactor === name).length,
        })),
      parked,
      mayOperate: callerMay(c, 'system.operate'),
      mayRebuild: callerMay(c, 'system.write'),
    })
    const title = frame.reader.t('system.title')
    return c.html(layout(frame, { title, main, current: 'system' }))
  })

  const done = (c: AppContext) => {
    tell(c, 'system.asked')
    return leadTo(c, '/system/projections')
  }

  for (const [verb, held] of [
    ['stop', true],
    ['start', false],
  ] as const)
    pages.post(`/system/projections/:name/${verb}`, operate, async (c) => {
      await holdProjection(c, c.req.param('name') ?? '', held)
      return done(c)
    })

  pages.post('/system/projections/:name/rebuild', authorise('system.write'), (c) => {
    const name = c.req.param('name')
    if (!projections.some((known) => known.name === name)) throw new ProblemError('unknown-projection', { name })
    c.get('system').rebuild(name)
    return done(c)
  })

  for (const how of ['replay', 'discard'] as const)
    pages.post(`/system/parked/:reactor/:eventId/${how}`, operate, async (c) => {
      const { reactor = '', eventId = '' } = c.req.param()
      const outcome = await settleParked(c, { reactor, eventId }, how)
      tell(c, outcome === 'done' ? 'common.saved' : 'system.parked.failed', outcome === 'done' ? 'good' : 'danger')
      return leadTo(c, '/system/projections')
    })

  pages.get('/system/logs', read, async (c) => {
    const { recentLogs, config } = c.get('system')
    const frame = await frameOf(c, assets)
    const level = (Object.keys(logLevels) as LogLevel[]).find((known) => known === c.req.query('level')) ?? 'all'
    const text = (c.req.query('text') ?? '').slice(0, 100)
    const lines = recentLogs.read({ level: logLevels[level], text, limit: linesShown })
    const main = logsContent(frame.reader, { node: config.nodeName, level, text, lines })
    return c.html(layout(frame, { title: frame.reader.t('system.title'), main, current: 'system' }))
  })

  return pages
}
