import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
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
    writeBundle: {
      order: 'post',
      // From the files as they were written: Vite still changes a chunk after it has been generated.
      async handler({ dir = '' }, bundle) {
        const texts = Object.keys(bundle).filter((fileName) => TEXT.test(fileName))
        await Promise.all(
          texts.map(async (fileName) => {
            const file = path.join(dir, fileName)
            const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
            await writeFile(`${file}.br`, await compress(await readFile(file), { params }))
          }),
        )
      },
    },
  }
}
