/**
 * An error as it may be told in a log: what it is and where it happened. Messages repeat what people typed and what
 * rows hold, so of these only lower-case words without digits are left that stand in no quotes or brackets: no name,
 * username, address or number.
 */
export interface SafeError {
  type: string
  /** As the system or the database gives it, such as `ECONNREFUSED` or `23505`. */
  code?: string
  /** Of an error of the database: the table and the constraint, which are ours. */
  table?: string
  constraint?: string
  message: string
  stack: string[]
  cause?: SafeError
}

const LONGEST = 200
const CAUSES = 3
const quoted = /"[^"]*"?|'[^']*'?|`[^`]*`?|“[^”]*”?|»[^«]*«?|\([^)]*\)?|\[[^\]]*\]?|\{[^}]*\}?/g
/** A word that could be a name, a username, an address or a number. */
const telling = /\S*[\p{Lu}\p{N}@/\\=_]\S*/gu

export const withoutValues = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(quoted, '…').replace(telling, '…').slice(0, LONGEST)

const textIn = (error: object, field: string, form: RegExp): string | undefined => {
  const value: unknown = Reflect.get(error, field)
  return typeof value === 'string' && form.test(value) ? value : undefined
}

export function asSafeError(error: unknown, causes = CAUSES): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: [] }
  const code = textIn(error, 'code', /^[A-Z0-9_]{3,40}$/)
  // Names of our own making, and told by the database alone.
  const isOfDatabase = code !== undefined && /^[0-9A-Z]{5}$/.test(code)
  const table = isOfDatabase ? textIn(error, 'table', /^[a-z_]{1,40}$/) : undefined
  const constraint = isOfDatabase ? textIn(error, 'constraint', /^[a-z_]{1,60}$/) : undefined
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(table === undefined ? {} : { table }),
    ...(constraint === undefined ? {} : { constraint }),
    message: withoutValues(error.message),
    // The first lines repeat the message.
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^ {4}at .*[):\d]$/.test(line))
      .map((line) => line.trim().slice('at '.length)),
    ...(error.cause !== undefined && causes > 0 ? { cause: asSafeError(error.cause, causes - 1) } : {}),
  }
}
