import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { routes } from '../api/contract'
import { files, isScript, read, root, scriptsIn, tracked } from './sources'

/** The lines of these files that show the trace, each with its place. */
const linesWith = (trace: RegExp, inFiles: readonly string[]) =>
  inFiles.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, place) => (trace.test(line) ? [`${file}:${place + 1}: ${line.trim()}`] : [])),
  )

const unit = '(?:24|60|365|1000|1_000|3600|3_600|60_000|60000|86400|86_400|3_600_000|86_400_000)'
const timeArithmetic = new RegExp(`(?<![\\w.])${unit}\\s*[*]|[*/%]\\s*${unit}(?![\\w.])`)

describe('time', () => {
  test('is computed in time.ts only', () => {
    // A clock face is written in sixties.
    const allowed = ['server/time.ts', 'src/i18n/format.ts']
    const others = scriptsIn('server', 'mocks', 'src').filter((file) => !allowed.includes(file))
    expect(linesWith(timeArithmetic, others)).toEqual([])
  })

  test('the trace of time arithmetic is the right one', () => {
    for (const naked of ['count * 1000', '5 * 60', '60 * 5', 'ms / 3600', 'x % 60', 'now + 2 * 60_000']) {
      expect(naked).toMatch(timeArithmetic)
    }
    for (const fine of [
      '128 * 1024',
      'size / 600',
      'minutes(5)',
      '1.60 * x',
      'a24 * 7',
      'hours(count * 3)',
    ]) {
      expect(fine).not.toMatch(timeArithmetic)
    }
  })

  test('is told to the server, which never reads a clock itself outside time.ts', () => {
    const others = scriptsIn('server').filter((file) => file !== 'server/time.ts')
    expect(
      linesWith(/\bDate\.|new Date\b|performance\.now|process\.hrtime|setTimeout|setInterval/, others),
    ).toEqual([])
  })
})

describe('names and places', () => {
  test('there is no drawer for everything', () => {
    const drawers = /(^|[/.-])(utils?|helpers?|misc)([/.-]|$)/i
    expect([...files, ...tracked].filter((file) => drawers.test(file))).toEqual([])
  })

  test("no file holds a path of a developer's machine", () => {
    const paths = /\/(home|Users)\/[a-z]\w*|\/root\/|\/work\/(main|shared)|[A-Z]:\\\\?Users/i
    const texts = tracked.filter((file) => !/\.(woff2?|png|ico|jpg)$/.test(file))
    expect(linesWith(paths, texts)).toEqual([])
    const here = path.resolve(root)
    if (here.split(path.sep).length > 2) {
      expect(texts.filter((file) => read(file).includes(here))).toEqual([])
    }
  })

  test('the lock file names no host of a package registry', () => {
    expect(
      linesWith(/"resolved"|registry\.|npmjs|yarnpkg|verdaccio|artifactory|jfrog/i, ['package-lock.json']),
    ).toEqual([])
  })

  test('no test is left out, and none is alone', () => {
    const tests = files.filter((file) => /^tests\/.*\.(test|spec)\.tsx?$/.test(file))
    expect(
      linesWith(/\b(test|it|describe)\.(only|skip|todo|fixme|fails)\b|\bx(it|test|describe)\(/, tests),
    ).toEqual([])
  })

  test('no type is silenced', () => {
    const scripts = files.filter(isScript).filter((file) => file !== 'tests/architecture/habits.test.ts')
    expect(
      linesWith(/@ts-(ignore|expect-error|nocheck)|\bas any\b|as unknown as|biome-ignore-all/, scripts),
    ).toEqual([])
  })
})

describe('the activity log', () => {
  test('names what every route attempts, before it is read', () => {
    const named = read('server/activity/attempts.ts')
    const missing = routes
      .map(({ name }) => name.replace(/{(\w+)}/g, ':$1'))
      .filter(
        (route) =>
          !/^GET \/api\/((pupil\/)?session|operating-status)$/.test(route) && !named.includes(`'${route}':`),
      )
    expect(missing).toEqual([])
  })
})
