// Notifications and mail in a real browser: what runs low is told, read, and found in the outbox; people choose how they are told.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { collect } from '../../src/kernel/event-store.ts'
import { passwordPath, unsubscribePath } from '../../src/mail/writing.ts'
import { emailOf, password } from '../support/app.ts'
import { startTelling, type Telling } from '../support/telling.ts'
import { seriousFlaws, signedIn } from './browser.ts'
import { office, patience } from './office.ts'

describe('notifications', () => {
  const { shop, browser, as } = office()
  let telling: Telling
  before(async () => {
    telling = await startTelling(shop())
    await telling.runLow()
    await telling.digest()
    await telling.sent(1)
  })
  after(() => telling.stop())

  test('what runs low rings the bell, is read with one press, and stays in the list', async () => {
    const page = await as('manager', '/notifications')
    await page.getByRole('link', { name: '1 unread notification' }).waitFor()
    await page.getByText('Arroz 25 kg: 3 un left').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('button', { name: 'Mark as read', exact: true }).click()
    await page.getByText('Nothing unread').waitFor()
    await page.getByRole('link', { name: 'Notifications: none unread' }).waitFor()
    await page.goto('/notifications?show=all')
    await page.getByRole('button', { name: 'Arroz 25 kg: 3 un left' }).click()
    await page.getByRole('heading', { name: 'Arroz 25 kg', level: 1 }).waitFor()
  })

  test('the mail about it is kept in the local outbox, and shows how it reads', async () => {
    const page = await as('admin', '/mail')
    await page.getByText('No mail server is configured').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('link', { name: 'Low stock' }).click()
    await page.getByRole('list', { name: 'Story of the e-mail' }).getByText('Kept in the local outbox').waitFor()
    await page.frameLocator('iframe').getByRole('cell', { name: 'Arroz 25 kg' }).waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('It is tried again now.').waitFor()
    await page.goto('/mail/suppressions')
    await page.getByText('No address is blocked').waitFor()
  })

  test('every template shows how it reads, and runs nothing', async () => {
    const page = await as('admin', '/mail/templates')
    assert.deepEqual(await seriousFlaws(page), [])
    for (const [name, said] of [
      ['welcome', 'Choose a password'],
      ['low-stock', 'Óleo <b>Fula</b> 1 l'],
      ['daily-report', 'Sales by hour'],
      ['system-alert', 'A projection has stopped: sales'],
    ] as const) {
      await page.goto(`/mail/templates/${name}`)
      await page.getByText(said).last().waitFor()
      assert.equal(await page.locator('script').count(), 0)
    }
  })

  test('a manager sends a message, and who gets it can open and read it, on a phone in Portuguese too', async () => {
    const manager = await as('manager', '/notifications/new')
    assert.deepEqual(await seriousFlaws(manager), [])
    await manager.getByLabel('To whom').selectOption({ label: 'employee' })
    await manager.getByLabel('Title').fill('Meeting at five')
    await manager.getByLabel('Message').fill('Upstairs.')
    await manager.getByLabel('Urgent').check()
    await manager.getByLabel('By e-mail too').check()
    await manager.getByRole('button', { name: 'Send' }).click()
    await manager.getByText('Notification sent.').waitFor()

    const phone = { viewport: { width: 390, height: 844 }, locale: 'pt-MZ', colorScheme: 'dark' as const }
    const { page, context } = await signedIn(browser(), shop().url, 'employee', phone)
    page.setDefaultTimeout(patience)
    await page.goto('/notifications')
    await page.getByRole('link', { name: '1 aviso por ler' }).waitFor()
    await page.getByText('Meeting at five').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('button', { name: 'Marcar todos como lidos' }).click()
    await page.getByText('Nada por ler').waitFor()
    await context.close()
    const kinds = (await telling.sent(2)).map(({ kind, recipientId }) => [kind, recipientId !== ''])
    assert.deepEqual(kinds.at(-1), ['notification', true])
  })

  test('people choose how they are told, and when to be left alone', async () => {
    const page = await as('manager', '/profile/notifications')
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByRole('checkbox', { name: 'Low stock: By e-mail' }).uncheck()
    await page.getByLabel('Keep quiet hours').check()
    await page.getByLabel('Every day').check()
    await page.getByLabel('Time zone').fill('Mars/Olympus')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').getByText('1 field to put right').waitFor()
    await page.getByLabel('Time zone').fill('Africa/Maputo')
    await page.getByRole('checkbox', { name: 'Low stock: By e-mail' }).uncheck()
    await page.getByLabel('Keep quiet hours').check()
    await page.getByLabel('Every day').check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Preferences saved.').waitFor()
    assert.equal(await page.getByRole('checkbox', { name: 'Low stock: By e-mail' }).isChecked(), false)
    assert.equal(await page.getByLabel('Every day').isChecked(), true)
  })

  test('the link in a mail stops mails of its kind: one press, and none that a scanner can do', async () => {
    const { system } = shop()
    const [person] = await people('employee')
    const path = unsubscribePath(system.links, person ?? '', 'task')
    const page = await (await browser().newContext({ baseURL: shop().url, locale: 'en-GB' })).newPage()
    await page.goto(path)
    assert.deepEqual(await seriousFlaws(page), [])
    const before = await system.store.head()
    await page.goto(path)
    assert.equal(await system.store.head(), before)
    await page.getByRole('button', { name: 'Stop them' }).click()
    await page.getByText('You will get no more of these e-mails').waitFor()
    const oneClick = await fetch(shop().url + unsubscribePath(system.links, person ?? '', 'message'), {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    })
    assert.equal(oneClick.status, 200)
    await page.goto(path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))
    await page.getByText('This link is not whole').waitFor()
    await page.context().close()
  })

  const people = async (role: string): Promise<string[]> => {
    const { body } = await shop().call('GET', '/api/people', { as: 'super-admin' })
    return body.items.filter((person: { role: string }) => person.role === role).map(({ id }: { id: string }) => id)
  }

  test('a forgotten password is replaced by a link that works once; who has no account is told the same', async () => {
    const { system } = shop()
    const page = await (await browser().newContext({ baseURL: shop().url, locale: 'en-GB' })).newPage()
    page.setDefaultTimeout(patience)
    await page.goto('/login')
    await page.getByRole('link', { name: 'Forgotten password?' }).click()
    assert.deepEqual(await seriousFlaws(page), [])
    for (const email of ['nobody@shop.test', emailOf('employee')]) {
      await page.goto('/password/forgot')
      await page.getByLabel('E-mail').fill(email)
      await page.getByRole('button', { name: 'Send the link' }).click()
      await page.getByText('If there is an account with that e-mail').waitFor()
    }
    await telling.sent(3)
    const issued = await collect(system.store.readAll({ filter: { types: ['PasswordLinkIssued'] } }))
    assert.equal(issued.length, 1, 'only the account has one')
    const [{ data } = assert.fail()] = issued
    const link = passwordPath(system.links, (data as { linkId: string }).linkId)
    assert(!JSON.stringify(data).includes(link.split('/').at(-1) ?? ''), 'the secret is in no event')

    await page.goto(link)
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('New password').fill('short')
    await page.getByRole('button', { name: 'Save and sign in' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('New password').fill('another long password')
    await page.getByRole('button', { name: 'Save and sign in' }).click()
    await page.getByText('Password saved.').waitFor()
    assert.equal((await page.goto(link))?.status(), 410)
    await page.getByRole('link', { name: 'Ask for another link' }).waitFor()
    for (const [typed, status] of [
      [password, 401],
      ['another long password', 200],
    ] as const) {
      const body = { email: emailOf('employee'), password: typed }
      assert.equal((await shop().call('POST', '/api/auth/login', { body })).status, status)
    }
    await page.context().close()
  })

  test('who is added without a password chooses one by the link, which an administrator hands over where there is no mail server', async () => {
    const page = await as('admin', '/people/new')
    await page.getByText('There is no mail server').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('Name').fill('Ana Sitoe')
    await page.getByLabel('E-mail').fill('ana@shop.test')
    await page.getByRole('button', { name: 'Add person' }).click()
    await page.getByText('Person added. The link to choose a password is in the welcome e-mail').waitFor()
    await telling.settled()
    const welcome = (await telling.sent(1)).find(({ kind }) => kind === 'welcome')
    assert(welcome)

    const path = `/mail/${welcome.mailId}`
    const linkIn = async (reader: Page) =>
      /\/password\/\S+/.exec((await (await reader.request.get(`${path}/text`)).text()) ?? '')?.[0] ?? ''
    await page.goto(path)
    await page.getByText('hand them the link in it').waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    const link = await linkIn(page)
    assert.match(link, /^\/password\/[\w-]+\/[\w-]{43}$/)

    const hers = await (await browser().newContext({ baseURL: shop().url, locale: 'en-GB' })).newPage()
    hers.setDefaultTimeout(patience)
    await hers.goto(link)
    await hers.getByLabel('New password').fill('a password of her own')
    await hers.getByRole('button', { name: 'Save and sign in' }).click()
    await hers.getByText('Password saved.').waitFor()
    await hers.context().close()
    const body = { email: 'ana@shop.test', password: 'a password of her own' }
    assert.equal((await shop().call('POST', '/api/auth/login', { body })).status, 200)
  })

  test('the link of a super-admin is shown to no administrator', async () => {
    const page = await as('super-admin', '/people/new')
    await page.getByLabel('Name').fill('Olga Nhaca')
    await page.getByLabel('E-mail').fill('olga@shop.test')
    await page.getByLabel('Role').selectOption({ label: 'Super-admin' })
    await page.getByRole('button', { name: 'Add person' }).click()
    await page.getByText('Person added.').waitFor()
    await telling.settled()
    const { items } = (await shop().fresh('/api/people?search=Olga')).body
    const welcome = (await telling.sent(1)).find(({ recipientId }) => recipientId === items[0].id)
    assert(welcome)
    const shownTo = async (role: 'admin' | 'super-admin') =>
      (await (await as(role, '/mail')).request.get(`/mail/${welcome.mailId}/text`)).text()
    assert.doesNotMatch(await shownTo('admin'), /\/password\/[\w-]+\/[\w-]{43}/)
    assert.match(await shownTo('super-admin'), /\/password\/[\w-]+\/[\w-]{43}/)
  })
})
