// The React hooks in real React on a DOM, against the real gateway.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { Window } from 'happy-dom'
import { act, createElement, type FunctionComponent } from 'react'
import type { Root } from 'react-dom/client'
import { connect } from '../../client/push/index.ts'
import { PushProvider, useNotifications, useWebSocket } from '../../client/push/react.ts'
import { soon } from '../contract/opened.ts'
import { type RunningShop, startShop } from '../support/app.ts'
import { sell, stockUp } from './selling.ts'

describe('the React hooks', () => {
  let shop: RunningShop
  let root: Root
  let host: { readonly textContent: string | null }
  const window = new Window()

  before(async () => {
    // What React DOM looks for; network and timers stay Node's.
    Object.assign(globalThis, { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true })
    shop = await startShop()
    await stockUp(shop)
  })
  after(async () => {
    await shop.close()
    await window.happyDOM.close()
  })
  beforeEach(async () => {
    const { createRoot } = await import('react-dom/client')
    const element = window.document.createElement('div')
    host = element
    // happy-dom's elements are DOM elements in all that React asks of them.
    root = createRoot(element as unknown as Element)
  })

  const options = () => ({ origin: shop.url, token: () => shop.tokenOf('manager') })
  const render = (component: FunctionComponent) => act(async () => root.render(createElement(component)))
  const shows = async (text: string) => {
    const look = async () => {
      while (!host.textContent?.includes(text)) await act(() => new Promise((resolve) => setImmediate(resolve)))
    }
    await soon(look(), `“${text}”, shown is “${host.textContent}”`, 10_000)
  }
  const unmount = () => act(async () => root.unmount())

  test('useWebSocket shows each sale as it is made, and closes with its component', async () => {
    let heard = 0
    await render(() => {
      const { state, last } = useWebSocket({
        ...options(),
        events: ['new-sale'],
        onMessage: ({ data }) => {
          heard += data.total > 0 ? 1 : 0
        },
      })
      return createElement('p', null, `${state} ${last?.event === 'new-sale' ? last.data.saleId : 'none'}`)
    })
    await shows('live none')
    for (let at = 1; at <= 3; at += 1) {
      await shows(`live ${await sell(shop)}`)
      assert.equal(heard, at)
    }
    await unmount()
    await soon(
      (async () => {
        while (shop.system.push.stats().sockets > 0) await new Promise((resolve) => setImmediate(resolve))
      })(),
      'the connection to close',
      5_000,
    )
  })

  test('many components share the connection of their provider', async () => {
    const connection = connect(options())
    const Listening = () => createElement('i', null, `${useWebSocket({ events: ['new-sale'] }).last?.position ?? '-'} `)
    const Several = () =>
      createElement(
        PushProvider,
        { connection },
        [1, 2, 3].map((key) => createElement(Listening, { key })),
      )
    await render(Several)
    await shows('- - - ')
    while (connection.state !== 'live') await act(() => new Promise((resolve) => setImmediate(resolve)))
    assert.equal(shop.system.push.stats().sockets, 1)
    await sell(shop)
    await soon(
      (async () => {
        while (host.textContent?.includes('-')) await act(() => new Promise((resolve) => setImmediate(resolve)))
      })(),
      'all three to hear of the sale',
      5_000,
    )
    await unmount()
    connection.close()
  })

  test('useNotifications lists what concerns the person until it is dismissed or read', async () => {
    const personId = (await shop.system.tokens.readAccess(shop.tokenOf('manager')))?.sub ?? ''
    const raise = (notificationId: string, title: string, data: object = {}) => {
      const about = { kind: 'message', title, text: '', senderId: 'boss' }
      const recipients = [{ personId, push: true, mail: false }]
      const common = { notificationId, recipients, itemId: title, about, at: new Date().toISOString() }
      return record('NotificationRaised', { severity: 'info', ...common, ...data })
    }
    const record = (type: string, data: object) =>
      shop.system.store.append(
        [
          {
            stream: 'notification-test',
            expected: 'any',
            events: [{ id: shop.system.newId(), type, schema: 1, data }],
          },
        ],
        shop.system.self('tests'),
      )
    let dismissAll: () => void = () => undefined
    await render(() => {
      const { notifications, dismissAll: all, state } = useNotifications(options())
      dismissAll = all
      return createElement('p', null, `${state}: ${notifications.map(({ data }) => data.about.title).join(', ')}.`)
    })
    await shows('live: .')
    await raise('n1', 'Inventory')
    await shows('live: Inventory.')
    await raise('n2', 'Meeting')
    await shows('live: Meeting, Inventory.')
    await raise('n3', 'Not yours', { recipients: [{ personId: 'rui', push: true, mail: false }] })
    await record('NotificationRead', { personId, notificationId: 'n1', at: new Date().toISOString() })
    await shows('live: Meeting.')
    await act(async () => dismissAll())
    await shows('live: .')
    await unmount()
  })
})
