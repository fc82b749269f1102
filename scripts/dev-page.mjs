import { createServer } from 'vite'

/**
 * The page with hot reload, which asks a real API: the browser sees one origin, as it does where the server has both.
 * @param {{ port: number, api: string, cacheDir?: string }} options api: its origin
 */
export async function startDevPage({ port, api, cacheDir }) {
  const page = await createServer({
    mode: 'api',
    logLevel: 'warn',
    // The API compares who asks with the host that was asked: it is to see the browser's word for it, not Vite's.
    server: { port, proxy: { '/api': { target: api, changeOrigin: false } } },
    ...(cacheDir ? { cacheDir } : {}),
  })
  return page.listen()
}
