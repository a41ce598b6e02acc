// Tasks in a real browser: written, given, done with one press and taken back, put off, dropped.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { seriousFlaws } from './browser.ts'
import { office } from './office.ts'

const write = async (page: Page, title: string, assignee: string, due = ''): Promise<void> => {
  await page.goto('/tasks/new')
  await page.getByLabel('What is to be done').fill(title)
  await page.getByLabel('For').selectOption({ label: assignee })
  await page.getByLabel('Due').fill(due)
  await page.getByRole('button', { name: 'Create task' }).click()
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
}

describe('tasks', () => {
  const { as } = office()

  test('a manager gives a task, the employee does it with one press and takes that back', async () => {
    const manager = await as('manager', '/tasks/new')
    assert.deepEqual(await seriousFlaws(manager), [])
    await write(manager, 'Count the rice', 'employee', '2020-01-31')
    assert.deepEqual(await seriousFlaws(manager), [])

    const page = await as('employee', '/tasks')
    assert.deepEqual(await seriousFlaws(page), [])
    const row = page.getByRole('row', { name: /Count the rice/ })
    await row.getByText('Overdue').waitFor()
    await row.getByRole('button', { name: 'Mark as done' }).click()
    await page.getByText('Task done.').waitFor()
    assert.equal(await row.count(), 0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.getByRole('button', { name: 'Mark as done' }).click()
    await page.goto('/tasks?show=done')
    await row.getByText('Done', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Count the rice' }).click()
    await page.getByRole('list', { name: 'Story of the task' }).getByText('manager').waitFor()
  })

  test('a task without a title, or for nobody, is told beside its fields', async () => {
    const page = await as('manager', '/tasks/new')
    await page.getByLabel('For').selectOption('')
    await page.getByLabel('Note').fill('before noon')
    await page.getByRole('button', { name: 'Create task' }).click()
    await page.getByRole('alert').getByText('2 fields to put right').waitFor()
    assert.equal(await page.getByLabel('Note').inputValue(), 'before noon')
  })

  test('a task is given to somebody else and set for another day, or cancelled', async () => {
    const page = await as('manager', '/tasks')
    await write(page, 'Clean the shelves', 'employee')
    await page.getByRole('link', { name: 'Change who or when' }).click()
    assert.deepEqual(await seriousFlaws(page), [])
    await page.getByLabel('For').selectOption({ label: 'admin' })
    await page.getByLabel('Due').fill('2030-05-17')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('by 17 May 2030').waitFor()
    await page.getByRole('button', { name: 'Cancel the task' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the task' }).click()
    await page.getByText('Task cancelled.').waitFor()
  })

  test('an employee sees their own tasks only, and gives tasks to themselves only', async () => {
    const manager = await as('manager', '/tasks')
    await write(manager, 'Call the supplier', 'manager')
    const address = new URL(manager.url()).pathname
    const page = await as('employee', '/tasks')
    assert.equal(await page.getByText('Call the supplier').count(), 0)
    assert.equal((await page.goto(address))?.status(), 404)
    await page.goto('/tasks/new')
    assert.deepEqual(await page.getByLabel('For').locator('option').allInnerTexts(), ['Choose somebody', 'employee'])
  })
})
