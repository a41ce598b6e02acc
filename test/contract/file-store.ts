// The contract of the file-store port: files are streamed, and seen whole or not at all.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { v7 as newId } from 'uuid'
import { type FileStore, folderOf, InvalidNameError, readWhole } from '../../src/files/index.ts'

/** Registers the tests of the file-store port for one adapter; each test has a folder of its own in the store. */
export function fileStoreContract(name: string, open: () => Promise<FileStore>, skip: string | false = false): void {
  const inFolder = async () => folderOf(await open(), `contract-${newId()}`)
  const namesOf = async (files: FileStore, prefix = '') => {
    const names: string[] = []
    for await (const file of files.list(prefix)) names.push(file.name)
    return names
  }
  const text = async (files: FileStore, name: string) => (await readWhole(files, name))?.toString()

  describe(`${name} as a file store`, { skip }, () => {
    test('what was written is read, with its size and the time', async () => {
      const files = await inFolder()
      const before = Date.now()
      assert.equal(await files.write('a/one.txt', [Buffer.from('Olá, '), Buffer.from('mundo')]), 11)
      assert.equal(await text(files, 'a/one.txt'), 'Olá, mundo')
      const stat = await files.stat('a/one.txt')
      assert.deepEqual([stat?.name, stat?.bytes], ['a/one.txt', 11])
      assert.ok(Math.abs((stat?.modifiedAt.getTime() ?? 0) - before) < 60_000)
    })

    test('what is not there is undefined, and deleting it tells so', async () => {
      const files = await inFolder()
      await files.write('folder/file', [])
      for (const absent of ['none', 'folder', 'folder/file/further', 'folder/other']) {
        assert.equal(await files.read(absent), undefined)
        assert.equal(await files.stat(absent), undefined)
        assert.equal(await files.delete(absent), false)
      }
      assert.equal(await files.delete('folder/file'), true)
      assert.equal(await files.stat('folder/file'), undefined)
    })

    test('an empty file is a file', async () => {
      const files = await inFolder()
      assert.equal(await files.write('empty', []), 0)
      assert.equal(await text(files, 'empty'), '')
      assert.equal((await files.stat('empty'))?.bytes, 0)
    })

    test('reading begins at any byte', async () => {
      const files = await inFolder()
      await files.write('digits', [Buffer.from('0123456789')])
      const content = await files.read('digits', 7)
      const parts: Uint8Array[] = []
      for await (const part of content ?? []) parts.push(part)
      assert.equal(Buffer.concat(parts).toString(), '789')
    })

    test('a file of many megabytes goes in and out, a piece at a time', async () => {
      const files = await inFolder()
      const megabyte = 1024 * 1024
      // Pieces that fit neither a part of an upload nor a buffer of a reader.
      const piece = Buffer.alloc(megabyte + 17, 'caminho seguro ')
      const pieces = 19
      let given = 0
      function* content() {
        for (; given < pieces; given += 1) yield piece
      }
      assert.equal(await files.write('large', content()), pieces * piece.length)
      let [read, largest] = [0, 0]
      for await (const part of (await files.read('large')) ?? []) {
        const at = read % piece.length
        const wanted = Buffer.concat([piece.subarray(at), piece, piece]).subarray(0, part.length)
        assert.equal(Buffer.compare(wanted, part), 0)
        read += part.length
        largest = Math.max(largest, part.length)
      }
      assert.equal(read, pieces * piece.length)
      assert.ok(largest <= megabyte, `a piece of ${largest} bytes`)
    })

    for (const [size, pieces] of [
      ['small', 2],
      ['large', 12],
    ] as const)
      test(`a ${size} file whose content breaks off is never seen, and what was there before stays`, async () => {
        const files = await inFolder()
        const seen: (string | undefined)[] = []
        async function* broken(name: string) {
          for (let i = 0; i < pieces; i += 1) {
            yield Buffer.alloc(1024 * 1024, 'x')
            seen.push(await text(files, name))
          }
          throw new RangeError('the content broke off')
        }
        await files.write('known', [Buffer.from('as it was')])
        await assert.rejects(files.write('known', broken('known')), RangeError)
        await assert.rejects(files.write('unknown', broken('unknown')), RangeError)
        assert.deepEqual([...new Set(seen)], ['as it was', undefined])
        assert.deepEqual(await namesOf(files), ['known'])
        assert.equal(await text(files, 'known'), 'as it was')
      })

    test('a file replaces one of its name', async () => {
      const files = await inFolder()
      await files.write('file', [Buffer.from('the first, which is longer')])
      await files.write('file', [Buffer.from('the second')])
      assert.equal(await text(files, 'file'), 'the second')
    })

    test('who reads while the file is replaced or deleted reads one version', async () => {
      const files = await inFolder()
      const [old, fresh] = ['a', 'b'].map((letter) => Buffer.alloc(3 * 1024 * 1024, letter))
      await files.write('file', [old ?? []].flat())
      const content = await files.read('file')
      assert.ok(content)
      await files.write('file', [fresh ?? []].flat())
      await files.delete('file')
      const letters = new Set<number>()
      let bytes = 0
      for await (const part of content) {
        bytes += part.length
        for (const letter of part) letters.add(letter)
      }
      assert.deepEqual([bytes, [...letters]], [3 * 1024 * 1024, ['a'.charCodeAt(0)]])
    })

    test('files are listed by prefix, in order of name, with what stat says', async () => {
      const files = await inFolder()
      const names = ['b', 'a-1', 'a/2', 'a/1', 'a.x', 'ab/c/d', 'a/10']
      for (const each of names) await files.write(each, [Buffer.from(each)])
      assert.deepEqual(await namesOf(files), names.toSorted())
      assert.deepEqual(await namesOf(files, 'a/'), ['a/1', 'a/10', 'a/2'])
      assert.deepEqual(await namesOf(files, 'a/1'), ['a/1', 'a/10'])
      assert.deepEqual(await namesOf(files, 'ab'), ['ab/c/d'])
      assert.deepEqual(await namesOf(files, 'nothing/here'), [])
      for await (const { name, bytes, modifiedAt } of files.list('')) {
        const stat = await files.stat(name)
        assert.deepEqual([name, bytes], [stat?.name, stat?.bytes])
        // HTTP's dates have no fractions of a second.
        assert.ok(Math.abs(modifiedAt.getTime() - (stat?.modifiedAt.getTime() ?? 0)) < 1_000)
      }
    })

    test('what is not a name is refused, wherever it would lead', async () => {
      const files = await inFolder()
      for (const wrong of [
        '',
        '/',
        'a/',
        '/a',
        '../a',
        'a/../b',
        'a//b',
        '.a',
        'a/.b',
        'a b',
        'a\\b',
        'ã',
        'a\0',
        'x'.repeat(501),
      ]) {
        await assert.rejects(files.write(wrong, []), InvalidNameError, wrong)
        await assert.rejects(files.read(wrong), InvalidNameError, wrong)
        await assert.rejects(files.stat(wrong), InvalidNameError, wrong)
        await assert.rejects(files.delete(wrong), InvalidNameError, wrong)
      }
    })
  })
}
