import { describe, expect, test } from 'vitest'
import { EnvironmentFault, readEnvironment } from '../../server/environment'

const faultsOf = (env: Record<string, string>) => {
  try {
    readEnvironment(env)
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentFault)
    return error instanceof Error ? error.message.split('\n') : []
  }
}

describe('what is said when the server starts', () => {
  test('nothing has to be said', () => {
    const usual = {
      port: 3000,
      host: 'localhost',
      tls: null,
      secure: false,
      proxies: 0,
      database: { folder: 'data.local' },
    }
    expect(readEnvironment({})).toEqual(usual)
    expect(readEnvironment({ PORT: '', HOST: '', DATABASE_URL: '', DATA_FOLDER: '' })).toEqual(usual)
  })

  test('everything can be said', () => {
    expect(
      readEnvironment({
        PORT: '65535',
        HOST: '0.0.0.0',
        TLS_KEY: 'key.pem',
        TLS_CERT: 'cert.pem',
        TRUST_PROXY: '2',
        DATABASE_URL: 'postgresql://me:secret@db/school',
      }),
    ).toEqual({
      port: 65535,
      host: '0.0.0.0',
      tls: { keyFile: 'key.pem', certFile: 'cert.pem' },
      secure: true,
      proxies: 2,
      database: { url: 'postgresql://me:secret@db/school' },
    })
    expect(readEnvironment({ DATA_FOLDER: 'somewhere' }).database).toEqual({ folder: 'somewhere' })
  })

  test.each(['0', '65536', '-1', '3000.5', '3e3', ' 80', 'eighty'])('PORT is no %s', (PORT) => {
    expect(faultsOf({ PORT })).toEqual([`- PORT is "${PORT}"; it must be a whole number from 1 to 65535.`])
  })

  test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('%s may speak plain http', (HOST) => {
    expect(readEnvironment({ HOST })).toMatchObject({ host: HOST, secure: false })
  })

  test.each(['0.0.0.0', '::', '10.0.0.4', 'localhost.example', 'school.example'])(
    '%s needs TLS, here or at a proxy',
    (HOST) => {
      expect(faultsOf({ HOST })).toHaveLength(1)
      expect(readEnvironment({ HOST, TRUST_PROXY: '1' }).secure).toBe(true)
      expect(readEnvironment({ HOST, TLS_KEY: 'k', TLS_CERT: 'c' }).secure).toBe(true)
    },
  )

  test('every fault is told at once, and no password is repeated', () => {
    const faults = faultsOf({
      PORT: 'x',
      TRUST_PROXY: '10',
      TLS_KEY: 'key.pem',
      DATABASE_URL: 'mysql://me:hunter2@db/school',
      DATA_FOLDER: 'data',
    })
    expect(faults.map((fault) => fault.split(' ')[1])).toEqual([
      'PORT',
      'TRUST_PROXY',
      'TLS_KEY',
      'DATABASE_URL',
      'DATABASE_URL',
    ])
    expect(faults.join()).not.toContain('hunter2')
  })
})
