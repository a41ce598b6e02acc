// The gateway over a real shop: who gets in, what they are told, what makes it close, and that it goes on whatever is thrown at it.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { decodeJwt } from 'jose'
import { closeCodes } from '../../client/push/protocol.ts'
import { addAccount } from '../../src/auth/accounts.ts'
import { raiseAlert, resolveAlert } from '../../src/commands/alerts.ts'
import { changeRole, changeWorkplace } from '../../src/commands/people.ts'
import { collect } from '../../src/kernel/event-store.ts'
import { openPush } from '../../src/push/index.ts'
import { soon } from '../contract/opened.ts'
import { password, type RunningShop, startShop } from '../support/app.ts'
import { type Ear, heard, listen } from './ears.ts'
import { rawSocket } from './raw-socket.ts'
import { positionsOf, sell, stockUp } from './selling.ts'

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    'all',
    '*',
    'new-sale',
    'location:',
    'user:x',
    '__proto__',
    '-1',
    '0',
    '9'.repeat(19),
    '9'.repeat(40),
    true,
  ),
)
const few = <Value>(value: fc.Arbitrary<Value>) => fc.oneof(odd, fc.array(value, { maxLength: 4 }))
/** What follows the protocol, or nearly so, or not at all. */
const nearlySaid = fc
  .oneof(
    { weight: 1, arbitrary: fc.jsonValue() },
    {
      weight: 4,
      arbitrary: fc.record(
        {
          token: odd,
          subscribe: fc.oneof(
            odd,
            fc.record(
              {
                rooms: few(odd),
                events: few(odd),
                filter: fc.oneof(odd, fc.dictionary(fc.string(), few(odd), { maxKeys: 10 })),
              },
              { requiredKeys: [] },
            ),
          ),
          after: odd,
          ping: odd,
          presence: odd,
        },
        { requiredKeys: [] },
      ),
    },
  )
  .map((value) => JSON.stringify(value))

