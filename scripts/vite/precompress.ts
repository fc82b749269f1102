import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Plugin } from 'vite'

const compress = promisify(brotliCompress)
const TEXT = /\.(js|css|svg)$/

/** Writes a Brotli copy beside each script and style, so that the server sends the smallest form and compresses nothing. */
export function precompress(): Plugin {
  return {
    name: 'elevadgang:precompress',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (!TEXT.test(file.fileName)) continue
        const text = file.type === 'chunk' ? file.code : file.source
        const source = await compress(text, {
          params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
        })
        this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source })
      }
    },
  }
}
