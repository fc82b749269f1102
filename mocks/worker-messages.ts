import type { Overview } from './overview'
import type { Command } from './school'
import type { ClockFace } from './school-clock'

/** What a tab asks the worker that holds the school. */
export type WorkerQuestion =
  | {
      id: number
      ask: 'fetch'
      request: { url: string; method: string; headers: [string, string][]; body: ArrayBuffer | null }
    }
  /** The rest of the answer to the question of this id is no longer wanted. */
  | { id: number; ask: 'stop' }
  | { id: number; ask: 'command'; command: Command }
  | { id: number; ask: 'overview' }
  /** How the clock stands, again after every change, until it is stopped. */
  | { id: number; ask: 'clock' }

/**
 * What the worker says to a question. An answer of the API comes in pieces, its body chunk by chunk as it is made,
 * since not every browser can hand a stream to another thread.
 */
export type WorkerAnswer = { to: number } & (
  | { say: 'done'; ok: boolean; overview?: Overview }
  | { say: 'clock'; face: ClockFace }
  | { say: 'head'; status: number; headers: [string, string][]; hasBody: boolean }
  | { say: 'chunk'; bytes: Uint8Array<ArrayBuffer> }
  | { say: 'end' }
  /** Stands for a connection that failed. */
  | { say: 'broken' }
)
