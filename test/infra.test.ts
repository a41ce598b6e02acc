// What infra/ says, held to what the program takes: without an engine nothing of it can be run here, but it can be read.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { KurrentDBClient } from '@kurrent/kurrentdb-client'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { readConfig } from '../src/config.ts'
import { databaseIn } from '../src/stores/mongodb/address.ts'

const root = join(import.meta.dirname, '..')
const read = (name: string): string => readFileSync(join(root, 'infra', name), 'utf8')
const known = new Set(
  [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name),
)
const masterKey = Buffer.alloc(32, 1).toString('base64')

/** Compose's `${NAME:-default}` and `${NAME:?message}`, with nothing set but what must be. */
const filled = (text: string): string =>
  text.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, name, otherwise) =>
    name === 'MASTER_KEY' ? masterKey : (otherwise ?? ''),
  )

const service = z.looseObject({
  environment: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  depends_on: z.record(z.string(), z.unknown()).optional(),
  networks: z
    .union([z.array(z.string()), z.record(z.string(), z.unknown()).transform((named) => Object.keys(named))])
    .optional(),
  volumes: z.array(z.string()).optional(),
})
const compose = z
  .looseObject({
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.unknown()),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(parse(read('compose.yaml'), { merge: true }))

describe('compose.yaml', () => {
  const settings = Object.fromEntries(
    Object.entries(compose.services.app?.environment ?? {}).map(([name, value]) => [name, filled(String(value))]),
  )

  test('gives a node settings that it knows and takes', () => {
    const unknown = Object.keys(settings).filter((name) => !known.has(name) && !name.startsWith('OTEL_'))
    assert.deepEqual(unknown, [])
    const config = readConfig({ NODE_ENV: 'production', ...settings })
    assert.ok(config.eventStorePrefix !== '', 'without a prefix no backup could be restored beside the live log')
    assert.equal(databaseIn(config.readModelsUrl ?? ''), 'caminho')
    assert.doesNotThrow(() =>
      KurrentDBClient.connectionString((config.eventStoreUrl ?? '').replace(/&tlsCaFile=[^&]*/, '')),
    )
  })

  test('names no service, network or volume that it does not have', () => {
    const named = Object.values(compose.services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0] ?? '').filter((source) => !/^[./]/.test(source)),
    )
    for (const volume of named) assert.ok(volume in compose.volumes, volume)
    for (const { depends_on = {}, networks = [] } of Object.values(compose.services)) {
      for (const other of Object.keys(depends_on)) assert.ok(other in compose.services, other)
      for (const network of networks) assert.ok(network in compose.networks, network)
    }
  })

  test('mounts files that are there', () => {
    for (const { volumes = [] } of Object.values(compose.services))
      for (const [source = ''] of volumes.map((volume) => volume.split(':')))
        if (source.startsWith('./')) assert.ok(existsSync(join(root, 'infra', source)), source)
  })
})

test('collector.yaml uses only what it declares', () => {
  const declared = z
    .looseObject({
      receivers: z.record(z.string(), z.unknown()),
      exporters: z.record(z.string(), z.unknown()),
      processors: z.record(z.string(), z.unknown()).default({}),
      service: z.looseObject({ pipelines: z.record(z.string(), z.record(z.string(), z.array(z.string()))) }),
    })
    .parse(parse(read('collector.yaml')))
  for (const pipeline of Object.values(declared.service.pipelines))
    for (const [kind, names] of Object.entries(pipeline))
      for (const name of names) assert.ok(name in (declared[kind] as object), `${kind}: ${name}`)
})

describe('kubernetes.yaml', () => {
  const documents = parseAllDocuments(read('kubernetes.yaml')).map((document) => {
    assert.deepEqual(document.errors, [])
    return z.looseObject({ kind: z.string(), spec: z.looseObject({}) }).parse(document.toJS())
  })
  const text = read('kubernetes.yaml')

  test('has a deployment, what may be disrupted of it, and a service', () => {
    assert.deepEqual(
      documents.map(({ kind }) => kind),
      ['Deployment', 'PodDisruptionBudget', 'Service'],
    )
  })

  test('probes what the program answers, and sets what it knows', () => {
    const probed = [...text.matchAll(/httpGet: \{ path: (\S+), port/g)].map(([, path]) => path)
    assert.deepEqual(probed, ['/health/live', '/health/ready'])
    const set = [...text.matchAll(/\{ name: ([A-Z_]+), value/g)].map(([, name]) => name)
    const told = /Secrets named `caminho` hold (.+)\./.exec(text)?.[1]?.split(/, | and /) ?? []
    assert.ok(told.length >= 4)
    for (const name of [...set, ...told]) assert.ok(known.has(name), name)
  })
})

test('the Dockerfile copies what there is, ends as nobody in particular, and starts what npm start does', () => {
  const lines = read('Dockerfile').replaceAll('\\\n', ' ').split('\n')
  for (const line of lines.filter((each) => /^COPY (?!--from)/.test(each)))
    for (const source of line.split(' ').slice(1, -1)) assert.ok(existsSync(join(root, source)), source)
  assert.equal(
    lines.findLast((line) => line.startsWith('USER')),
    'USER node',
  )
  const start = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts.start
  const command: string[] = JSON.parse(lines.find((line) => line.startsWith('CMD'))?.slice(4) ?? '[]')
  assert.equal(command.join(' '), start)
})
