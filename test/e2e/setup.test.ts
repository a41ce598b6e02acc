// The first start of a real shop in a real browser: the program says a code, and the code makes the company.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { forgetServers, settingsIn } from '../support/stores.ts'
import { openBrowser, seriousFlaws } from './browser.ts'
import { patience } from './office.ts'

const main = join(import.meta.dirname, '../../src/main.ts')

/** The address and the code that the program prints when it starts on an empty store. */
async function firstLine(program: ChildProcess): Promise<{ readonly url: string; readonly code: string }> {
  assert(program.stdout)
  for await (const line of createInterface({ input: program.stdout })) {
    const told = /at (http:\S+)\/setup with the code (\w+)/.exec(line)
    if (told?.[1] && told[2]) return { url: told[1], code: told[2] }
  }
  throw new Error('the program ended without a code')
}

describe('the set-up page', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'caminho-'))
  let program: ChildProcess
  let browser: Browser
  let url: string
  let code: string

  before(async () => {
    const env = { ...process.env, ...settingsIn(dataDir), DEMO: 'false', PORT: '0', LOG_LEVEL: 'fatal' }
    program = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], { env })
    ;({ url, code } = await firstLine(program))
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    program.kill()
    if (program.exitCode === null) await once(program, 'exit')
    await forgetServers(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('takes the code of the terminal once, makes the company, and lets its founder in', async () => {
    const page = await browser.newPage({ baseURL: url, locale: 'en-GB' })
    page.setDefaultTimeout(patience)
    await page.goto('/setup')
    assert.deepEqual(await seriousFlaws(page), [])

    await page.getByLabel('Set-up code').fill('WRONGCODE')
    await page.getByLabel('Name of the company').fill('Loja da Graça')
    await page.getByLabel('NUIT').fill('400 005 834')
    await page.getByRole('group', { name: 'The first location' }).getByLabel('Name').fill('Baixa')
    await page.getByRole('group', { name: 'The first location' }).getByLabel('Code').fill('bxa')
    const founder = page.getByRole('group', { name: 'Your account' })
    await founder.getByLabel('Name').fill('Graça Machava')
    await founder.getByLabel('E-mail').fill('graca@loja.test')
    await founder.getByLabel('Password').fill('a long enough password')
    await page.getByRole('button', { name: 'Create the company' }).click()
    await page.getByText('The code is not right.').first().waitFor()
    assert.deepEqual(await seriousFlaws(page), [])
    assert.equal(await page.getByLabel('Name of the company').inputValue(), 'Loja da Graça')
    assert.equal(await founder.getByLabel('Password').inputValue(), '')

    await page.getByLabel('Set-up code').fill(code)
    await founder.getByLabel('Password').fill('a long enough password')
    await page.getByRole('button', { name: 'Create the company' }).click()
    await page.getByRole('button', { name: 'Menu of Graça Machava' }).waitFor()
    await page.goto('/settings')
    await page.getByText('400005834').waitFor()
    await page.getByText('BXA').waitFor()

    await page.goto('/setup')
    assert.equal(new URL(page.url()).pathname, '/')
    await page.close()
  })
})
