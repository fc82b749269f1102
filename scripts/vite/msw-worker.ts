import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const FILE_NAME = 'mockServiceWorker.js'

const readWorker = () => readFile(createRequire(import.meta.url).resolve(`msw/${FILE_NAME}`), 'utf8')

/** Serves MSW's service worker straight from its package, so that no generated copy is committed or grows old. */
export function mswWorker(): Plugin {
  return {
    name: 'elevadgang:msw-worker',
    configureServer(server) {
      server.middlewares.use(`/${FILE_NAME}`, async (_request, response) => {
        response.setHeader('content-type', 'text/javascript')
        response.end(await readWorker())
      })
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: FILE_NAME, source: await readWorker() })
    },
  }
}
