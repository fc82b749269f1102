import { isatty } from 'node:tty'
import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino'
import type { Answered } from './answered'
import type { LogLevel } from './environment'
import { asSafeError } from './log-safely'

/** The server's log: one JSON object a line, with nothing in it that is anybody's. */
export interface Log {
  /** A request has been answered: our failures at `warn`, the API's others at `info`, files and pages at `debug`. */
  answered(answered: Answered): void
  /** Something went wrong that is nobody's request; or `requestId` says whose. */
  failed(error: unknown, requestId?: string): void
  /** The server itself: that it starts, stops, has sealed a block. Say nothing personal. */
  said(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void
}

const STANDARD_OUTPUT = 1

/** What is told unasked: in a terminal only what somebody should look at, so that the lines of the start stay in sight. */
export const usualLevel = (isTerminal = isatty(STANDARD_OUTPUT)): LogLevel => (isTerminal ? 'warn' : 'info')

/** @param to standard output where nothing is said */
export function createLog(level: LogLevel, to: DestinationStream = destination(STANDARD_OUTPUT)): Log {
  const log = pino(
    {
      level,
      // Neither the machine's name, which may be a person's, nor the process's number.
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    to,
  )
  return {
    answered({ duration, status, ...request }) {
      const usual = request.requestId === null ? 'debug' : 'info'
      log[status >= 500 ? 'warn' : usual](
        { ...request, status, durationMs: Math.round(duration) },
        'answered',
      )
    },
    failed(error, requestId) {
      log.error({ ...(requestId ? { requestId } : {}), error: asSafeError(error) }, 'failed')
    },
    said: (event, facts = {}) => log.info(facts, event),
  }
}
