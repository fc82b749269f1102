import { describe, expect, test } from 'vitest'
import { EnvironmentFault, readEnvironment } from '../../server/environment'
import { isProduction, readDemo, readProduction } from '../../server/production'

/** The first words of each fault. */
function faultsOf(read: () => unknown): string[] {
  try {
    read()
    return []
  } catch (error) {
    if (!(error instanceof EnvironmentFault)) throw error
    return error.faults.map((fault) => fault.split(' ').slice(0, 3).join(' '))
  }
}

test.each([
  ['production', true],
  ['development', false],
  ['Production', false],
  ['', false],
])('NODE_ENV=%s means production: %s', (NODE_ENV, means) => {
  expect(isProduction({ NODE_ENV })).toBe(means)
})

describe('a start in production', () => {
  const complete = {
    NODE_ENV: 'production',
    SIGN_IN: 'sign-in.mjs',
    DATABASE_URL: 'postgresql://me:hunter2@db/school',
    TRUST_PROXY: '1',
  }

  test('needs a sign-in, a place for the data and TLS, and takes what is usual for the rest', () => {
    expect(readProduction(complete)).toEqual({ ...readEnvironment(complete), signInFile: 'sign-in.mjs' })
  })

  test.each([
    ['SIGN_IN', 'SIGN_IN is missing:'],
    ['DATABASE_URL', 'DATABASE_URL or DATA_FOLDER'],
    ['TRUST_PROXY', 'People would reach'],
  ])('without %s there is none', (name, fault) => {
    expect(faultsOf(() => readProduction({ ...complete, [name]: undefined }))).toEqual([fault])
    expect(faultsOf(() => readProduction({ ...complete, [name]: '' }))).toEqual([fault])
  })

  test('has its data in a folder, and TLS of its own, where that is said', () => {
    const { DATABASE_URL, TRUST_PROXY, ...rest } = complete
    const own = { ...rest, DATA_FOLDER: 'data', TLS_KEY: 'key.pem', TLS_CERT: 'cert.pem', HOST: '0.0.0.0' }
    expect(readProduction(own)).toMatchObject({ secure: true, database: { folder: 'data' } })
  })

  test('tells all that is missing at once, beside what is wrong, and repeats no password', () => {
    const env = { DATABASE_URL: 'mysql://me:hunter2@db/school', PORT: 'x' }
    expect(faultsOf(() => readProduction(env))).toEqual([
      'PORT is "x";',
      'DATABASE_URL is no',
      'SIGN_IN is missing:',
    ])
    expect(() => readProduction(env)).not.toThrow('hunter2')
  })
})

describe('the demo', () => {
  test('needs nothing', () => {
    expect(readDemo({})).toMatchObject({ host: 'localhost', database: { folder: 'data.local' } })
    expect(readDemo({ HOST: '127.0.0.1', TLS_KEY: 'k', TLS_CERT: 'c' }).secure).toBe(true)
  })

  test.each([
    ['in production', { NODE_ENV: 'production' }, 'NODE_ENV is "production",'],
    ['with a sign-in that would not be asked', { SIGN_IN: 'sign-in.mjs' }, 'SIGN_IN counts in'],
    ['behind a proxy', { TRUST_PROXY: '1' }, 'Others could reach'],
    ['for other machines', { HOST: '0.0.0.0', TLS_KEY: 'k', TLS_CERT: 'c' }, 'Others could reach'],
  ])('is not served %s', (_, env, fault) => {
    expect(faultsOf(() => readDemo(env))).toEqual([fault])
  })
})