describe('the push gateway', () => {
  let shop: RunningShop
  before(async () => {
    shop = await startShop()
    await stockUp(shop)
  })
  after(() => shop.close())

  /** Hears one more sale, whatever else is heard. */
  const hearsSale = async (ear: Ear) => {
    const saleId = await sell(shop)
    await ear.until(() => ear.messages.some(({ data }) => 'saleId' in data && data.saleId === saleId), `sale ${saleId}`)
  }
  const subscribed = async (token: string, said: Parameters<typeof listen>[2]) => {
    const ear = await listen(shop.pushUrl, token, said)
    await ear.until(() => heard(ear, 'caughtUp') || heard(ear, 'error'), 'the answer to a subscription')
    return ear
  }
  /** Somebody new, signed in. */
  async function somebody(role: 'employee' | 'manager', departments: string[] = []) {
    const email = `${randomBytes(4).toString('hex')}@shop.test`
    const person = { name: email, email, phone: null, role, departments, locationId: null, password }
    const added = await addAccount(shop.system, person, shop.system.self('tests'))
    assert(!added.rejected)
    const { status, body } = await shop.call('POST', '/api/auth/login', { body: { email, password } })
    assert.equal(status, 200, JSON.stringify(body))
    const token = String(body.accessToken)
    return { id: added.value.id, token, sessionId: String(decodeJwt(token).sid) }
  }

  describe('lets in', () => {
    test('by the Authorization header', async () => {
      const texts: string[] = []
      const headers = { Authorization: `Bearer ${shop.tokenOf('employee')}` }
      const raw = rawSocket({ url: shop.pushUrl, headers, onText: (text) => texts.push(text) })
      assert.equal(await raw.status, 101)
      raw.text('{"ping":"there?"}')
      await new Promise<void>((resolve) => raw.tcp.on('data', () => texts.length > 0 && resolve()))
      assert.match(texts[0] ?? '', /"ping":"there\?"/)
      raw.cut()
    })

    test('by the subprotocol, and tells of every sale in the form that is promised', async () => {
      const ear = await listen(shop.pushUrl, shop.tokenOf('employee'))
      await hearsSale(ear)
      const [told] = ear.messages
      assert.deepEqual(Object.keys(told ?? {}), ['event', 'position', 'at', 'room', 'data'])
      assert.equal(told?.room, `location:${shop.ids.shop}`)
      assert.deepEqual(ear.controls, [])
      await ear.close()
    })

    test('by the first message', async () => {
      const ear = await listen(shop.pushUrl, undefined, { token: shop.tokenOf('employee') })
      await hearsSale(ear)
      await ear.close()
    })

    test('over the main port, which passes it on', async () => {
      const ear = await listen(`${shop.url.replace('http', 'ws')}/ws`, shop.tokenOf('employee'))
      await hearsSale(ear)
      await ear.close()
      const other = rawSocket({ url: `${shop.url.replace('http', 'ws')}/elsewhere` })
      assert.equal(await other.status, 404)
    })

    test('a page by its cookie, from its own origin only', async () => {
      const url = `${shop.url.replace('http', 'ws')}/ws`
      const Cookie = `theme=dark; caminho-access=${shop.tokenOf('employee')}`
      const statusFrom = async (Origin: string) => {
        const raw = rawSocket({ url, headers: { Cookie, Origin } })
        const status = await raw.status
        raw.cut()
        return status
      }
      assert.equal(await statusFrom(shop.url), 101)
      assert.equal(await statusFrom('https://elsewhere.example'), 403)
      assert.equal(await statusFrom('null'), 403)
    })
  })

  describe('closes', () => {
    const afterSaying = async (said: string | Uint8Array<ArrayBuffer>) => {
      const ear = await listen(shop.pushUrl, shop.tokenOf('employee'))
      ear.raw(said)
      return ear.closed()
    }
    const nested = `${'['.repeat(3000)}${']'.repeat(3000)}`
    for (const [what, said, code] of [
      ['what is not JSON', 'hello', 4400],
      ['what says nothing', '{}', 4400],
      ['a field that is not known', '{"shout":true}', 4400],
      ['a room that is none', '{"subscribe":{"rooms":["kitchen"]}}', 4400],
      ['an event that is none', '{"subscribe":{"events":["new-moon"]}}', 4400],
      ['a position that is none', '{"after":"soon"}', 4400],
      [
        'a filter without end',
        JSON.stringify({ subscribe: { filter: Object.fromEntries(Array.from({ length: 9 }, (_, at) => [at, 1])) } }),
        4400,
      ],
      ['nested lists', nested, 4400],
      ['a binary message', new Uint8Array([1, 2, 3]), 1003],
      ['a message that is too long', JSON.stringify({ ping: 'x'.repeat(9_000) }), 1009],
      ['a token that is not ours', '{"token":"nonsense"}', 4401],
      ['a position of the future', '{"after":"999999999"}', 4404],
    ] as const)
      test(`on ${what}: ${code}`, async () => assert.equal(await afterSaying(said), code))

    test('when the token is not good: 4401', async () => {
      assert.equal(await (await listen(shop.pushUrl, 'nonsense')).closed(), 4401)
    })

    test('when the token expires: 4401', async () => {
      const { exp = 0 } = decodeJwt(shop.tokenOf('employee'))
      const push = openPush({ ...shop.system, now: () => new Date(exp * 1000 - 300) })
      const { port } = await push.listen(createServer())
      const ear = await listen(`ws://127.0.0.1:${port}/ws`, shop.tokenOf('employee'))
      assert.equal(await ear.closed().finally(() => push.close()), 4401)
    })

    test('when there are too many already: 1013', async () => {
      const push = openPush({ ...shop.system, gateway: { most: 2 } })
      const url = `ws://127.0.0.1:${(await push.listen(createServer())).port}/ws`
      const ears = [await listen(url, shop.tokenOf('employee')), await listen(url, shop.tokenOf('employee'))]
      assert.equal(await (await listen(url, shop.tokenOf('employee'))).closed(), 1013)
      await ears[0]?.close()
      const room = await listen(url, shop.tokenOf('employee'), { ping: 'in' })
      await room.until(() => heard(room, 'pong'), 'that there is room again').finally(() => push.close())
    })

    test('when messages come too fast: 4429', async () => {
      const ear = await listen(shop.pushUrl, shop.tokenOf('employee'))
      for (let at = 0; at < 40; at += 1) ear.say({ ping: String(at) })
      assert.equal(await ear.closed(), 4429)
    })

    test('when somebody else’s token comes later: 4401', async () => {
      const ear = await listen(shop.pushUrl, shop.tokenOf('employee'))
      ear.say({ token: shop.tokenOf('manager') })
      assert.equal(await ear.closed(), 4401)
    })
  })

  test('refuses a room that is not theirs, and leaves everything as it was', async () => {
    const ear = await listen(shop.pushUrl, shop.tokenOf('employee'), { subscribe: { rooms: ['role:admin'] } })
    await ear.until(() => heard(ear, 'error'), 'the refusal')
    assert.deepEqual(
      ear.controls.map((control) => 'error' in control && control.error.code),
      ['room-not-allowed'],
    )
    await hearsSale(ear)
    await ear.close()
  })

  test('narrows by room, event and filter', async () => {
    const token = shop.tokenOf('employee')
    const { shop: here, warehouse, oil, rice } = shop.ids
    const inShop = await subscribed(token, { subscribe: { rooms: [`location:${here}`] } })
    const elsewhere = await subscribed(token, { subscribe: { rooms: [`location:${warehouse}`] } })
    const everywhere = await subscribed(token, { subscribe: { rooms: ['all'], events: ['stock-changed'] } })
    const ofOil = await subscribed(token, {
      subscribe: { events: ['stock-changed'], filter: { productId: [oil, 'other'] } },
    })
    const ofRice = await subscribed(token, { subscribe: { events: ['*'], filter: { productId: rice } } })
    await hearsSale(inShop)
    await everywhere.until(() => everywhere.messages.length === 1, 'the change of stock')
    await ofOil.until(() => ofOil.messages.length === 1, 'the change of stock')
    assert.deepEqual([everywhere.messages[0]?.room, everywhere.messages[0]?.event], ['all', 'stock-changed'])
    assert.deepEqual([elsewhere.messages, ofRice.messages], [[], []])
    for (const ear of [inShop, elsewhere, everywhere, ofOil, ofRice]) await ear.close()
  })

  test('tells alerts about the system to those who may read it, and to nobody else', async () => {
    const admin = await listen(shop.pushUrl, shop.tokenOf('admin'))
    const manager = await listen(shop.pushUrl, shop.tokenOf('manager'))
    const alert = { kind: 'projection-stopped', subject: 'sales' } as const
    await raiseAlert(shop.system, { ...alert, detail: 'for the test' }, shop.system.self('tests'))
    await resolveAlert(shop.system, alert, shop.system.self('tests'))
    await admin.until(() => admin.messages.length === 2, 'both alerts')
    assert.deepEqual(
      admin.messages.map(({ event, data }) => [event, 'change' in data && data.change]),
      [
        ['system-update', 'alert-raised'],
        ['system-update', 'alert-resolved'],
      ],
    )
    await hearsSale(manager)
    assert.equal(manager.messages.length, 1)
    await admin.close()
    await manager.close()
  })

  test('gives who resumes exactly what they missed, and nothing that was told before they asked', async () => {
    const from = await shop.system.store.head()
    for (let at = 0; at < 450; at += 1) await sell(shop)
    const expected = () => positionsOf(shop, 'SaleRegistered', from)
    const token = shop.tokenOf('employee')
    // What happens between the opening and the first word must not be told twice.
    const late = await listen(shop.pushUrl, token)
    await sell(shop)
    late.say({ after: String(from) })
    await late.until(() => heard(late, 'caughtUp'), 'the end of what was missed')
    await hearsSale(late)
    assert.deepEqual(late.positions(), await expected())
    const byAddress = await listen(`${shop.pushUrl}?after=${from}`, token)
    await byAddress.until(() => byAddress.messages.length === 452, 'all that was missed')
    assert.deepEqual(byAddress.positions(), await expected())
    await late.close()
    await byAddress.close()
  })

  test('follows what becomes of a person', async () => {
    const { id, token, sessionId } = await somebody('employee', ['Caixa'])
    const ear = await listen(shop.pushUrl, token, { subscribe: { rooms: ['department:Caixa', 'all'] } })
    await ear.until(() => heard(ear, 'caughtUp'), 'the answer')
    const self = shop.system.self('tests')
    await changeWorkplace(shop.system, { personId: id, departments: ['Armazém'], locationId: null }, self)
    await hearsSale(ear)
    ear.say({ subscribe: { rooms: ['department:Caixa'] } })
    await ear.until(() => heard(ear, 'error'), 'the refusal of a room that is no longer theirs')
    ear.say({ subscribe: { rooms: ['department:Armazém', 'all'] } })
    await hearsSale(ear)

    const revoked = await shop.system.login.revoke(sessionId, 'by-administrator', self)
    assert(!revoked.rejected)
    await sell(shop)
    assert.equal(await ear.closed(), 4401)
    assert(ear.positions().every((position) => BigInt(position) < revoked.position))
    assert.equal(await (await listen(shop.pushUrl, token)).closed(), 4401)
  })

  test('sends away whose role has changed, since their token tells the old one', async () => {
    const { id, token } = await somebody('manager')
    const ear = await listen(shop.pushUrl, token)
    await hearsSale(ear)
    const outcome = await changeRole(shop.system, { personId: id, role: 'employee' }, shop.system.self('tests'))
    assert(!outcome.rejected)
    assert.equal(await ear.closed(), 4401)
  })

  test('tells who is there to those who may know', async () => {
    const admin = await listen(shop.pushUrl, shop.tokenOf('admin'), { presence: true })
    await admin.until(() => heard(admin, 'presence'), 'who is there')
    const [told] = admin.controls.flatMap((control) => ('presence' in control ? [control.presence] : []))
    assert.equal(told?.count, told?.people?.length)
    assert.equal((await shop.call('GET', '/api/presence', { as: 'admin' })).body.count, told?.count)
    assert.equal((await shop.call('GET', '/api/presence', { as: 'employee' })).status, 403)
    const employee = await listen(shop.pushUrl, shop.tokenOf('employee'), { presence: true })
    await employee.until(() => heard(employee, 'presence'), 'how many are there')
    assert.deepEqual(employee.controls, [{ presence: { count: (told?.count ?? 0) + 1, people: null } }])
    await admin.close()
    await employee.close()
  })

  test('answers whatever is said in JSON, or closes with a code of the protocol', () => {
    const codes: readonly number[] = Object.values(closeCodes)
    return fc.assert(
      fc.asyncProperty(nearlySaid, async (text) => {
        let answered: () => void = () => undefined
        const answer = new Promise<'answered'>((resolve) => {
          answered = () => resolve('answered')
        })
        const raw = rawSocket({
          url: shop.pushUrl,
          headers: { Authorization: `Bearer ${shop.tokenOf('employee')}` },
          onText: (told) => told.startsWith('{"pong":{"ping":"still there?"') && answered(),
        })
        assert.equal(await raw.status, 101)
        raw.text(text)
        raw.text('{"ping":"still there?"}')
        const end = await soon(Promise.race([answer, raw.closed]), `an answer to ${text}`)
        assert(end === 'answered' || codes.includes(end), `${end} after ${text}`)
        raw.cut()
      }),
      { numRuns: 300 },
    )
  })

  test('is unharmed by whatever is thrown at it', async () => {
    const head = await shop.system.store.head()
    const frames = Array.from({ length: 120 }, () => randomBytes(1 + Math.floor(Math.random() * 300)))
    await Promise.all(
      frames.map(async (garbage, at) => {
        const raw = rawSocket({
          url: shop.pushUrl,
          headers: { 'Sec-WebSocket-Protocol': `bearer.${shop.tokenOf('employee')}` },
        })
        assert.equal(await raw.status, 101)
        if (at % 3 === 0) raw.tcp.write(garbage)
        else if (at % 3 === 1) raw.frame(garbage[0] ?? 0, garbage)
        else raw.frame(1, Buffer.alloc(200_000, 'x'))
        raw.tcp.end()
        await raw.closed
      }),
    )
    const ear = await listen(shop.pushUrl, shop.tokenOf('employee'))
    await hearsSale(ear)
    const recorded = await collect(shop.system.store.readAll({ after: head }))
    assert(recorded.every(({ metadata }) => metadata.actor === 'system:tests'))
    await ear.close()
  })

  test('says when to come back before it goes', async () => {
    const own = await startShop()
    const ears = await Promise.all(Array.from({ length: 20 }, () => listen(own.pushUrl, own.tokenOf('employee'))))
    await own.close()
    assert.deepEqual(new Set(await Promise.all(ears.map(({ closed }) => closed()))), new Set([1001]))
    const hints = ears.flatMap(({ controls }) =>
      controls.flatMap((each) => ('reconnect' in each ? [each.reconnect.after] : [])),
    )
    assert.equal(hints.length, 20)
    assert(new Set(hints).size > 10, 'not all at once')
  })
})
