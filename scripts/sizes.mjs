// What a finished build makes a person download, in kB after gzip -9.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** The most that may be downloaded; `npm test` holds the build to it and `npm run bench` shows it. */
export const BARS = {
  frontPageJs: 140,
  classPageJs: 145,
  pupilPagesJs: 160,
  css: 14,
  pupilPagesCss: 14,
  fonts: 50,
  fontFiles: 2,
}

/**
 * @param {string} dist folder of the build
 * @param {{ classPage: string, pupilPages: string[] }} sources where the lazily loaded pages come from, as the manifest names them
 */
export function sizes(dist, { classPage, pupilPages }) {
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8')
  const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8'))
  const first = new Set([...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, file = '']) => file))

  // Fonts have a .woff beside each .woff2, for browsers that nobody has any more: it is never asked for.
  const fonts = readdirSync(path.join(dist, 'assets')).filter((file) => file.endsWith('.woff2'))
  const forClass = new Set([...first, ...filesOf(manifest, classPage)])
  const forPupils = new Set([...first, ...pupilPages.flatMap((source) => filesOf(manifest, source))])

  return {
    frontPageJs: zipped(dist, first, '.js'),
    classPageJs: zipped(dist, forClass, '.js'),
    pupilPagesJs: zipped(dist, forPupils, '.js'),
    css: zipped(dist, forClass, '.css'),
    pupilPagesCss: zipped(dist, forPupils, '.css'),
    fonts: kB(fonts.map((file) => readFileSync(path.join(dist, 'assets', file)).length)),
    fontFiles: fonts.length,
  }
}

/**
 * The files of one module's own chunk and all that it imports; none when it is part of the first download.
 * @param {Record<string, { file: string, imports?: string[], css?: string[] }>} manifest
 * @param {string} source
 * @returns {string[]}
 */
function filesOf(manifest, source, seen = new Set()) {
  const chunk = manifest[source]
  if (!chunk || seen.has(source)) return []
  seen.add(source)
  return [
    chunk.file,
    ...(chunk.css ?? []),
    ...(chunk.imports ?? []).flatMap((next) => filesOf(manifest, next, seen)),
  ]
}

/**
 * @param {string} dist
 * @param {Set<string>} files
 * @param {string} extension
 */
function zipped(dist, files, extension) {
  const wanted = [...files].filter((file) => file.endsWith(extension))
  return kB(wanted.map((file) => gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length))
}

/** @param {number[]} bytes */
const kB = (bytes) => Math.round(bytes.reduce((sum, next) => sum + next, 0) / 100) / 10
