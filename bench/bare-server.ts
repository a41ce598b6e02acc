// The baseline of everything over HTTP: a process with a bare Hono app that reads JSON and answers JSON, or a page of the asked size.
import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()
app.post('/api/sales', async (c) => {
  const { lines } = await c.req.json()
  return c.json({ id: '0192d1a0-0000-7000-8000-000000000000', total: lines.length, tax: 16, position: '123456' }, 201)
})
const pages = new Map<number, string>()
app.get('/pages/:size', (c) => {
  const size = Number(c.req.param('size'))
  const page = pages.get(size) ?? '<p>é'.repeat(size / 5).padEnd(size)
  pages.set(size, page)
  return c.html(page)
})

const server = createAdaptorServer({ fetch: app.fetch }) as Server
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
if (address && typeof address === 'object') console.log(`ready at http://127.0.0.1:${address.port}`)
