// What every start of the server shares: faults in words, the stop.
import process from 'node:process'
import { EnvironmentFault } from '../../server/environment'
import type { Started } from '../../server/node-main'
import { StartFault } from '../../server/node-start'

/** Starts, and stops when asked to. What is expected to fail is told in words, without a stack trace. */
export async function serve(start: () => Promise<Started>): Promise<Started> {
  const started = await start().catch((error: unknown) => {
    if (!(error instanceof EnvironmentFault || error instanceof StartFault)) throw error
    console.error(`\nElevadgang cannot start.\n${error.message}`)
    process.exit(1)
  })
  // A mistake of our own that nobody has caught: whoever restarts it begins anew, and the log says no more than it ever does.
  process.on('uncaughtException', (error) => {
    started.log.failed(error)
    process.exit(1)
  })
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      // Who asks twice means now.
      if (isStopping) process.exit(1)
      isStopping = true
      await started.stop()
      process.exit(0)
    })
  }
  return started
}
