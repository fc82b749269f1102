import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository as the tests of its architecture read it. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** What others write; names with a dot are somebody's scratch, or told by `tracked`. */
const notOurs = /^(node_modules|dist|dist-.*|test-results|playwright-report|\..*|.*\.local)$/

/** Every file that is ours, as a path from the root with `/`. */
export const files: readonly string[] = walk('')

function walk(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name)
    if (notOurs.test(entry.name)) return []
    return entry.isDirectory() ? walk(name) : [name]
  })
}

/** Every file that git tracks; where there is no git (an unpacked archive), every file that is ours. */
export const tracked: readonly string[] = trackedByGit().filter((file) => existsSync(path.join(root, file)))

function trackedByGit(): readonly string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', stdio: 'pipe' })
    return listed.split('\0').filter((file) => file !== '')
  } catch {
    return files
  }
}

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

export const isScript = (file: string): boolean => /\.(ts|tsx|mts|js|mjs)$/.test(file)

/** The scripts below a folder, or the one script of that name. */
export const scriptsIn = (...folders: string[]): string[] =>
  files.filter(
    (file) => isScript(file) && folders.some((folder) => file === folder || file.startsWith(`${folder}/`)),
  )

export type ImportKind = 'value' | 'type' | 'dynamic' | 'worker'

export interface Import {
  /** The file that imports. */
  from: string
  kind: ImportKind
  /** A path from the root without its extension, or a package's name as it is written. */
  to: string
}

const specifier = `(['"])(?<to>[^'"\\n]+)\\k<quote>`.replace(`(['"])`, `(?<quote>['"])`)
const statements: readonly (readonly [RegExp, (found: RegExpExecArray) => ImportKind])[] = [
  [
    new RegExp(
      `^\\s*import\\s+(?<type>type\\s+)?(?:[\\w$]+\\s*,?\\s*)?(?:\\*\\s+as\\s+[\\w$]+|\\{[^}]*\\})?\\s*from\\s*${specifier}`,
      'gm',
    ),
    ({ groups }) => (groups?.type ? 'type' : 'value'),
  ],
  [
    new RegExp(
      `^\\s*export\\s+(?<type>type\\s+)?(?:\\*(?:\\s+as\\s+[\\w$]+)?|\\{[^}]*\\})\\s*from\\s*${specifier}`,
      'gm',
    ),
    ({ groups }) => (groups?.type ? 'type' : 'value'),
  ],
  [new RegExp(`^\\s*import\\s*${specifier}`, 'gm'), () => 'value'],
  [new RegExp(`\\btypeof\\s+import\\(\\s*${specifier}\\s*\\)`, 'g'), () => 'type'],
  [new RegExp(`(?<!typeof\\s+)\\bimport\\(\\s*${specifier}\\s*\\)`, 'g'), () => 'dynamic'],
  [new RegExp(`\\bnew URL\\(\\s*${specifier},\\s*import\\.meta\\.url`, 'g'), () => 'worker'],
]

/** Every import of a file's source, whatever its form. */
export function importsOf(file: string, source = read(file)): Import[] {
  return statements.flatMap(([pattern, kindOf]) =>
    [...source.matchAll(pattern)].map((found) => ({
      from: file,
      kind: kindOf(found),
      to: resolve(file, found.groups?.to ?? ''),
    })),
  )
}

function resolve(file: string, to: string): string {
  if (!to.startsWith('.')) return to
  return path.posix.join(path.posix.dirname(file), to).replace(/\.(ts|tsx|mts|js|mjs)$/, '')
}

/** How many lines look like the beginning of an import: none of them may be missed. */
export const importLines = (source: string): number =>
  [...source.matchAll(/^(import\b(?!\s*[.(]))|^(export\s+(type\s+)?(\{[^}]*\}|\*[^'"]*)\s*from\b)/gm)].length
