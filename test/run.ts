// Runs the tests: all of them, or the files whose path contains one of the arguments. With REQUIRE_ALL=1 a skipped test is a failure.
import { globSync } from 'node:fs'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

const wanted = process.argv.slice(2)
const files = globSync('{src,projections,views,client,test,docs,otel}/**/*.test.ts')
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort()
if (files.length === 0) {
  console.error(`no test file matches ${wanted.join(' ')}`)
  process.exit(2)
}

const skipped: string[] = []
let failed = 0
const stream = run({ files, concurrency: 2 })
stream.on('test:pass', (event) => {
  if (event.skip !== undefined) skipped.push(`${event.name}: ${event.skip === true ? '' : event.skip}`)
})
stream.on('test:fail', () => {
  failed += 1
})
stream.on('end', () => {
  for (const line of skipped) console.log(`skipped: ${line}`)
  if (process.env.REQUIRE_ALL === '1' && skipped.length > 0) {
    console.error('a test was skipped although REQUIRE_ALL=1')
    failed += 1
  }
  process.exitCode = failed > 0 ? 1 : 0
})
stream.compose(spec).pipe(process.stdout)
