import type { Overview } from './overview'
import type { Command } from './school'

/** What a tab asks the worker that holds the school. */
export type WorkerQuestion =
  | {
      id: number
      ask: 'fetch'
      request: { url: string; method: string; headers: [string, string][]; body: ArrayBuffer | null }
    }
  | { id: number; ask: 'command'; command: Command }
  | { id: number; ask: 'overview' }

/** `ok: false` stands for a connection that failed, or a command that could not be carried out. */
export interface WorkerAnswer {
  to: number
  ok: boolean
  response?: { status: number; headers: [string, string][]; body: ArrayBuffer | null }
  overview?: Overview
}
