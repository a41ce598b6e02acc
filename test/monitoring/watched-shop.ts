// A shop that is watched over: monitoring, notifications and mail run beside it as main.ts runs them, and a program listens to what is pushed.
import { z } from 'zod'
import { alerts } from '../../projections/alerts.ts'
import { changeAlertRule } from '../../src/commands/alerts.ts'
import { startMoodyServer } from '../mail/moody-server.ts'
import { emailOf, password, startShop } from '../support/app.ts'
import { startTelling } from '../support/telling.ts'
import { until } from '../support/until.ts'

const patience = { within: 30_000 }

export interface Watching {
  /** Settings beside those of every test. */
  readonly env?: Readonly<Record<string, string>>
  /** From which state of a check on an alert is raised: 1 attention, 2 failing. */
  readonly from?: 1 | 2
}

export async function startWatchedShop({ env = {}, from = 2 }: Watching = {}) {
  let ahead = 0
  let mailServer = await startMoodyServer()
  const shop = await startShop({
    env: { SMTP_URL: mailServer.url, MAIL_TLS: 'none', ...env },
    now: () => new Date(Date.now() + ahead),
  })
  const { system } = shop
  const telling = await startTelling(shop)
  const stopping = new AbortController()
  const context = () => system.self('monitoring')
  const rule = { enabled: true, threshold: from, clear: from - 1, forSeconds: 0, severity: 'critical' } as const
  await changeAlertRule(system, { ruleId: 'health-check', ...rule }, context())
  const { leases } = system
  const running = system.monitoring.run({ desk: system, leases, context, signal: stopping.signal, every: 200 })

  let token: string | undefined
  /** Signs the administrator in anew when the time has been moved. */
  const signedIn = async (): Promise<Readonly<Record<string, string>>> => {
    if (token === undefined) {
      const body = { email: emailOf('admin'), password }
      token = z.string().parse((await shop.call('POST', '/api/auth/login', { body })).body.accessToken)
    }
    return { authorization: `Bearer ${token}` }
  }

  // While all is well: signing in is recorded.
  await signedIn()

  let heard = ''
  let position = String(await system.store.head())
  /** Listens, and goes on where it was when the time that it was allowed is over. */
  const listen = async () => {
    const decoder = new TextDecoder()
    while (!stopping.signal.aborted) {
      position = [...heard.matchAll(/^id: ?(.*)$/gm)].at(-1)?.[1] ?? position
      const headers = { ...(await signedIn()), 'last-event-id': position }
      const answer = await fetch(`${shop.url}/api/events`, { headers, signal: stopping.signal })
      for await (const part of answer.body ?? []) heard += decoder.decode(part, { stream: true })
    }
  }
  const listening = listen().catch(() => undefined)

  const light = async (check: string): Promise<string> => {
    const { body } = await shop.call('GET', '/api/system/health', { headers: await signedIn() })
    const seen: readonly { status: string }[] = body?.checks?.[check] ?? []
    return seen.find(({ status }) => status !== 'pass')?.status ?? (seen.length > 0 ? 'pass' : 'unknown')
  }
  const alertOf = async (check: string) =>
    (await system.models.get(alerts, `health-check:${check}`).catch(() => undefined))?.document
  const mailsAbout = async (check: string) => {
    const toThem = mailServer.delivered.filter(({ to }) => to === emailOf('admin'))
    const read = await Promise.all(toThem.map((mail) => mailServer.read(mail)))
    return read.filter(({ text }) => text?.includes(check))
  }
  const shines = (check: string, status: 'warn' | 'fail'): Promise<void> =>
    until(async () => (await light(check)) === status, { what: `the light of ${check}`, ...patience })
  const told = async (check: string, status: 'warn' | 'fail'): Promise<void> => {
    await shines(check, status)
    await until(async () => (await alertOf(check))?.status === 'open', {
      what: `the alert about ${check}`,
      ...patience,
    })
    await until(() => heard.includes(`health-check:${check}`), { what: `the push about ${check}`, ...patience })
  }

  return {
    shop,
    system,
    /** Moves the time, in milliseconds. */
    pass(milliseconds: number): void {
      ahead += milliseconds
      token = undefined
    },
    shines,
    /** From the light to who listens: the alert is open and pushed. */
    told,
    /** The same, and it is mailed to an administrator. */
    async troubled(check: string, status: 'warn' | 'fail'): Promise<void> {
      await told(check, status)
      await until(async () => (await mailsAbout(check)).length >= 1, { what: `the mail about ${check}`, ...patience })
    },
    /** The light has turned back, and the alert is over. */
    async calm(check: string): Promise<void> {
      const after = { what: `${check} to be well`, ...patience }
      await until(async () => (from === 2 ? (await light(check)) !== 'fail' : (await light(check)) === 'pass'), after)
      await until(async () => (await alertOf(check))?.status === 'resolved', after)
    },
    /** The same, and that is mailed too. */
    async recovered(check: string): Promise<void> {
      await this.calm(check)
      await until(async () => (await mailsAbout(check)).length >= 2, {
        what: `the mail that ${check} is well`,
        ...patience,
      })
    },
    async mailServerGoes(): Promise<void> {
      await mailServer.close()
    },
    async mailServerComes(): Promise<void> {
      mailServer = await startMoodyServer({ port: mailServer.port })
    },
    async close(): Promise<void> {
      stopping.abort()
      await Promise.all([running, listening])
      await telling.stop()
      await shop.close()
      await mailServer.close()
    },
  }
}
export type WatchedShop = Awaited<ReturnType<typeof startWatchedShop>>
