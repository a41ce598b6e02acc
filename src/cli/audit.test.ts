// The auditor's tools as an auditor uses them: from the command line, on a seeded company, and offline where they must be.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Command, UsageError } from './command.ts'
import { exportCommand } from './export.ts'
import { checkProofCommand, proveCommand } from './proof.ts'
import { diffCommand, replayCommand, whatIfCommand } from './replay.ts'
import { verifyCommand } from './verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'audit-cli-'))
const dataDir = join(folder, 'data')
after(() => rmSync(folder, { recursive: true, force: true }))

/** `offline`: with settings that no store could be opened with. */
const caminho = (words: readonly string[], { offline = false } = {}) => {
  const env = { ...process.env, NODE_ENV: 'test', DATA_DIR: offline ? '/dev/null/nowhere' : dataDir }
  const run = spawnSync('bin/caminho.js', words, { env, encoding: 'utf8', maxBuffer: 1 << 28 })
  return { code: run.status, out: run.stdout, err: run.stderr }
}
const at = (name: string) => join(folder, name)

describe("the auditor's tools", () => {
  let key = ''

  before(() => {
    assert.match(caminho(['seed', '--days', '2']).out, /is recorded, up to position/)
    assert.match(caminho(['seal']).out, /events sealed/)
    key = caminho(['seal', '--key']).out.trim()
  })

  it('export the log, and verify it offline with the public key', () => {
    assert.equal(caminho(['export', '--output', at('log.ndjson')]).code, 0)
    const verified = caminho(['verify', at('log.ndjson'), '--key', key], { offline: true })
    assert.match(verified.out, /^WHOLE: [\d,]+ events proved by \d+ seals?/, verified.err)
    assert.match(verified.out, /came after the last seal/)
    assert.equal(verified.code, 0)
    writeFileSync(at('key.pem'), `-----BEGIN PUBLIC KEY-----\n${key}\n-----END PUBLIC KEY-----\n`)
    assert.equal(caminho(['verify', at('log.ndjson'), '--key', at('key.pem')], { offline: true }).code, 0)
  })

  it('say which event was changed, and that it was', () => {
    const lines = readFileSync(at('log.ndjson'), 'utf8').split('\n')
    const where = lines.findIndex((line) => line.includes('"type":"SaleRegistered"'))
    const tampered = lines.with(where, (lines[where] ?? '').replace(/"total":\d+/, '"total":1'))
    writeFileSync(at('tampered.ndjson'), tampered.join('\n'))
    const { code, out } = caminho(['verify', at('tampered.ndjson'), '--key', key], { offline: true })
    assert.equal(code, 1)
    assert.match(out, /^TAMPERED: changed/)
    assert.match(out, new RegExp(`is event ${where - 1}:`))
    const told = JSON.parse(caminho(['verify', at('tampered.ndjson'), '--key', key, '--json'], { offline: true }).out)
    assert.deepEqual([told.finding.kind, told.finding.index], ['changed', where - 1])
  })

  it('verify the log in its store too, and against what a witness has kept', () => {
    const verified = caminho(['verify', '--key', key])
    assert.match(verified.out, /^WHOLE/, verified.err)
    writeFileSync(at('witness.ndjson'), `${JSON.stringify({ size: 99_999_999, root: 'AAAA' })}\n`)
    const { code, out } = caminho(['verify', at('log.ndjson'), '--key', key, '--witness', at('witness.ndjson')])
    assert.match(out, /^TAMPERED: removed/)
    assert.equal(code, 1)
  })

  it('export a part or a choice of the log, which verifies as well', () => {
    const exports: readonly (readonly string[])[] = [
      ['--from', '300', '--to', '900'],
      ['--hashes', '--from', '1000'],
      ['--type', 'CompanySetUp', '--stream', 'settings-'],
    ]
    for (const words of exports) {
      assert.equal(caminho(['export', ...words, '--output', at('part.ndjson')]).code, 0, words.join(' '))
      const { code, out } = caminho(['verify', at('part.ndjson'), '--key', key, '--json'], { offline: true })
      const { finding, events, proved } = JSON.parse(out)
      // A part that ends before a seal has nothing that proves it yet.
      assert.deepEqual([finding, code], [undefined, 0], words.join(' '))
      if (words[0] === '--type') assert.ok(events > 0 && proved === events, words.join(' '))
    }
  })

  it('prove one event, and check the proof offline', () => {
    const [, , line = ''] = readFileSync(at('log.ndjson'), 'utf8').split('\n')
    const { id } = JSON.parse(line).event
    writeFileSync(at('proof.json'), caminho(['prove', id]).out)
    const { code, out } = caminho(['check-proof', at('proof.json'), '--key', key], { offline: true })
    assert.match(out, new RegExp(`^PROVED: \\w+ ${id}`))
    assert.equal(code, 0)
    const forged = readFileSync(at('proof.json'), 'utf8').replace('"revision": "0"', '"revision": "1"')
    writeFileSync(at('forged.json'), forged)
    assert.match(caminho(['check-proof', at('forged.json'), '--key', key], { offline: true }).out, /^NOT PROVED/)
    assert.equal(caminho(['prove', 'nothing']).code, 1)
  })

  it('replay a read model to any moment, and say what changed between two', () => {
    const at1000 = JSON.parse(caminho(['replay', 'products', '--at', '60']).out)
    const now = JSON.parse(caminho(['replay', 'products']).out)
    assert.ok(at1000.length > 0 && now.length > at1000.length)
    assert.match(caminho(['replay', 'products', '--format', 'csv']).out, /^id,.*sku/)
    const changes = JSON.parse(caminho(['diff', 'products', '60', '100000']).out)
    assert.equal(changes.filter(({ kind }: { kind: string }) => kind === 'added').length, now.length - at1000.length)
    assert.match(caminho(['diff', 'products', '0', '100000', '--format', 'csv']).out, /^id,change,field,before,after/)
  })

  it('say what would be under another rule', () => {
    const compared = JSON.parse(caminho(['what-if', 'tax', '--from', '16', '--to', '17']).out)
    const [iva] = compared
    assert.equal(iva.projection, 'iva-by-month')
    const [{ fields }] = iva.changes
    assert.deepEqual(
      fields.map(({ field }: { field: string }) => field),
      ['net', 'tax'],
    )
    for (const { field, before, after } of fields) assert.ok(field === 'tax' ? after > before : after < before)
    const [alerts] = JSON.parse(caminho(['what-if', 'reorder', '--percent', '300']).out)
    assert.equal(alerts.projection, 'low-stock-alerts')
    assert.ok(alerts.changes.length > 0)
    const [same] = JSON.parse(caminho(['what-if', 'reorder', '--percent', '100']).out)
    assert.deepEqual(same.changes, [], 'the same policy says the same')
  })

  it('say what was not understood', () => {
    const misunderstood: readonly (readonly [Command, Parameters<Command['parse']>[0], readonly string[]])[] = [
      [verifyCommand, {}, ['log.ndjson']],
      [verifyCommand, { key }, ['one', 'two']],
      [checkProofCommand, { key }, []],
      [proveCommand, {}, []],
      [proveCommand, { size: 'large' }, ['e1']],
      [replayCommand, { format: 'json' }, ['horoscopes']],
      [replayCommand, { format: 'xml' }, ['products']],
      [diffCommand, { format: 'json' }, ['products', '1']],
      [whatIfCommand, { from: 'much', to: '17', format: 'json' }, ['tax']],
      [whatIfCommand, { percent: '1.5', format: 'json' }, ['reorder']],
      [whatIfCommand, { format: 'json' }, ['weather']],
      [exportCommand, {}, ['everything']],
    ]
    for (const [command, values, positionals] of misunderstood)
      assert.throws(() => command.parse(values, positionals), UsageError, `${command.name} ${positionals.join(' ')}`)
    assert.match(caminho(['verify', at('key.pem'), '--key', key], { offline: true }).err, /this is no export/)
    assert.match(caminho(['replay', 'products', '--at', 'yesterday']).err, /yesterday is no moment/)
  })
})
