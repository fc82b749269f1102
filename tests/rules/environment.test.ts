import { describe, expect, test } from 'vitest'
import { EnvironmentFault, readEnvironment } from '../../server/environment'
import { days } from '../../server/time'

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
      activity: { kept: days(365), key: null },
      metrics: null,
      logLevel: null,
      statusFeed: null,
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
        ACTIVITY_DAYS: '90',
        ACTIVITY_KEY: 'k'.repeat(32),
        METRICS_PORT: '9464',
        METRICS_HOST: '10.0.0.4',
        LOG_LEVEL: 'debug',
        STATUS_FEED: '/srv/status.json',
      }),
    ).toEqual({
      port: 65535,
      host: '0.0.0.0',
      tls: { keyFile: 'key.pem', certFile: 'cert.pem' },
      secure: true,
      proxies: 2,
      database: { url: 'postgresql://me:secret@db/school' },
      activity: { kept: days(90), key: 'k'.repeat(32) },
      metrics: { port: 9464, host: '10.0.0.4' },
      logLevel: 'debug',
      statusFeed: '/srv/status.json',
    })
    expect(readEnvironment({ DATA_FOLDER: 'somewhere' }).database).toEqual({ folder: 'somewhere' })
  })

  test.each(['0', '65536', '-1', '3000.5', '3e3', ' 80', 'eighty'])('PORT is no %s', (PORT) => {
    expect(faultsOf({ PORT })).toEqual([`- PORT is "${PORT}"; it must be a whole number from 1 to 65535.`])
  })

  test('activity is kept for 30 days at least and ten years at most, under a long key or none', () => {
    expect(readEnvironment({ ACTIVITY_DAYS: '30' }).activity.kept).toBe(days(30))
    expect(readEnvironment({ ACTIVITY_DAYS: '3650' }).activity.kept).toBe(days(3650))
    for (const ACTIVITY_DAYS of ['29', '3651', '0', 'year'])
      expect(faultsOf({ ACTIVITY_DAYS })).toHaveLength(1)
    const tooShort = 'k'.repeat(31)
    expect(faultsOf({ ACTIVITY_KEY: tooShort })).toEqual([
      expect.stringContaining('ACTIVITY_KEY is too short'),
    ])
    expect(faultsOf({ ACTIVITY_KEY: tooShort }).join()).not.toContain(tooShort)
  })

  test('measures have a port of their own, or none', () => {
    expect(readEnvironment({ METRICS_HOST: '0.0.0.0' }).metrics).toBeNull()
    expect(readEnvironment({ METRICS_PORT: '9464' }).metrics).toEqual({ port: 9464, host: 'localhost' })
    expect(faultsOf({ METRICS_PORT: '3000' })).toEqual([expect.stringContaining('a port of their own')])
    expect(faultsOf({ METRICS_PORT: 'x' })).toHaveLength(1)
  })

  test('the log has levels, by their names', () => {
    expect(readEnvironment({ LOG_LEVEL: 'silent' }).logLevel).toBe('silent')
    expect(faultsOf({ LOG_LEVEL: 'verbose' })).toEqual([
      '- LOG_LEVEL is "verbose"; it must be one of silent, error, warn, info, debug.',
    ])
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
