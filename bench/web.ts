// Over HTTP, against a bare Hono app in a process like it: sales by 50 connections, and the dashboard page.
import { fileURLToPath } from 'node:url'
import { signIn } from '../test/live/client.ts'
import { type LiveServer, npmStartOptions, startServer } from '../test/live/server.ts'
import { type Contender, type Figure, inTurns } from './figure.ts'
import { basketOf, type History } from './history.ts'
import { requestText, underLoad } from './load.ts'
import { scaleOf } from './scale.ts'

const milliseconds = 2_000
const connections = 50

const bareServer = () => startServer('.', { main: fileURLToPath(new URL('bare-server.ts', import.meta.url)) })

/** Runs the bare server and one for each history, and ends them all whatever comes. */
async function withServers<Answer>(
  histories: readonly History[],
  use: (bare: string, ours: readonly { readonly url: string; readonly history: History }[]) => Promise<Answer>,
): Promise<Answer> {
  const running: LiveServer[] = []
  const run = async (starting: Promise<LiveServer>) => {
    const server = await starting
    running.push(server)
    return server.url
  }
  try {
    const bare = await run(bareServer())
    const ours: { url: string; history: History }[] = []
    // Read models that are behind are caught up before a server says that it is ready.
    for (const history of histories)
      ours.push({
        url: await run(startServer(history.folder, { nodeOptions: npmStartOptions, patience: 900_000 })),
        history,
      })
    return await use(bare, ours)
  } finally {
    await Promise.all(running.map((server) => server.stop()))
  }
}

/** Sales by many connections: requests a second. */
export function selling(url: string, { tills, ample }: History, headers: Readonly<Record<string, string>>): Contender {
  const requests = Array.from({ length: 2_000 }, (_, number) => {
    const payment = { method: number % 3 === 0 ? 'cash' : 'mpesa' }
    const sale = { ...tills[number % tills.length], lines: basketOf(ample, Math.random), payment }
    return requestText('POST', '/api/sales', headers, sale)
  })
  let next = 0
  const request = () => requests[next++ % requests.length] ?? ''
  return () => underLoad({ url, connections, milliseconds, request, status: 201 })
}

export const sales = (histories: readonly History[]): Promise<readonly Figure[]> =>
  withServers(histories, async (bare, ours) => {
    const contenders: Contender[] = []
    for (const { url, history } of ours)
      contenders.push(selling(url, history, { authorization: `Bearer ${await signIn(url)}` }))
    const [first] = histories
    if (first) contenders.push(selling(bare, first, { authorization: `Bearer ${'x'.repeat(400)}` }))
    const values = await inTurns(5, contenders)
    return scaleOf(histories, values, {
      name: `POST /api/sales, ${connections} connections`,
      unit: '/s',
      baseline: values.at(-1) ?? 0,
      against: 'bare Hono JSON POST',
      bound: { ratio: 0.2 },
      limitedBy: 'one core for HTTP, decisions and commits; the projections and the load share the other',
    })
  })

export const dashboard = (histories: readonly History[]): Promise<readonly Figure[]> =>
  withServers(histories, async (bare, ours) => {
    let size = 0
    const contenders: Contender[] = []
    const getting = (url: string, text: string): Contender => {
      return () => underLoad({ url, connections: 10, milliseconds, request: () => text, status: 200 })
    }
    for (const { url } of ours) {
      const cookie = `caminho-access=${await signIn(url, 'manager@caminho.test')}`
      size = Buffer.byteLength(await (await fetch(url, { headers: { cookie } })).text())
      contenders.push(getting(url, requestText('GET', '/', { cookie })))
    }
    contenders.push(getting(bare, requestText('GET', `/pages/${size}`, {})))
    const values = await inTurns(5, contenders)
    return scaleOf(histories, values, {
      name: `the dashboard page, ${Math.round(size / 1024)} kB`,
      unit: '/s',
      baseline: values.at(-1) ?? 0,
      against: 'bare Hono page of that size',
      bound: { ratio: 0.3 },
      limitedBy: 'a dozen queries and the rendering of the page',
    })
  })
